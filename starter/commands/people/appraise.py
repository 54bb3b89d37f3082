"""`selection appraise`: the panel's meeting: its chair opens and closes the vote, each member votes."""

from pathlib import Path
from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import Given, keep, keep_optional
from starter.cli.files_in import check_data
from starter.cli.session import Session, application, run_acting
from starter.commands.people.act_forms import ActForm, ask_beside, commands_of, read_with_form

Meeting = Annotated[int, typer.Option(min=1, help="Which vote of the panel, where it was opened anew.")]

app = group("Record the panel's overall appraisal.")


class AppraisalFile(Frozen):
    """What the chair writes down of a meeting beside what its members voted."""

    text: Given


BESIDE = (("text", "会议纪要", "The minutes"),)
APPRAISAL = ActForm(
    "appraisal",
    "appraise",
    "expert-07",
    ask_beside(("论证会", "Meeting"), BESIDE),
    frozenset(AppraisalFile.model_fields),
)
app.add_typer(commands_of(APPRAISAL))


@app.command(
    "open",
    epilog=example(
        "selection --as expert-07 appraise open 2025-second/0007 expert-07 expert-08 expert-09 --aside expert-09",
        "Opened anew, it is another meeting: everyone who was asked votes anew, and --reason says why.",
    ),
)
def open_vote(
    ctx: typer.Context,
    number: Application,
    present: Annotated[list[str], typer.Argument(help="Who is present.")],
    aside: Annotated[list[str] | None, typer.Option(help="Who is present and stands aside.")] = None,
    reason: Annotated[
        str | None,
        typer.Option(help="Why it is voted on anew: a text, @FILE or ref:ID."),
    ] = None,
) -> None:
    """Open the vote of the panel's meeting, as its chair."""

    async def work(session: Session) -> None:
        stream = application(number)
        facts = {
            "present": tuple(present),
            "aside": tuple(aside or ()),
            "reason": await keep_optional(session, reason, log_of(stream)),
        }
        await session.act(stream, check_data(c.OpenAppraisal, facts), Role.CHAIR)

    run_acting(ctx, work)


@app.command(
    "vote",
    epilog=example(
        "selection --as expert-08 appraise vote 2025-second/0007 for 81.5",
        "selection --as expert-08 appraise vote 2025-second/0007 against 60 --dissent @dissent.md --meeting 2",
        "selection --as expert-09 appraise vote 2025-second/0007 abstained",
    ),
)
def vote(
    ctx: typer.Context,
    number: Application,
    choice: Annotated[str, typer.Argument(metavar="VOTE", help="for, against or abstained.")],
    score: Annotated[
        str | None, typer.Argument(help="The score that you find right; none if you abstain.")
    ] = None,
    dissent: Annotated[str | None, typer.Option(help="Your dissent: a text, @FILE or ref:ID.")] = None,
    meeting: Meeting = 1,
) -> None:
    """Cast your own vote in the panel's meeting; nobody can cast it for you."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await keep_optional(session, dissent, log_of(stream))
        facts = {"meeting": meeting, "vote": choice, "score": score, "dissent": kept}
        await session.act(stream, check_data(c.CastVote, facts), Role.EXPERT)

    run_acting(ctx, work)


@app.command(
    "record",
    epilog=example(
        "selection --as expert-07 appraise record 2025-second/0007 appraisal.yaml",
        "appraisal.yaml contains text, the minutes.",
        "Where the round's rules have a form for this, the file holds its answers too; `form` writes it.",
    ),
)
def record(
    ctx: typer.Context,
    number: Application,
    file: Annotated[Path, typer.Argument(help="The minutes of the meeting (YAML or JSON).")],
    reason: Annotated[
        str | None, typer.Option(help="Why the score is far from the mean: a text, @FILE or ref:ID.")
    ] = None,
    meeting: Meeting = 1,
) -> None:
    """Record the panel's overall appraisal, as its chair, once everyone has voted."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        written, form = await read_with_form(session, APPRAISAL, file, AppraisalFile, log)
        text = await keep(session, written.text, log, file.parent)
        far = await keep_optional(session, reason, log)
        recorded = c.RecordAppraisal(meeting=meeting, text=text, reason=far, form=form)
        await session.act(stream, recorded, Role.CHAIR)

    run_acting(ctx, work)
