"""Applications: lists, one application, and everything that happened to it."""

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from ledger.errors import ContentErased, UnknownContent
from ledger.log.receipts import Entry
from ledger.people.contents import KnownText
from ledger.people.numbers import NumberedAct as NumberedAct
from reading.access.confidential import is_entry_confidential, is_row_confidential
from reading.access.kinds import ReadKind
from reading.access.memory import KnownRow, KnownRows
from reading.access.part import Part
from reading.access.source import Look, Source
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.models import (
    ApplicationView,
    CheckedForm,
    Opening,
    Seat,
    ShownApplication,
    ShownContent,
    ShownEntry,
)
from selection.application.state import ApplicationState
from selection.decision.facts import end_in_force
from selection.forms.json_text import list_texts
from selection.kernel.actor import Role
from selection.process.task import date_tasks
from selection.projections.open_tasks import tasks_of
from selection.projections.rows import ApplicationRow
from selection.refusals.refused import Refused
from selection.round.state import rules_of
from selection.streams import log_of, recommender_stream, round_stream
from selection.timeline.events import begin_text, mentions
from selection.visibility.entry_view import EntryView
from selection.visibility.reading import list_readable, view_entry, visible_row, visible_tasks
from selection.visibility.viewer import RowRelations, Standing, Viewer

Seen = tuple[Look, Entry, EntryView]
"""An entry, the look at its stream, and what that shows of it."""


class ShownRows(tuple[ShownApplication, ...]):
    """Applications as they show to somebody. They never change, so what is made of these very rows is kept with them.

    `made` is kept by whoever makes it, under a name of theirs.
    """

    @cached_property
    def by_number(self) -> dict[str, ShownApplication]:
        """The same by number."""
        return {row.number: row for row in self}

    @cached_property
    def cache(self) -> dict[Hashable, Any]:
        """What was made of them."""
        return {}


