"""What the boards of shortlist and proposal have in common: rows of a ranking, what a choice covers, the draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.acts.prepared import Line
from portal.acts.telling import tell_refused
from portal.faults import Fault
from portal.forms.drafts import DraftNotes
from portal.forms.typed import Typed
from portal.visit import Visit
from portal.wording.rounds.board import WORDS
from reading.desk.models import Board, EarlierList
from selection.decision.command import Command
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.kernel.counting import fill
from selection.kernel.named import Named
from selection.projections.choosing import Coverage
from selection.refusals.refused import Refused
from selection.round.approving.standing import number_of
from selection.streams import round_stream
from selection.visibility.viewer import Standing
from selection.wording.round_words import words_of
from starter.client.client import new_command_id

LARGEST = 900_000
"""Bytes of a board as it is typed [D]."""
FIELDS = 5_000
"""Fields of a board at most [D]."""
LONGEST = 20_000
"""Characters of a reason [D]."""
"""Pairs of a field of the page and a sentence."""


@dataclass(frozen=True)
class Row:
    """An application of a ranking with what was typed for it; `place` is empty for one that is not chosen."""

    candidate: Candidate
    name: tuple[str, str]
    host: tuple[str, str]
    field: Named | None
    region: Named | None
    priority: Named | None
    spread: tuple[str, str] | None
    place: str = ""
    deviates: bool = False
    reason: str = ""
    why: str = ""
    returned: bool = False

    @property
    def number(self) -> str:
        """The application's number."""
        return number_of(self.candidate)


@dataclass(frozen=True)
class Part:
    """What a choice covers of fields, regions or priorities: of each how many, and how many an earlier list has."""

    name: str
    covered: Sequence[tuple[Coverage, int | None]]


@dataclass(frozen=True)
class BoardNotes(DraftNotes):
    """What a board says beside itself, and which of its pages is asked for."""

    page: int = 1


def lay_out(board: Board, candidates: Iterable[Candidate], **typed: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the rows of a ranking; `typed` holds by the name of a row's field what it is, by number."""
    shown = {row.number: row for row in board.shown}
    found = []
    for item in candidates:
        number = number_of(item)
        row = shown.get(number)
        more = {name: values[number] for name, values in typed.items() if number in values}
        found.append(
            Row(
                candidate=item,
                name=(row.name_en or number, row.name_zh or number) if row else (number, number),
                host=(row.host_en or row.host, row.host_zh or row.host) if row else ("", ""),
                field=_find(board.rules.fields, item.field),
                region=_find(board.rules.regions, item.region),
                priority=_find(board.rules.priorities, item.priority),
                spread=board.spreads.get(number),
                returned=number in board.returned,
                **more,
            )
        )
    return tuple(found)


def lay_beside(coverage: Mapping[Any, Sequence[Coverage]], earlier: EarlierList | None) -> tuple[Part, ...]:
    """Return what a choice covers beside what an earlier list covers, as far as that was published."""
    before: dict[str, Mapping[str, int]] = (
        {} if earlier is None else {"field": earlier.fields, "region": earlier.regions}
    )
    return tuple(
        Part(
            name,
            [(item, before[name].get(item.value.code, 0) if name in before else None) for item in covered],
        )
        for name, covered in coverage.items()
        if covered
    )


def pick_typed(typed: Typed, beginning: str) -> dict[str, str]:
    """Return what was typed into the fields that begin so, by the number of their application."""
    return {
        name.removeprefix(beginning): values[0]
        for name, values in typed.items()
        if name.startswith(beginning)
    }


async def require_officer(visit: Visit) -> None:
    """Raise Fault where the visitor is no officer of the round: nothing of others is kept."""
    round_id = visit.request.path_params["round"]
    if Standing.OFFICER not in await visit.reads.rounds.get_standings(visit.subject, round_id):
        raise Fault("hidden", 404)


def find_too_long(visit: Visit, typed: Typed) -> list[tuple[str, str]]:
    """Return a fault for each text that is too long."""
    return [
        (name, visit.say("board.too-long", limit=LONGEST))
        for name, values in typed.items()
        if len(values[0]) > LONGEST
    ]


async def foresee(visit: Visit, board: Board, command: Command) -> list[tuple[str, str]]:
    """Return why an act of an officer would be refused as things stand; nothing is recorded of that."""
    round_id, mine = visit.request.path_params["round"], new_command_id()
    try:
        await visit.reads.rehearsals.rehearse(visit.subject, round_id, command, Role.OFFICER, mine)
    except Refused as refused:
        return [("", await tell(visit, board, refused))]
    return []


async def tell(visit: Visit, board: Board, refused: Refused) -> str:
    """Return the sentence of a refusal in the round's own time."""
    stream = round_stream(visit.request.path_params["round"])
    return await tell_refused(visit, stream, refused, words_of(board.rules).zone)


def name_line(board: Board, word: str, number: str, text: str, **params: object) -> Line:
    """Return a line of the page that is signed: what is typed for an application, which is called by its name."""
    row = next((row for row in board.shown if row.number == number), None)
    names = ((row and row.name_en) or number, (row and row.name_zh) or number)
    en, zh = (
        fill(written, {"name": name, "number": number, **params})
        for written, name in zip(WORDS[word], names, strict=True)
    )
    return Line.of_text(en, zh, text).with_(long=True)


def _find(named: Sequence[Named], code: str) -> Named | None:
    return next((item for item in named if item.code == code), None)
