"""One application's story out of a bundle: its entries in order with the states around them, and points in it.

Nothing here is proven: the entries are folded by the core as they stand (`verify` proves or refutes them).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Generic

from audit.bundle.reader import Bundle
from audit.bundle.register import Register, read_register
from audit.claims import Difference
from audit.rules.fold import S_co, Step, fold
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.recommendation.state import ListState
from selection.round.state import RoundState, initial
from selection.rules.model import RoundRules
from selection.streams import application_stream, round_stream

BESIDE = ("round", "recommender")
"""Kinds of streams that decide about applications; their entries are kept beside the application's own."""


@dataclass(frozen=True)
class EntryOf(Generic[S_co]):
    """One entry with its place in the log and its stream's states around it."""

    seq: int
    leaf: Leaf
    event: Event
    before: S_co
    after: S_co


Entry = EntryOf[StreamState]
OwnEntry = EntryOf[ApplicationState]


@dataclass(frozen=True)
class Version:
    """A point: after the application's n-th entry."""

    number: int


@dataclass(frozen=True)
class Place:
    """A point: after the log's entry at this place, whatever stream it belongs to."""

    seq: int


@dataclass(frozen=True)
class Instant:
    """A point in time: before the first entry of the application that is dated later.

    The order of the log counts: what a deadline brought is dated at the deadline but recorded after its grace, so
    behind acts that are dated later.
    """

    at: datetime


Point = Version | Place | Instant


class PointOutside(Exception):
    """The bundle holds no such point of what is replayed; `early` tells that it lies before its first entry."""

    def __init__(self, *, early: bool = False) -> None:
        super().__init__("the point lies outside of the story")
        self.early = early


@dataclass(frozen=True)
class Situation:
    """How the application stood at a point: the entry that came last, and all that was recorded by then."""

    last: OwnEntry
    entries: tuple[OwnEntry, ...]
    beside: tuple[Entry, ...]
    moment: datetime
    """The instant itself, or the latest that any of the entries is dated at."""

    @property
    def state(self) -> ApplicationState:
        """The application's state."""
        return self.last.after

    @property
    def round(self) -> RoundState:
        """The round's state; before it was opened, the initial one."""
        stream = round_stream(self.state.round)
        opened = (entry.after for entry in reversed(self.beside) if entry.leaf.stream == stream)
        found = next(opened, None) or initial(stream)
        assert isinstance(found, RoundState)
        return found

    def lists(self) -> Iterator[ListState]:
        """Yield the states of the recommendation lists."""
        found = {entry.leaf.stream: entry.after for entry in self.beside}
        yield from (state for state in found.values() if isinstance(state, ListState))


@dataclass(frozen=True)
class Beside:
    """How a round or a list stood at a point: its entries up to it, one at least."""

    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        """The entry that came last."""
        return self.entries[-1]

    @property
    def state(self) -> StreamState:
        """The state after it."""
        return self.last.after


@dataclass
class Story:
    """What a bundle tells of one application. `broken` is where folding failed; what came before it is there."""

    stream: str
    register: Register
    entries: list[OwnEntry] = field(default_factory=list)
    beside: list[Entry] = field(default_factory=list)
    size: int = 0
    """How many entries of the log were folded."""
    until: datetime | None = None
    """The latest instant that any of them is dated at."""
    broken: Difference | None = None
    numbers: frozenset[str] = frozenset()
    """Every application that the log tells of."""

    @property
    def rules(self) -> RoundRules | None:
        """The rules that the record sealed before the story's end."""
        states = (item.after for item in self.beside)
        return next(
            (state.sealed for state in states if isinstance(state, RoundState) and state.sealed), None
        )

    def of_stream(self, stream: str) -> tuple[Entry, ...]:
        """Return the entries of a round or a list, in their order."""
        return tuple(entry for entry in self.beside if entry.leaf.stream == stream)

    def beside_at(self, stream: str, point: Point | None) -> Beside:
        """Return how a round or a list stood at a point, or at the end. Raises PointOutside."""
        entries = self.of_stream(stream)
        match point:
            case Version():
                if not 1 <= point.number <= len(entries):
                    raise PointOutside
                entries = entries[: point.number]
            case Place():
                if point.seq >= self.size:
                    raise PointOutside
                entries = tuple(entry for entry in entries if entry.seq <= point.seq)
            case Instant():
                entries = tuple(takewhile(lambda entry: entry.leaf.at <= point.at, entries))
        if not entries:
            raise PointOutside(early=True)
        return Beside(entries)

    def at(self, point: Point) -> Situation:
        """Return the situation at a point. Raises PointOutside."""
        match point:
            case Version():
                return self._at_version(point.number)
            case Place():
                if point.seq >= self.size:
                    raise PointOutside
                return self._until(lambda entry: entry.seq <= point.seq)
            case Instant():
                return self._at_instant(point.at)

    def end(self) -> Situation:
        """Return the situation after the last entry of the log. Raises PointOutside if there is none."""
        return self._until(lambda entry: True)

    def at_entry(self, entry: OwnEntry) -> Situation:
        """Return the situation after one of the application's entries."""
        return self._until(lambda other: other.seq <= entry.seq)

    def _at_instant(self, at: datetime) -> Situation:
        # Each stream by itself: only within one does an entry rest on those before it.
        later: dict[str, int] = {}
        for entry in (*self.entries, *self.beside):
            if entry.leaf.at > at:
                later.setdefault(entry.leaf.stream, entry.seq)
        return self._until(lambda entry: entry.seq < later.get(entry.leaf.stream, self.size), at)

    def _at_version(self, number: int) -> Situation:
        if not 1 <= number <= len(self.entries):
            raise PointOutside
        seq = self.entries[number - 1].seq
        return self._until(lambda entry: entry.seq <= seq)

    def _until(self, holds: Callable[[Entry], bool], moment: datetime | None = None) -> Situation:
        entries = tuple(entry for entry in self.entries if holds(entry))
        beside = tuple(entry for entry in self.beside if holds(entry))
        if not entries:
            raise PointOutside(early=True)
        latest = max(entry.leaf.at for entry in (*entries, *beside))
        return Situation(entries[-1], entries, beside, moment or latest)

    def add(self, step: Step) -> None:
        """Take in one entry of the fold, if it is about the application or of a stream that decides on it."""
        self.size = step.record.size
        self.until = max(self.until or step.leaf.at, step.leaf.at)
        if step.leaf.stream == self.stream:
            own = step.of(ApplicationState)
            self.entries.append(EntryOf(own.seq, own.leaf, own.event, own.before, own.after))
        elif step.leaf.stream.startswith(tuple(f"{kind}/" for kind in BESIDE)):
            self.beside.append(EntryOf(step.seq, step.leaf, step.event, step.before, step.after))


def read_story(bundle: Bundle, number: str) -> Story:
    """Return the story of the application of this number, as far as the round's log can be folded."""
    story = Story(application_stream(bundle.round, number), Register(known=False))
    record = None
    try:
        story.register = read_register(bundle)
        for step in fold(bundle, story.register):
            story.add(step)
            record = step.record
    except Difference as difference:
        story.broken = difference
    if record is not None:
        story.numbers = frozenset(record.applications)
        if story.broken is None:
            # What follows the last folded entry, such as the list of kept histories, belongs to the log as well.
            story.size = record.size
    return story
