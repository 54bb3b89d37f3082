"""One pass over a round's log: every stream folded by the core, each entry shown with the states around it.

Only the streams' states are kept, never the entries, so that memory grows with applications and not with acts.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from audit.bundle import Bundle
from audit.claims import Difference
from audit.register import Register
from selection.aggregate import ActRefused, Aggregate, Event, event_of
from selection.application.state import ApplicationState
from selection.leaf import Leaf
from selection.recommendation.state import ListState
from selection.round.state import RoundState
from selection.round_rules import RoundRules
from selection.streams import aggregate, round_stream
from selection.terms import Terms, terms_of

UNFIT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError)
"""What code written for sound states raises on an entry that was tampered with."""

UNFOLDED = ("archive",)
"""Kinds of streams in a round's log that have no state."""

BY_DEADLINE = "deadline/"
"""How the command ids of what deadlines bring begin."""


class Record:
    """What the entries read so far amount to: the states of all streams, and who was registered."""

    def __init__(self, round_id: str, register: Register, again: "Callable[[], Iterator[Step]]") -> None:
        self.round_id = round_id
        self.register = register
        self._again = again
        self.size = 0
        self.round_seen_at = 0
        self.applications: dict[str, ApplicationState] = {}
        self.lists: dict[str, ListState] = {}
        self._versions: dict[str, int] = {}
        self._states: dict[str, Any] = {}
        self._sealed: tuple[RoundRules, Terms] | None = None

    @property
    def round(self) -> RoundState:
        """The round's state; before it is opened, the initial one."""
        found: RoundState = self.state(round_stream(self.round_id))
        return found

    def state(self, stream: str) -> Any:
        """Return a stream's state; the initial one before its first entry."""
        found = self._states.get(stream)
        return aggregate(stream).initial(stream) if found is None else found

    def sealed(self, point: str) -> tuple[RoundRules, Terms]:
        """Return the sealed rules and their terms. Raises Difference at the point when none are sealed yet."""
        if self._sealed is None:
            rules = self.round.sealed
            if rules is None:
                raise Difference(point, "no-sealed-rules")
            self._sealed = (rules, terms_of(rules))
        return self._sealed

    def in_force(self, name: str, point: str) -> datetime:
        """Return the deadline in force after the entries read so far."""
        sealed = self.sealed(point)[1].deadlines[name]
        return max(sealed, self.round.deadlines.get(name, sealed))

    def since_the_rounds_last(self, seq: int) -> "Iterator[Record]":
        """Yield the record as it was after each entry from the round's last one on, up to the entry `seq`.

        A round reads facts after its last entry and before its next. What other streams recorded meanwhile it
        may or may not have seen, so its decision must follow from one of these. Reads the log once more.
        """
        first = self.round_seen_at
        for step in self._again():
            if step.record.size > seq:
                return
            if step.record.size >= first:
                yield step.record

    def stood_by(self, step: "Step") -> datetime | None:
        """Return an instant by which the entry was in the record, None when nothing after it tells.

        A stream takes an act only when its last one is recorded, so an act that a stream took after one of its
        entries, at this entry or behind it, was taken later than this entry was recorded. What a deadline brought
        tells nothing: it is dated at the deadline. Reads the log once more, as far as it folds.
        """
        with suppress(Difference):
            return self._taken_behind(step)
        return None

    def _taken_behind(self, step: "Step") -> datetime | None:
        going: dict[str, str] = {}
        for later in self._again():
            leaf, command_id = later.leaf, str(later.leaf.data.get("command_id"))
            if later.seq < step.seq or command_id.startswith(BY_DEADLINE):
                continue
            # An act that was recorded late, after a repair of the record, bears a date before its place.
            if going.setdefault(leaf.stream, command_id) != command_id and leaf.at >= step.leaf.at:
                return leaf.at
        return None

    def put(self, stream: str, state: Any) -> None:
        """Set a stream's state."""
        self._states[stream] = state
        match state:
            case ApplicationState():
                self.applications[state.number] = state
            case ListState():
                self.lists[state.unit] = state

    def follow(self, leaf: Leaf, point: str) -> None:
        """Count the leaf's version. Raises Difference unless it is the next of its stream."""
        before = self._versions.get(leaf.stream, 0)
        if leaf.version != before + 1:
            raise Difference(point, "version-gap", version=str(leaf.version), before=str(before))
        self._versions[leaf.stream] = leaf.version


