"""`selection conflict`: conflicts of interest, declared, named, reported or found from data, and ruled on."""

from pathlib import Path
from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.streams import application_stream, log_of
from selection.visibility.viewer import Standing
from starter.cli.arguments import Application, RoundId, Yes
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.manifest import PlannedAct, act_all
from starter.cli.session import Session, application, run_acting
from starter.imports.conflicts import LAYOUT, ConflictRow, make_row, report_row
from starter.imports.filled_table import ImportOptions, Marked, Sheet, take_filled
from starter.imports.templates import save_template

app = group("Declare, report, refer, import or rule on conflicts of interest.")

Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]
ReportName = Annotated[str | None, typer.Option("--report", help="Id of the report; default: the act's id.")]

# Who may report, in the order in which a person's standing is taken for the role.
REPORTING = {
    Standing.OFFICER: Role.OFFICER,
    Standing.SUPERVISOR: Role.SUPERVISOR,
    Standing.CHAIR: Role.CHAIR,
    Standing.REVIEWER: Role.EXPERT,
    Standing.INVITED: Role.EXPERT,
    Standing.APPLICANT: Role.APPLICANT,
}


@app.command(
    "declare",
    epilog=example("selection --as expert-07 conflict declare 2025-second/0007 --text 'We share a patent'"),
)
def declare(ctx: typer.Context, number: Application, text: Text) -> None:
    """Declare your own conflict of interest: you leave the panel, and a submitted review no longer counts."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await store_typed_text(session, text, log_of(stream))
        await session.act(stream, c.DeclareConflict(text=kept), Role.EXPERT)

    run_acting(ctx, work)


@app.command(
    "report",
    epilog=example(
        "selection --as officer-1 conflict report 2025-second/0007 expert-07 --text 'Former employee of the host'"
    ),
)
def report(
    ctx: typer.Context,
    number: Application,
    expert: Annotated[str, typer.Argument(help="The reviewer.")],
    text: Text,
    name: ReportName = None,
) -> None:
    """Report a reviewer's conflict of interest; a supervisor rules on it."""

    async def work(session: Session) -> None:
        stream = application(number)
        standings = await session.reads.applications.get_standings(await session.subject(), stream)
        role = next((role for standing, role in REPORTING.items() if standing in standings), None)
        if role is None:
            raise Refused(
                "not-entitled", roles=", ".join(sorted({item.value for item in REPORTING.values()}))
            )
        kept = await store_typed_text(session, text, log_of(stream))
        command = c.ReportConflict(report=name or session.options.command_id, expert=expert, text=kept)
        await session.act(stream, command, role)

    run_acting(ctx, work)


@app.command(
    "import",
    epilog=example(
        "selection --as officer-1 conflict import 2025-second conflicts.xlsx --marked to-mend.xlsx",
    ),
)
def import_conflicts(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The conflicts, as XLSX or CSV.")],
    sheet: Sheet = None,
    marked: Marked = None,
    yes: Yes = False,
) -> None:
    """Report many conflicts of interest from a table: all are shown, signed together, and each is answered by itself.

    If one row is wrong, each fault is shown and nothing is reported. Rows reported before are not reported again.
    """

    async def work(session: Session) -> None:
        rows = await take_filled(session.out, file, LAYOUT, make_row, ImportOptions(sheet, marked))
        role = await _role_in_round(session, round_id)
        session.name_act("conflicts")
        planned = [await _plan(session, round_id, row) for row in dict.fromkeys(rows)]
        await act_all(session, planned, role, yes=yes)

    run_acting(ctx, work)


@app.command("template", epilog=example("selection --lang zh conflict template conflicts.xlsx"))
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write: XLSX, or CSV where its name ends so.")],
) -> None:
    """Write an empty table of conflicts to fill in, with what belongs in each column."""
    save_template(ctx, file, LAYOUT)


async def _role_in_round(session: Session, round_id: str) -> Role:
    standings = await session.reads.rounds.get_standings(await session.subject(), round_id)
    role = next((role for standing, role in REPORTING.items() if standing in standings), None)
    if role is None:
        raise Refused("not-entitled", roles=f"{Role.OFFICER.value}, {Role.SUPERVISOR.value}")
    return role


async def _plan(session: Session, round_id: str, row: ConflictRow) -> PlannedAct:
    text = await session.client.store_text(row.text, person=session.person, log=round_id)
    command = report_row(row, text)
    shown = {"application": row.application, "expert": row.expert, "report": command.report}
    stream, step = application_stream(round_id, row.application), command.report.removeprefix("conflict-")
    return PlannedAct(stream, command, step, shown)


@app.command(
    "refer",
    epilog=example("selection --as officer-1 conflict refer 2025-second/0007 expert-07"),
)
def refer(
    ctx: typer.Context,
    number: Application,
    person: Annotated[str, typer.Argument(help="The person whom the data links to the application.")],
    text: Annotated[
        str | None, typer.Option("--text", help="A text, @FILE or ref:ID: why they should act.")
    ] = None,
    name: ReportName = None,
) -> None:
    """Refer to a supervisor a conflict that data shows, such as one for which an act was refused.

    Where only the organiser's own house binds an officer, supervisor or approver, say why they should act.
    """

    async def work(session: Session) -> None:
        stream = application(number)
        standings = await session.reads.applications.get_standings(await session.subject(), stream)
        role = Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER
        reason = await store_typed_text(session, text, log_of(stream)) if text is not None else None
        command = c.ReferConflict(report=name or session.options.command_id, expert=person, text=reason)
        await session.act(stream, command, role)

    run_acting(ctx, work)


@app.command(
    "project",
    epilog=example(
        "selection --as agent-1 conflict project 2025-second/0007 expert-07 --text 'A joint grant until 2024'"
    ),
)
def project(
    ctx: typer.Context,
    number: Application,
    person: Annotated[str, typer.Argument(help="With whom the project was shared.")],
    text: Text,
    name: ReportName = None,
) -> None:
    """Declare with whom your units or team shared a project; they stand aside once a supervisor confirmed it."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await store_typed_text(session, text, log_of(stream))
        command = c.DeclareProject(report=name or session.options.command_id, expert=person, text=kept)
        await session.act(stream, command, Role.APPLICANT)

    run_acting(ctx, work)


@app.command(
    "rule",
    epilog=example(
        "selection --as supervisor-1 conflict rule 2025-second/0007 report-1 --upheld --text 'Proved by payroll'"
    ),
)
def rule(
    ctx: typer.Context,
    number: Application,
    name: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.")],
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="The ruling.")],
    text: Text,
) -> None:
    """Rule on a report; if it is upheld, the review is void and the seat becomes vacant.

    A conflict that data shows is dismissed for this evidence alone: other evidence still counts.
    """

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await store_typed_text(session, text, log_of(stream))
        await session.act(stream, c.RuleOnConflict(report=name, upheld=upheld, text=kept), Role.SUPERVISOR)

    run_acting(ctx, work)