class ApplicationReads(Part):
    """What can be read of applications."""

    async def list_of_round(self, subject: Subject, round_id: str) -> ShownRows:
        """Return the applications of a round that show, each as far as it does. Raises Hidden for the round."""
        around = await self._source.look_at_round(subject, round_id)
        found, confidential = await show_rows(self._source, subject, around)
        if confidential:
            await self._source.note(subject, ReadKind.APPLICATIONS, round_stream(round_id))
        return found

    async def get(self, subject: Subject, stream: str) -> ApplicationView:
        """Return one application. Raises Hidden."""
        look = await self._look(subject, stream)
        shown = look.get_row()
        if look.is_row_confidential(shown):
            await self._source.note(subject, ReadKind.APPLICATION, stream)
        around = await self._source.find_round(look.state.round)
        deadlines = around.deadlines if around is not None else {}
        return ApplicationView(
            stream=stream,
            row=ShownApplication(**shown),
            contents=tuple(_list_contents(await self._see(look))),
            seats=_list_seats(look.state, deadlines) if look.viewer.is_staff else None,
            tasks=visible_tasks(date_tasks(tasks_of(look.state), deadlines), look.viewer),
            fresh_panel=Standing.APPLICANT in look.viewer.standings and bool(look.state.fresh_panel),
        )

    async def get_revision(self, subject: Subject, stream: str) -> int:
        """Return the version of an application that counts now. Raises Hidden."""
        look = await self._look(subject, stream)
        shown = look.get_row()
        if "revision" not in shown:
            raise Hidden
        if look.is_row_confidential(shown):
            await self._source.note(subject, ReadKind.APPLICATION, stream)
        return ShownApplication(**shown).revision

    async def get_standings(self, subject: Subject, stream: str) -> frozenset[Standing]:
        """Return what the subject is to an application, which is their own to know; nothing of an unknown one."""
        try:
            return (await self._look(subject, stream)).viewer.standings
        except Hidden:
            return frozenset()

    async def get_checked_form(self, subject: Subject, stream: str) -> CheckedForm:
        """Return the form of an application to an officer, with what it is to be compared with.

        Raises Hidden, Refused not-entitled, or nothing-to-do before there is one.
        """
        look = await self._look(subject, stream)
        look.get_row()
        if Standing.OFFICER not in look.viewer.standings:
            raise Refused("not-entitled", roles=Role.OFFICER.value)
        state: ApplicationState = look.state
        if state.submission is None:
            raise Refused("nothing-to-do")
        answers = [ref.id for ref in (state.submission.form, state.submission.public) if ref]
        bodies = [(await self._source.ledger.contents.get(content))[1] for content in answers]
        await self._source.note(subject, ReadKind.CONTENT, stream, state.submission.form.id)
        directions = (*look.rules.held_directions, *look.rules.excluded) if look.rules else ()
        named = (state.submission.name_zh, state.submission.name_en)
        texts = [text for body in bodies for text in list_texts(body)]
        return CheckedForm(text="\n".join((*named, *texts)), directions=directions)

    async def list_numbered(self, subject: Subject, round_id: str, begin: str) -> list[NumberedAct]:
        """Return the subject's own acts on applications that they began by commands of this beginning, in order."""
        return await self._source.ledger.numbers.list_numbered(round_id, subject.person, begin)

    async def list_timeline(self, subject: Subject, stream: str) -> tuple[ShownEntry, ...]:
        """Return what shows of an application's entries, and of what its round and its unit's list said of it.

        In the order of the log. Raises Hidden if nothing shows.
        """
        look = await self._look(subject, stream)
        seen = await self._see(look)
        # A unit that took its recommendation back is no longer in the state, but in what happened.
        units = {view["data"]["unit"]: None for _, _, view in seen if view["data"].get("unit")}
        state: ApplicationState = look.state
        lists = [recommender_stream(state.round, unit) for unit in units]
        for beside in (round_stream(log_of(stream)), *lists):
            around = await self._see(await self._source.look(subject, beside))
            seen += [item for item in around if mentions(item[2]["data"], state.number)]
        if not seen:
            raise Hidden
        if any(is_entry_confidential(entry.leaf, view, at.viewer, at.state) for at, entry, view in seen):
            await self._source.note(subject, ReadKind.TIMELINE, stream)
        ordered = sorted(seen, key=lambda item: item[1].seq)
        openings = await self._read_openings(content for item in ordered for content in _list_given(item))
        return tuple(_show(item, openings) for item in ordered)

    async def _look(self, subject: Subject, stream: str) -> Look:
        if not stream.startswith("application/"):
            raise Hidden
        return await self._source.look(subject, stream)

    async def _see(self, look: Look) -> list[Seen]:
        entries = await self._source.entries(look.state.stream)
        views = ((entry, view_entry(entry.leaf, look.viewer, look.state)) for entry in entries)
        return [(look, entry, view) for entry, view in views if view is not None]

    async def _read_openings(self, contents: Iterable[str]) -> dict[str, Opening]:
        """Return the beginnings of texts, in one statement; nothing of a file."""
        asked = set(contents)
        found = await self._source.ledger.contents.texts(asked, OPENING_BYTES)
        return {content: _open(found.get(content)) for content in asked}


def _list_given(seen: Seen) -> list[str]:
    """Return the ids of the texts that say why, where an entry shows them."""
    look, entry, view = seen
    given = (view["actor"].get("reason"), view["data"].get("reason"), view["data"].get("text"))
    readable = list_readable([entry.leaf], look.viewer, look.state)
    return [ref["id"] for ref in given if isinstance(ref, dict) and ref["id"] in readable]


def _show(seen: Seen, openings: Mapping[str, Opening]) -> ShownEntry:
    """Return an entry with the beginnings of its texts."""
    (look, entry, view), texts = seen, tuple(openings[content] for content in _list_given(seen))
    return ShownEntry(seq=entry.seq, view=view, texts=texts, leaf_hash=show_hash(entry, look))


