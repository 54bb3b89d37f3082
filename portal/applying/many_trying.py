"""What handing in the rows of a table would do, as the record would decide it now; and which are signed next."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from portal.acts.bundles import AT_MOST
from portal.acts.telling import tell_each_refused
from portal.applying.many import Many
from portal.applying.many_rows import RowAnswers
from portal.visit import Visit
from selection.application.commands import Submit
from selection.kernel.canonical import canonical_bytes
from selection.streams import round_stream
from starter.people.importing import Importer, Row, foresee_version, plan_rows, try_rows

SIGNED_AT_MOST = 2_000_000
"""Bytes of what is signed together [D]: the page on which it is signed holds all answers, and is kept for an hour."""


@dataclass(frozen=True)
class TriedRow:
    """A row, its place among all, and what would become of it: `why` it would be refused, empty where it would not.

    `next` says that it is among those that are signed next.
    """

    place: int
    row: Row[RowAnswers]
    why: str = ""
    left: bool = False
    next: bool = False

    @property
    def change(self) -> str:
        """What handing it in comes to."""
        return self.row.act.change

    @property
    def number(self) -> str:
        """The number of its application, empty of one that has not begun."""
        return "" if self.row.act.number is None else f"{self.row.act.number:04d}"

    @property
    def would(self) -> bool:
        """Whether it would be handed in."""
        return not (self.why or self.left or self.change == "as-before")


async def try_many(visit: Visit, many: Many) -> tuple[TriedRow, ...]:
    """Return what each row would do now, and which of those that would do something are signed next.

    A person's tables are tried one after the other.
    """
    if not many.rows:
        return ()
    async with visit.portal.backend.tables.turn(visit.subject.person):
        return await _try_rows(visit, many)


async def _try_rows(visit: Visit, many: Many) -> tuple[TriedRow, ...]:
    importer = await find_importer(visit, many)
    fitting = []
    for kept, filled in zip(many.rows, many.fill(many.rows), strict=True):
        # Others have their turn between two rows.
        await asyncio.sleep(0)
        fitting.append(await foresee_version(kept.item, filled))
    rows = await plan_rows(importer, fitting)
    todo = [row for row in rows if _is_wanted(row, many)]
    refused = await try_rows(importer, todo)
    sentences = await tell_each_refused(visit, round_stream(many.round), refused, many.words.zone)
    why = {id(row): sentence for row, sentence in zip(todo, sentences, strict=True)}
    tried = [
        TriedRow(
            place, row, why.get(id(row), ""), left=not _is_wanted(row, many) and row.act.change != "as-before"
        )
        for place, row in enumerate(rows, 1)
    ]
    following = {item.place for item in _take_next([item for item in tried if item.would])}
    return tuple(
        TriedRow(item.place, item.row, item.why, item.left, item.place in following) for item in tried
    )


async def find_importer(visit: Visit, many: Many) -> Importer:
    """Return who imports, as both the page and the command line ask the record."""
    return Importer(visit.reads, await visit.portal.backend.client(), visit.subject, many.round)


def sum_up(tried: Sequence[TriedRow]) -> str:
    """Return which rows are signed next, as the page shows it and sends it back."""
    chosen = " ".join(item.row.act.command_id for item in tried if item.next)
    return sha256(chosen.encode()).hexdigest()[:32]


def _is_wanted(row: Row[RowAnswers], many: Many) -> bool:
    return row.act.change == "new" or (row.act.change == "new-version" and many.draft.new_versions)


def _take_next(would: Sequence[TriedRow]) -> list[TriedRow]:
    """Return the first rows, as many as one page and one signature take."""
    chosen: list[TriedRow] = []
    left = SIGNED_AT_MOST
    for item in would[:AT_MOST]:
        # What is kept names each text by a reference, which takes more than the stand-in for it.
        command = Submit(submission=item.row.version).model_dump_json()
        left -= len(canonical_bytes(item.row.filled.answers)) + 2 * len(command)
        if chosen and left < 0:
            break
        chosen.append(item)
    return chosen
