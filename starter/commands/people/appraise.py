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
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import Given, keep
from starter.cli.session import Session, acting, application
from starter.commands.people.act_forms import ActForm, ask_beside, commands_of, read_with_form

app = group("Record the panel's overall appraisal.")


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


BESIDE = (
    ("present", "到会：[expert-07, ...]", "Who was present: [expert-07, ...]"),
    ("aside", "回避", "Who stood aside"),
    ("score", "议定分", "The agreed score"),
    ("votes_for", "赞成票数", "Votes for"),
    ("votes_against", "反对票数", "Votes against"),
    ("abstained", "弃权票数", "Abstentions"),
    ("dissents", "不同意见：[{expert: expert-08, text: ...}]", "Dissents: [{expert: expert-08, text: ...}]"),
    ("text", "会议纪要", "The minutes"),
)
APPRAISAL = ActForm(
    "appraisal",
    "appraise",
    "expert-07",
    ask_beside(("论证会", "Meeting"), BESIDE),
    frozenset(AppraisalFile.model_fields),
)
app.add_typer(commands_of(APPRAISAL))


@app.command(
    "record",
    epilog=example(
        "selection --as expert-07 appraise record 2025-second/0007 appraisal.yaml",
        "appraisal.yaml contains present, aside, score, votes_for, votes_against, abstained, dissents (expert, text)"
        " and text.",
        "Where the round's rules have a form for this, the file holds its answers too; `form` writes it.",
    ),
)
def record(
    ctx: typer.Context,
    number: Application,
    file: Annotated[Path, typer.Argument(help="The minutes of the meeting (YAML or JSON).")],
) -> None:
    """Record the panel's overall appraisal, as its chair."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        written, form = await read_with_form(session, APPRAISAL, file, AppraisalFile, log)
        dissents = [
            Dissent(expert=item.expert, text=await keep(session, item.text, log, file.parent))
            for item in written.dissents
        ]
        command = c.RecordAppraisal(
            **written.model_dump(exclude={"dissents", "text"}),
            dissents=tuple(dissents),
            text=await keep(session, written.text, log, file.parent),
            form=form,
        )
        await session.act(stream, command, Role.CHAIR)

    acting(ctx, work)
