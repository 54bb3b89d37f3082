"""`selection appraise`: the panel's meeting, recorded by its chair."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field

from selection.application import commands as c
from selection.application.appraisal.events import Dissent
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.streams import log_of
from starter.cli.command_table import example, single
from starter.cli.content_arguments import Given, keep
from starter.cli.files_in import read_model
from starter.cli.session import Session, acting, application

app = single()


class DissentLine(Frozen):
    """A dissent in writing."""

    expert: str
    text: Given


class AppraisalFile(Frozen):
    """The record of a panel's meeting as its chair writes it."""

    present: tuple[str, ...]
    aside: tuple[str, ...] = ()
    score: Decimal
    votes_for: Annotated[int, Field(ge=0)]
    votes_against: Annotated[int, Field(ge=0)] = 0
    abstained: Annotated[int, Field(ge=0)] = 0
    dissents: tuple[DissentLine, ...] = ()
    text: Given


@app.command(
    epilog=example(
        "selection --as expert-07 appraise 2025-second/0007 appraisal.yaml",
        "appraisal.yaml contains present, aside, score, votes_for, votes_against, abstained, dissents (expert, text)"
        " and text.",
    )
)
def appraise(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")],
    file: Annotated[Path, typer.Argument(help="The minutes of the meeting (YAML or JSON).")],
) -> None:
    """Record the panel's overall appraisal, as its chair."""

    async def work(session: Session) -> None:
        stream = application(number)
        log, written = log_of(stream), read_model(file, AppraisalFile)
        dissents = [
            Dissent(expert=item.expert, text=await keep(session, item.text, log, file.parent))
            for item in written.dissents
        ]
        command = c.RecordAppraisal(
            **written.model_dump(exclude={"dissents", "text"}),
            dissents=tuple(dissents),
            text=await keep(session, written.text, log, file.parent),
        )
        await session.act(stream, command, Role.CHAIR)

    acting(ctx, work)
