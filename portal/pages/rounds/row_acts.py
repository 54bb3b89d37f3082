"""What the rows of a table of staff ask for: acts on applications of a round, each by itself. Nothing is recorded."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from portal.acts.prepared import Line
from portal.sheets.importing import ImportedTable, refuse_rows, refuse_table
from portal.wording.rounds.by_table import WORDS
from reading.rehearsals import UNSTORED
from selection.application.commands import AppointChair, AppointSurveyTeam, ReportConflict
from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.visibility.viewer import Standing
from starter.imports import appointments, conflicts
from starter.imports.filled_table import FilledTable, find_repeated, read_filled
from tables.grid import TableFault, TableRefused
from tables.layout import FilledRow, Layout


class RowAct(NamedTuple):
    """One act of a row: its key among all, its application, the command, and the text that it is to cite.

    `cite` makes the command once it is known where that text is stored.
    """

    key: str
    number: str
    command: Frozen
    text: str = ""
    cite: Callable[[Ref], Frozen] | None = None

    def find_command(self, stored: Mapping[str, Ref]) -> Frozen:
        """Return the command with its text as it is stored, by what it says; as it is where it is not."""
        return self.cite(stored[self.text]) if self.cite and self.text in stored else self.command


class Kind(NamedTuple):
    """A kind of table: its columns, what a row is and asks for, and the tasks that wait for that.

    `once` where an application stands in one row alone. `roles` are those that may do its acts, by standing; who has
    several acts in the first.
    """

    layout: Layout
    model: type[Frozen]
    make: Callable[[FilledRow], Any]
    list_acts: Callable[[str, Any], Iterator[RowAct]]
    tasks: tuple[str, ...]
    once: bool
    roles: Mapping[Standing, Role]

    def find_role(self, standings: Collection[Standing]) -> Role | None:
        """Return in which role somebody may do these acts; None where in none."""
        return next((role for standing, role in self.roles.items() if standing in standings), None)


def _appoint(key: str, row: appointments.AppointmentRow) -> Iterator[RowAct]:
    for column, command, reason in row.list_acts(UNSTORED):
        yield RowAct(f"{key}-{column}", row.application, command, reason, partial(_cite_reason, command))


def _cite_reason(command: Command, reason: Ref) -> Command:
    return command.with_(reason=reason)


def _report(key: str, row: conflicts.ConflictRow) -> Iterator[RowAct]:
    cite = partial(conflicts.report_row, row)
    yield RowAct(key, row.application, cite(UNSTORED), row.text, cite)


KINDS: Mapping[str, Kind] = {
    "appointments": Kind(
        appointments.LAYOUT,
        appointments.AppointmentRow,
        appointments.make_row,
        _appoint,
        ("appoint-chair", "appoint-survey-team"),
        once=True,
        roles={Standing.OFFICER: Role.OFFICER},
    ),
    "conflicts": Kind(
        conflicts.LAYOUT,
        conflicts.ConflictRow,
        conflicts.make_row,
        _report,
        (),
        once=False,
        roles={Standing.OFFICER: Role.OFFICER, Standing.SUPERVISOR: Role.SUPERVISOR},
    ),
}
"""By the word of the address."""


async def read_rows(kind: Kind, body: bytes, lang: int) -> dict[str, Frozen] | ImportedTable:
    """Return the rows of a file by their numbers, or its faults; of rows that say the same the first counts."""
    try:
        read = await read_filled(body, kind.layout, kind.make, lang)
    except TableRefused as refused:
        return refuse_table("table", refused)
    faults = [*read.faults, *_find_faults(kind, read)]
    if faults:
        return refuse_rows("table", sorted(faults, key=lambda fault: (fault.row, fault.column)))
    found: dict[Frozen, str] = {}
    for number, item in read.items:
        found.setdefault(item, str(number))
    return {number: item for item, number in found.items()}


def _find_faults(kind: Kind, read: FilledTable[Any]) -> list[TableFault]:
    """Return the rows that ask for nothing, and those of an application that stood in an earlier one."""
    place = read.places(kind.layout)["application"]
    named = [(number, item.application) for number, item in read.items] if kind.once else []
    empty = (number for number, item in read.items if not any(kind.list_acts("", item)))
    return [*find_repeated(named, place), *(TableFault(number, place, "cell-missing") for number in empty)]


def tell_act(act: RowAct) -> tuple[Line, ...]:
    """Return what an act says, for the page on which it is tried and the one on which it is signed."""
    match act.command:
        case AppointChair(chair=chair):
            return (_name("chair", chair), *_tell_text("reason", act))
        case AppointSurveyTeam(lead=lead, members=members):
            return (_name("lead", lead), _name("members", *members), *_tell_text("reason", act))
        case ReportConflict(expert=expert):
            return (_name("expert", expert), *_tell_text("text", act))
    return ()


def _tell_text(word: str, act: RowAct) -> tuple[Line, ...]:
    return (Line.of_text(*WORDS[word], act.text),) if act.text else ()


def _name(word: str, *people: str) -> Line:
    return Line.of_text(*WORDS[word], "\n".join(people)).with_(people=people)
