"""One pass over a round's log: every stream folded by the core, each entry shown with the states around it.

Only the streams' states are kept, never the entries, so that memory grows with applications and not with acts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar, cast

from audit.bundle.entries import parse_leaf
from audit.bundle.reader import Bundle
from audit.bundle.register import Register
from audit.claims import Difference
from audit.rules.post_holders import PostHolders
from selection.application.bids import BidIndex
from selection.application.state import ApplicationState
from selection.decision.aggregate import ActRefused, Event, event_of
from selection.decision.stream_state import StreamState
from selection.forms.form import FormName
from selection.kernel.leaf import Leaf
from selection.recommendation.state import ListState
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.rules.terms import Terms
from selection.streams import aggregate, round_stream

UNFIT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError)
"""What code written for sound states raises on an entry that was tampered with."""

FIXING: Mapping[str, FormName] = {
    "list.recommended.v1": "opinion",
    "application.scored.v1": "review",
    "survey.reported.v1": "survey",
    "appraisal.recorded.v1": "appraisal",
    "objection.raised.v1": "objection",
}
"""The entries that fix the form of a name: nobody could fill in another version of it after them."""

UNFOLDED = ("archive",)
"""Kinds of streams in a round's log that have no state."""


S = TypeVar("S", bound=StreamState)
S_co = TypeVar("S_co", bound=StreamState, covariant=True)


class Record:
    """What the entries read so far amount to: the states of all streams, and who was registered."""

    def __init__(self, round_id: str, register: Register) -> None:
        self.round_id = round_id
        self.register = register
        self.size = 0
        self.applications: dict[str, ApplicationState] = {}
        self.bids = BidIndex()
        self.lists: dict[str, ListState] = {}
        self.uses: Counter[FormName] = Counter()
        self.posts = PostHolders()
        self._versions: dict[str, int] = {}
        self._states: dict[str, StreamState] = {}
        self._sealed: tuple[RoundRules, Terms] | None = None

    @property
    def round(self) -> RoundState:
        """The round's state; before it is opened, the initial one."""
        found = self.state(round_stream(self.round_id))
        assert isinstance(found, RoundState)
        return found

    def state(self, stream: str) -> StreamState:
        """Return a stream's state; the initial one before its first entry."""
        found = self._states.get(stream)
        return aggregate(stream).initial(stream) if found is None else found

    def get_sealed(self, point: str) -> tuple[RoundRules, Terms]:
        """Return the rules in force and their terms. Raises Difference at the point when none are sealed yet."""
        if self._sealed is None:
            if self.round.sealed is None:
                raise Difference(point, "no-sealed-rules")
            self._sealed = (self.round.rules_in_force, self.round.make_terms())
        return self._sealed

    def in_force(self, name: str, point: str) -> datetime:
        """Return the deadline in force after the entries read; without recommendations theirs is that of submission."""
        terms = self.get_sealed(point)[1]
        name = "submission" if name == "recommendation" and not terms.stages.recommendation else name
        sealed = terms.deadlines[name]
        return max(sealed, self.round.deadlines.get(name, sealed))

    def end_in_force(self, window: str, until: datetime) -> datetime:
        """Return when a window ends after the entries read: none of a kind that was moved ends before that."""
        return max(until, self.round.deadlines.get(window, until))

    def put(self, stream: str, state: StreamState) -> None:
        """Set a stream's state."""
        before = self._states.get(stream)
        self._states[stream] = state
        match state:
            case ApplicationState():
                self.applications[state.number] = state
                self.bids.put(state)
            case ListState():
                self.lists[state.unit] = state
            case RoundState():
                # Terms take their time to make: anew only for other rules, or others who hold the posts.
                if not (isinstance(before, RoundState) and _has_same_terms(before, state)):
                    self._sealed = None

    def follow(self, leaf: Leaf, point: str) -> None:
        """Count the leaf's version. Raises Difference unless it is the next of its stream."""
        before = self._versions.get(leaf.stream, 0)
        if leaf.version != before + 1:
            raise Difference(point, "version-gap", version=str(leaf.version), before=str(before))
        self._versions[leaf.stream] = leaf.version
        if leaf.type in FIXING:
            self.uses[FIXING[leaf.type]] += 1


