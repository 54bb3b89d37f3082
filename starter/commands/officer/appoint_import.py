"""`selection appoint import` and `appoint template`: chairs and survey teams of many applications from one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from reading.rehearsals import UNSTORED
from selection.decision.command import Command, kind_of
from selection.kernel.actor import Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from selection.streams import application_stream
from selection.wording.refusals import render_refusal
from starter.cli.arguments import RoundId, Yes
from starter.cli.command_table import example
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_bytes
from starter.cli.manifest import PlannedAct, act_all
from starter.cli.session import Session, run_acting
from starter.imports.appointments import LAYOUT, AppointmentRow, make_row
from starter.imports.filled_table import FilledTable, Marked, Sheet, find_repeated, read_filled, show_faults
from starter.imports.templates import save_template
from tables.grid import FILE_LIMIT, TableFault, TableRefused
from tables.sentences import describe_refusal

app = typer.Typer()

ROWS_LIMIT = 1_000
STANDS = "already-done"
"""Refuses an appointment that stands."""
_SHOWN = ("chair", "lead", "members", "reason")


@dataclass(frozen=True)
class Appointment:
    """One act of a row, and the column at which it is told why it would be refused."""

    row: int
    column: int
    application: str
    command: Command
    step: str
    reason: str


@app.command("template", epilog=example("selection --lang zh appoint template appointments.xlsx"))
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write: XLSX, or CSV where its name ends so.")],
) -> None:
    """Write an empty table of chairs and survey teams to fill in, with what belongs in each column."""
    save_template(ctx, file, LAYOUT)


@app.command(
    "import",
    epilog=example(
        "selection --as officer-1 appoint import 2025-second teams.xlsx --dry-run --marked to-mend.xlsx",
        "selection --as officer-1 appoint import 2025-second teams.xlsx",
    ),
)
def import_appointments(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The appointments, as XLSX or CSV.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check and show what would be appointed.")
    ] = False,
    sheet: Sheet = None,
    marked: Marked = None,
    yes: Yes = False,
) -> None:
    """Appoint chairs and survey teams from a table: all are shown, signed together, and each is answered by itself.

    Each row is tried before: if one would be refused, each fault is shown and nobody is appointed. Whoever holds the
    post already is passed over.
    """

    async def work(session: Session) -> None:
        # No act is tried before all rows are right, so there is none that the record should hold a refusal of.
        session.traced = True
        body = read_bytes(file, FILE_LIMIT)
        session.name_act(f"file-{sha256(body).hexdigest()[:32]}")
        await session.show_as(round_id)
        wanted = await _check(session, round_id, body, sheet, marked)
        if dry_run:
            rows = [{**_show(item), "act": kind_of(item.command)} for item in wanted]
            session.out.rows("appointments", ("application", "act", *_SHOWN), rows)
        elif wanted:
            planned = [await _plan(session, round_id, item) for item in wanted]
            await act_all(session, planned, Role.OFFICER, yes=yes)

    run_acting(ctx, work)


async def _check(
    session: Session, round_id: str, body: bytes, sheet: str | None, marked: Path | None
) -> list[Appointment]:
    """Return the appointments that do not stand yet, all or none. Raises CommandFailed table-unreadable or -faulty."""
    read = await _read(session, body, sheet)
    columns = read.places(LAYOUT)
    faults = _find_faults(read, columns)
    wanted = [act for number, item in read.items for act in _list(number, item, columns)]
    left = []
    for act, refused in zip(wanted, await _try(session, round_id, wanted), strict=True):
        if refused is None:
            left.append(act)
        elif refused.code != STANDS:
            said = render_refusal(refused.code, refused.params, session.out.lang, session.out.zone)
            faults.append(TableFault(act.row, act.column, refused.code, {}, said))
    if faults:
        faults.sort(key=lambda fault: (fault.row, fault.column))
        show_faults(session.out, [(read.grid, faults)], int(session.out.lang == "zh"), marked)
        raise CommandFailed("table-faulty", count=str(len(faults)))
    stand = len(wanted) - len(left)
    if stand:
        said = number_of(stand, "appointment stands", "appointments stand")
        session.out.say(f"{said} already.", f"{stand} 项指定此前已生效。")
    return left


async def _read(session: Session, body: bytes, sheet: str | None) -> FilledTable[AppointmentRow]:
    lang = int(session.out.lang == "zh")
    try:
        read = await read_filled(body, LAYOUT, make_row, lang, sheet)
    except TableRefused as unread:
        text = describe_refusal(unread.code, unread.params, lang)
        raise CommandFailed("table-unreadable", text=text) from None
    if len(read.items) > ROWS_LIMIT:
        raise Refused("too-many", place="appointments", limit=str(ROWS_LIMIT))
    return read


def _find_faults(read: FilledTable[AppointmentRow], columns: dict[str, int]) -> list[TableFault]:
    """Return what is wrong with the cells, applications that stand twice, and rows that appoint nobody."""
    applications = ((number, item.application) for number, item in read.items)
    nobody = (number for number, item in read.items if not item.list_acts(UNSTORED))
    return [
        *read.faults,
        *find_repeated(applications, columns["application"]),
        *(TableFault(number, columns["chair"], "cell-missing") for number in nobody),
    ]


def _list(row: int, item: AppointmentRow, columns: dict[str, int]) -> list[Appointment]:
    return [
        Appointment(
            *(row, columns[act.column], item.application),
            command=act.command,
            step=f"{kind_of(act.command)}.{item.application}",
            reason=act.reason,
        )
        for act in item.list_acts(UNSTORED)
    ]


async def _try(session: Session, round_id: str, wanted: Sequence[Appointment]) -> tuple[Refused | None, ...]:
    """Return what would refuse each appointment, were it made now."""
    trials = [
        (
            application_stream(round_id, act.application),
            act.command,
            f"{session.options.command_id}.{act.step}",
        )
        for act in wanted
    ]
    return await session.reads.rehearsals.find_refusals(
        await session.subject(), round_id, trials, Role.OFFICER
    )


async def _plan(session: Session, round_id: str, act: Appointment) -> PlannedAct:
    """Return the act to send, its reason stored."""
    command = act.command
    if act.reason:
        reason = await session.client.store_text(act.reason, person=session.person, log=round_id)
        command = command.with_(reason=reason)
    return PlannedAct(application_stream(round_id, act.application), command, act.step, _show(act))


def _show(act: Appointment) -> dict[str, Any]:
    fields = {**act.command.model_dump(mode="json"), "reason": act.reason or None}
    return {"application": act.application, **{name: fields.get(name) for name in _SHOWN}}