@dataclass(slots=True)
class Step:
    """One entry: its place, the event, the stream's states around it, and the record with it folded in."""

    point: str
    seq: int
    leaf: Leaf
    event: Event
    before: Any
    after: Any
    record: Record

    @property
    def refused(self) -> bool:
        """Whether the entry is a refusal, which changes nothing."""
        return type(self.event) is ActRefused

    @property
    def rules(self) -> RoundRules:
        """The sealed rules."""
        return self.record.sealed(self.point)[0]

    @property
    def terms(self) -> Terms:
        """The terms of the sealed rules."""
        return self.record.sealed(self.point)[1]

    def in_force(self, name: str) -> datetime:
        """Return the deadline in force at this entry."""
        return self.record.in_force(name, self.point)

    def differs(self, finding: str, **params: str) -> Difference:
        """Return a difference at this entry."""
        return Difference(self.point, finding, **params)

    def require(self, holds: bool, finding: str, **params: str) -> None:
        """Raise Difference at this entry unless the condition holds."""
        if not holds:
            raise Difference(self.point, finding, **params)


def fold(bundle: Bundle, register: Register) -> Iterator[Step]:
    """Yield every entry of the round's log that belongs to a stream with a state.

    Raises Difference at an entry that its stream could not hold next.
    """
    folding = Folding(bundle, register)
    for seq, body in enumerate(bundle.entries(bundle.round)):
        step = folding.step(seq, _leaf(body, f"{bundle.round}#{seq}"))
        if step is not None:
            yield step
            folding.stepped(step)


class Folding:
    """The fold for whoever reads the log already: `step` per entry, `stepped` once it was looked at."""

    def __init__(self, bundle: Bundle, register: Register) -> None:
        self._log = bundle.round
        self._record = Record(self._log, register, lambda: fold(bundle, register))

    def step(self, seq: int, leaf: Leaf) -> Step | None:
        """Fold the next entry in; None for a stream without a state. Raises Difference where it does not fit."""
        record, point = self._record, f"{self._log}#{seq}"
        record.follow(leaf, point)
        kind, _, rest = leaf.stream.partition("/")
        if rest.partition("/")[0] != self._log:
            raise Difference(point, "foreign-stream", stream=leaf.stream)
        record.size = seq + 1
        return None if kind in UNFOLDED else _step(record, leaf, seq, point)

    def stepped(self, step: Step) -> None:
        """Note that an entry was looked at: one of the round's own ends the moments before it."""
        if step.leaf.stream.startswith("round/"):
            self._record.round_seen_at = self._record.size


def _leaf(body: bytes, point: str) -> Leaf:
    try:
        return Leaf.model_validate_json(body)
    except ValidationError:
        raise Difference(point, "entry-unreadable") from None


def _step(record: Record, leaf: Leaf, seq: int, point: str) -> Step:
    try:
        folding = aggregate(leaf.stream)
        event = event_of(leaf)
        before = record.state(leaf.stream)
        after = _evolved(folding, before, event, leaf)
    except UNFIT as fault:
        raise Difference(point, "event-unfit", type=leaf.type) from fault
    if event.ORIGIN != "workflow":
        raise Difference(point, "event-unfit", type=leaf.type)
    record.put(leaf.stream, after)
    return Step(point, seq, leaf, event, before, after, record)


def _evolved(folding: Aggregate[Any], before: Any, event: Event, leaf: Leaf) -> Any:
    # As Aggregate.evolve does, without the answered command ids: they are for retries, and grow with every act.
    frame: dict[str, Any] = {"version": leaf.version}
    if isinstance(event, ActRefused):
        return before.with_(**frame, refusals=before.refusals + 1)
    return folding.apply(before, event, leaf).with_(**frame, rules=leaf.rules or before.rules)