@dataclass(slots=True)
class StepOf(Generic[S_co]):
    """One entry: its place, the event, the stream's states around it, and the record with it folded in."""

    point: str
    seq: int
    leaf: Leaf
    event: Event
    before: S_co
    after: S_co
    record: Record

    def of(self, state: type[S]) -> "StepOf[S]":
        """Return the step as one of a kind of stream. Raises TypeError for that of another."""
        if type(self.before) is not state:
            raise TypeError(f"{self.leaf.stream} is no stream of {state.__name__}")
        return cast("StepOf[S]", self)

    @property
    def is_refusal(self) -> bool:
        """Whether the entry is a refusal, which changes nothing."""
        return type(self.event) is ActRefused

    @property
    def rules(self) -> RoundRules:
        """The sealed rules."""
        return self.record.get_sealed(self.point)[0]

    @property
    def terms(self) -> Terms:
        """The terms of the sealed rules."""
        return self.record.get_sealed(self.point)[1]

    def in_force(self, name: str) -> datetime:
        """Return the deadline in force at this entry."""
        return self.record.in_force(name, self.point)

    def end_in_force(self, window: str, until: datetime | None) -> datetime:
        """Return when a window ends at this entry. Raises Difference for one that never began."""
        if until is None:
            raise self.differs("nothing-runs", window=window)
        return self.record.end_in_force(window, until)

    def differs(self, finding: str, **params: str) -> Difference:
        """Return a difference at this entry."""
        return Difference(self.point, finding, **params)

    def require(self, holds: bool, finding: str, **params: str) -> None:
        """Raise Difference at this entry unless the condition holds."""
        if not holds:
            raise Difference(self.point, finding, **params)


Step = StepOf[StreamState]
ApplicationStep = StepOf[ApplicationState]
ListStep = StepOf[ListState]
RoundStep = StepOf[RoundState]


def fold(bundle: Bundle, register: Register) -> Iterator[Step]:
    """Yield every entry of the round's log that belongs to a stream with a state.

    Raises Difference at an entry that its stream could not hold next.
    """
    folding = Folding(bundle.round, register)
    for seq, body in enumerate(bundle.entries(bundle.round)):
        step = folding.step(seq, parse_leaf(body, f"{bundle.round}#{seq}"))
        if step is not None:
            yield step


class Folding:
    """The fold for whoever reads the log already: `step` per entry; `record` is what they come to."""

    def __init__(self, round_id: str, register: Register) -> None:
        self._log = round_id
        self.record = Record(round_id, register)

    def step(self, seq: int, leaf: Leaf) -> Step | None:
        """Fold the next entry in; None for a stream without a state. Raises Difference where it does not fit."""
        record, point = self.record, f"{self._log}#{seq}"
        record.follow(leaf, point)
        kind, _, rest = leaf.stream.partition("/")
        if rest.partition("/")[0] != self._log:
            raise Difference(point, "foreign-stream", stream=leaf.stream)
        record.size = seq + 1
        return None if kind in UNFOLDED else _step(record, leaf, seq, point)


def _step(record: Record, leaf: Leaf, seq: int, point: str) -> Step:
    try:
        folding = aggregate(leaf.stream)
        event = event_of(leaf)
        before = record.state(leaf.stream)
        after = folding.evolve(before, leaf)
    except UNFIT as fault:
        raise Difference(point, "event-unfit", type=leaf.type) from fault
    if event.ORIGIN != "workflow":
        raise Difference(point, "event-unfit", type=leaf.type)
    record.put(leaf.stream, after)
    record.posts.see(event, leaf.at)
    return StepOf(point, seq, leaf, event, before, after, record)


def _has_same_terms(before: RoundState, after: RoundState) -> bool:
    named, now = (
        (state.amendments, state.holders, state.delegations, state.awaits_call) for state in (before, after)
    )
    return before.sealed is after.sealed and named == now
