"""`selection reversal`: what would fall with a decision on an application, and entering that it is reversed."""

from typing import Annotated, Literal

import typer

from reading.rehearsals import UNSTORED
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.kernel.stages import OUTCOMES
from selection.streams import log_of
from selection.visibility.viewer import Standing
from selection.wording.code_names import DECISIONS, FALLS, STOOD, name_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, application, run_acting, run_reading

app = group("Reverse a decision on an application, and see beforehand what falls with it.")

Decision = Annotated[
    Literal["check", "shortlist", "survey", "appraisal", "conflict", "objection"],
    typer.Argument(help="Which decision is meant."),
]
Report = Annotated[str, typer.Option(help="For a ruling on a conflict: the report's id.")]
Objection = Annotated[str, typer.Option(help="For a ruling on an objection: the objection's id.")]
Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]


def _command(decision: str, report: str, objection: str, text: Ref = UNSTORED) -> c.ReverseDecision:
    return c.ReverseDecision.model_validate(_name(decision, report, objection, text))


def _name(decision: str, report: str, objection: str, text: Ref) -> dict[str, object]:
    return {"decision": decision, "report": report, "objection": objection, "text": text}


async def _find_role(session: Session, stream: str) -> Role:
    standings = await session.reads.applications.get_standings(await session.subject(), stream)
    return Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER


async def _show(session: Session, stream: str, command: c.ReverseDecision) -> None:
    """Say what falls with the decision, as the record stands now. Raises Refused for what would be refused."""
    role, mine = await _find_role(session, stream), session.options.command_id
    subject = await session.subject()
    found = await session.reads.rehearsals.foresee_reversal(subject, stream, command, role, mine)
    names = {**STOOD, **OUTCOMES}
    for code in found.void or ("nothing",):
        decisions = [
            name_of({**FALLS, "nothing": ("nothing else", "无其他事项")}, code, at) for at in ("en", "zh")
        ]
        session.out.say(f"Falls with it: {decisions[0]}.", f"一并作废：{decisions[1]}。")
    en, zh = (
        name_of(DECISIONS, found.decision, at) + f" ({name_of(names, found.was, at)})" for at in ("en", "zh")
    )
    session.out.say(f"The decision: {en}.", f"所涉决定：{zh}。")


@app.command("show", epilog=example("selection --as officer-2 reversal show 2025-second/0007 survey"))
def show(
    ctx: typer.Context,
    number: Application,
    decision: Decision,
    report: Report = "",
    objection: Objection = "",
) -> None:
    """Say what would fall with a decision if it were reversed now; nothing is recorded."""

    async def work(session: Session) -> None:
        session.traced = True
        await _show(session, application(number), _command(decision, report, objection))

    run_reading(ctx, work)


@app.command(
    "enter",
    epilog=example(
        "selection --as officer-2 reversal enter 2025-second/0007 survey --text 'The photos show another site'"
    ),
)
def enter(
    ctx: typer.Context,
    number: Application,
    decision: Decision,
    text: Text,
    report: Report = "",
    objection: Objection = "",
) -> None:
    """Enter that a decision is to be reversed; it takes effect once every post named in the rules has entered it."""

    async def work(session: Session) -> None:
        stream = application(number)
        await _show(session, stream, _command(decision, report, objection))
        reasons = await store_typed_text(session, text, log_of(stream))
        await session.act(
            stream, _command(decision, report, objection, reasons), await _find_role(session, stream)
        )

    run_acting(ctx, work)


@app.command(
    "decline",
    epilog=example(
        "selection --as supervisor-1 reversal decline 2025-second/0007 survey --text 'The photos show the site'"
    ),
)
def decline(
    ctx: typer.Context,
    number: Application,
    decision: Decision,
    text: Text,
    report: Report = "",
    objection: Objection = "",
) -> None:
    """Decline a reversal that another post entered: the decision stands, and whoever entered it is told."""

    async def work(session: Session) -> None:
        stream = application(number)
        reasons = await store_typed_text(session, text, log_of(stream))
        declined = c.DeclineReversal.model_validate(_name(decision, report, objection, reasons))
        await session.act(stream, declined, await _find_role(session, stream))

    run_acting(ctx, work)
