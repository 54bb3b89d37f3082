"""`selection review form`, `check`: a review to fill in, its faults before it is sent. Nothing here acts."""

from pathlib import Path
from typing import Annotated

import typer

from starter.cli.command_table import example
from starter.cli.session import Session, reading
from starter.commands.people.apply_form import Round, show_form
from starter.people.filled_file import refuse_faults
from starter.people.typed_scores import check_review, read_review, write_score_lines

app = typer.Typer()


@app.command(
    "form",
    epilog=example(
        "selection --as expert-07 review form 2025-second",
        "selection --as expert-07 review form 2025-second --output review.yaml",
    ),
)
def form(
    ctx: typer.Context,
    round_id: Round,
    output: Annotated[Path | None, typer.Option(help="The file to write; default: standard output.")] = None,
) -> None:
    """Write the round's review form as a YAML file to fill in, with the scores, and help and limits as comments."""

    async def work(session: Session) -> None:
        found = await session.reads.forms.get_form(await session.subject(), round_id, "review")
        show_form(session, "review", found, output, write_score_lines(found))

    reading(ctx, work)


@app.command("check", epilog=example("selection --as expert-07 review check 2025-second review.yaml"))
def check(
    ctx: typer.Context,
    round_id: Round,
    file: Annotated[Path, typer.Argument(help="The review (YAML or JSON).")],
) -> None:
    """List every fault of a filled-in review with its place and what to do. Nothing is stored or sent."""

    async def work(session: Session) -> None:
        # No act was tried, so there is none that the record should hold a refusal of.
        session.traced = True
        found = await session.reads.forms.get_form(await session.subject(), round_id, "review")
        refuse_faults(session, found, check_review(found, read_review(found, file)))
        session.out.say("The form has no faults; nothing was sent.", "表单没有问题；未提交任何内容。")

    reading(ctx, work)
