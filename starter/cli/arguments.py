"""What many commands are told in the same words."""

from typing import Annotated

import typer

RoundId = Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")]
Application = Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")]
Correction = Annotated[
    str,
    typer.Option(
        "--reason",
        help="Why it is registered so, a text or @FILE: what is put right with a reason, within the days of a round's"
        " rules, binds nobody in it.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Record without asking for confirmation.")]
Replacing = Annotated[
    str | None,
    typer.Option(
        "--reason", help="Why others come in the place of those appointed before: a text, @FILE or ref:ID."
    ),
]