def _open(stored: KnownText | None) -> Opening:
    """Return the beginning of a text, or why there is none."""
    if stored is None or stored.erased:
        return Opening(fault=(UnknownContent if stored is None else ContentErased).code)
    return Opening(text=begin_text(stored.text))


def show_hash(entry: Entry, look: Look) -> str:
    """Return the leaf hash of an entry whose whole is the viewer's to know: staff's, and who did it."""
    whole = look.viewer.is_staff or entry.leaf.actor.person == look.viewer.person
    return entry.leaf_hash.hex() if whole else ""


OPENING_BYTES = 16_384
"""Bytes of a text that are read for them: blanks may come first."""


SHOWN_AT_ONCE = 100
"""Rows that are made to show while other requests wait [D]."""
VIEWERS = 24
"""Readers for whom the rows of a round are kept as they show, those who asked last [D]."""


async def show_rows(source: Source, subject: Subject, around: Look) -> tuple[ShownRows, bool]:
    """Return the applications of a round, each as far as it shows, and whether any of that is confidential.

    They are kept with the rows at this very moment, by all that they follow from: what the reader is registered as
    and what the rules say are looked up anew each time.
    """
    rows = await source.memory.rows(around.state.round)
    relations = RowRelations(subject.person, subject.fact, rules_of(around.state))
    kept: dict[Hashable, tuple[ShownRows, bool]] = rows.made.setdefault(show_rows, {})
    found = kept.pop(relations.key, None) or await show_these(rows, relations.standings)
    kept[relations.key] = found
    while len(kept) > VIEWERS:
        del kept[next(iter(kept))]
    return found


async def show_these(
    rows: KnownRows, find: Callable[[ApplicationRow], frozenset[Standing]]
) -> tuple[ShownRows, bool]:
    """Return rows, each as far as it shows to whoever `find` says one is to it, and if any of that is confidential.

    Ten thousand that nobody like the reader has seen yet take a second: other requests are answered in between.
    """
    found, confidential, made = [], False, 0
    for known in rows.by_stream.values():
        standings = find(known.row)
        made += standings not in known.made
        if made == SHOWN_AT_ONCE:
            made = 0
            await asyncio.sleep(0)
        shown, secret = show_row(known, standings)
        if shown is not None:
            found.append(shown)
            confidential = confidential or secret
    return ShownRows(found), confidential


def show_row(known: KnownRow, standings: frozenset[Standing]) -> tuple[ShownApplication | None, bool]:
    """Return a row as it shows to whoever is this to it, and whether that is confidential.

    Nothing else of a viewer counts for a row, so it is made once for all who are the same to it.
    """
    if standings not in known.made:
        viewer = Viewer(person="", standings=standings)
        shown = visible_row(known.row, viewer)
        known.made[standings] = (
            (None, False)
            if shown is None
            else (ShownApplication(**shown), is_row_confidential(known.row, shown, viewer))
        )
    made: tuple[ShownApplication | None, bool] = known.made[standings]
    return made


def _list_contents(seen: list[Seen]) -> list[ShownContent]:
    """Return the references that entries show, named by where they stand; the last one counts."""
    found: dict[str, ShownContent] = {}
    for _, _, view in seen:
        for place, ref in _references(view["data"], ""):
            found[ref["id"]] = ShownContent(content=place, **ref)
    return list(found.values())


def _references(value: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            yield place, value
            return
        for key, inner in value.items():
            yield from _references(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, place)


def _list_seats(state: ApplicationState, deadlines: Mapping[str, datetime]) -> tuple[Seat, ...]:
    return tuple(
        Seat(
            seat=seat.number,
            expert=seat.expert,
            state=seat.status,
            until=end_in_force(window, until, deadlines),
        )
        for seat in state.seats
        for window, until in [
            ("invitation", seat.respond_by) if seat.status == "invited" else ("review", seat.review_by)
        ]
    )
