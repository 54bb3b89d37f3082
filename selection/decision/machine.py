"""The one way to a decision: settle what is due, ask for facts, decide, make the leaves. Pure.

A decision is a generator. It yields what it needs to know, is sent the answer, and returns an Outcome: the ledger
answers from the record inside the transaction that appends, tests from values, an auditor from a folded log.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar, assert_never

from selection.decision.aggregate import ActRefused, Aggregate, Context, Event, Frame, S, leaf_of
from selection.decision.command import kind_of
from selection.decision.envelope import Envelope, open_envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import LEAF_LIMIT, Leaf, LeafTooLarge, leaf_bytes
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused

T = TypeVar("T")
Asking = Generator[FactsRequest, Facts, T]

AUTHORITY = "cli"
"""By whose word a person is who they say: set here, whatever a sender claims."""


@dataclass(frozen=True)
class Act:
    """One act of a person, as its envelope tells it."""

    envelope: Envelope
    refuse_as: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts, by the authority of this engine."""
        return self.envelope.actor.model_copy(update={"authority": AUTHORITY})


@dataclass(frozen=True)
class Carry:
    """What another stream decided, to be carried out on this one."""

    decision: Decision


@dataclass(frozen=True)
class Report:
    """What the engine itself found by long work, such as the panels of a draw."""

    command: Frozen
    command_id: str
    actor: Actor = SYSTEM


@dataclass(frozen=True)
class Settle:
    """Nothing but what is due, and what a look at the record brings."""


@dataclass(frozen=True)
class Cancelled:
    """Somebody asked Temporal to cancel the run: refused on the record, once for each run."""

    run_id: str


Task = Act | Carry | Report | Settle | Cancelled


@dataclass
class Outcome(Generic[S]):
    """What one task brings: leaves with their bytes, the state after them, and the refusal if it was refused.

    `states` holds the state after each leaf.
    """

    state: S
    leaves: list[Leaf] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    states: list[S] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    refused: Refused | None = None


def read_act(body: bytes, stream: str, refuse_as: str = "") -> Act:
    """Return the act in the bytes of a message to a stream.

    Raises Refused for what is nobody's act here: unreadable bytes, an envelope for another stream, one that
    claims to be the engine. Such messages are counted, not recorded.
    """
    envelope = open_envelope(body)
    if envelope.stream != stream:
        raise Refused("other-stream")
    if envelope.actor.role is Role.SYSTEM or envelope.actor.person == SYSTEM.person:
        raise Refused("not-entitled", roles="the engine itself")
    return Act(envelope, refuse_as)


def decide(
    core: Aggregate[S], state: S, task: Task, at: datetime, frame: Frame | None = None
) -> Asking[Outcome[S]]:
    """Decide on one task at an instant, given the stream's state; yields requests for facts."""
    core.require_own(state)
    making = _Making(core, state, frame or Frame(recorded=at))
    person = task.actor.person if isinstance(task, Act | Report) else None
    people = (person,) if person and person != SYSTEM.person else ()
    making.facts = yield FactsRequest(people=people, terms=core.in_round, deadlines=core.in_round)
    match task:
        case Act():
            envelope = task.envelope
            yield from making.act(
                lambda: _parse_command(core, task),
                _Signature(task.actor, at, envelope.command_id, envelope.digest, envelope.kind),
            )
        case Report():
            signature = _Signature(task.actor, at, task.command_id, "", kind_of(task.command))
            of_person = task.actor.person != SYSTEM.person
            yield from making.act(lambda: task.command, signature, of_person=of_person)
        case Carry():
            making.facts = making.facts.merge((yield FactsRequest(decision=task.decision)))
            yield from making.carry(task.decision, at)
        case Cancelled():
            refusal = Refused("cancel-by-act")
            nobody = _Signature(SYSTEM, at, f"cancel/{task.run_id}", "", "unknown")
            making.refuse(refusal, nobody)
        case Settle():
            yield from making.settle(at)
            yield from making.look(at)
        case _:
            assert_never(task)
    return making.outcome()


def answer_from(asking: Asking[T], answer: Callable[[FactsRequest], Facts]) -> T:
    """Run a decision to its end, with facts from a function. Raises what the function raises."""
    try:
        request = next(asking)
        while True:
            request = asking.send(answer(request))
    except StopIteration as done:
        result: T = done.value
        return result


@dataclass(frozen=True)
class _Signature:
    """Who did it, when, and under which id."""

    actor: Actor
    at: datetime
    command_id: str
    command_hash: str
    kind: str


class _Making(Generic[S]):
    """The leaves of one decision as they come to be."""

    def __init__(self, core: Aggregate[S], state: S, frame: Frame) -> None:
        self._core = core
        self._frame = frame
        self._done: Outcome[S] = Outcome(state)
        self.facts = Facts()

    @property
    def state(self) -> S:
        """The state after all that was made so far."""
        return self._done.state

    def outcome(self) -> Outcome[S]:
        """Return all that was made."""
        self._done.facts = self.facts
        return self._done

    def act(self, parse: Callable[[], Frozen], by: _Signature, *, of_person: bool = True) -> Asking[None]:
        """Settle what is due, then decide on a command; a person's refusal becomes an entry of its own.

        What the engine reports too late, such as the end of a batch of a round that was cancelled, leaves none.
        """
        core = self._core
        try:
            command = parse()
            if not isinstance(command, core.before_settling):
                yield from self.settle(by.at)
            if self.state.ended and (late := core.too_late(self.state, self.facts)) is not None:
                raise late
            asked = core.needs(self.state, by.actor, command, by.at, self.facts)
            facts = self.facts if asked.empty else self.facts.merge((yield asked))
            self._add(core.decide(self.state, command, Context(by.actor, by.at, by.command_id, facts)), by)
        except Refused as refused:
            if of_person:
                self.refuse(refused, by)
            else:
                self._done.refused = refused

    def carry(self, decision: Decision, at: datetime) -> Asking[None]:
        """Carry a decision out: the command follows from what the record holds of it, which alone is refused."""
        core = self._core
        yield from self.settle(at)
        try:
            if self.state.ended:
                raise Refused("ended")
            command = core.command_for(self.state, self.facts)
        except Refused as refused:
            # Anyone can name a decision: what none asks for leaves no entry.
            self._done.refused = refused
            return
        by = _Signature(SYSTEM, at, decision.command_id, "", kind_of(command))
        try:
            asked = core.needs(self.state, SYSTEM, command, at, self.facts)
            facts = self.facts if asked.empty else self.facts.merge((yield asked))
            late = core.late_refusal(self.state, command)
            self._add(core.decide(self.state, command, Context(SYSTEM, at, decision.command_id, facts)), by)
            if late is not None:
                kind = late.refusal.kind
                undone = _Signature(late.actor, at, late.command_id, late.command_hash, kind)
                self._add((late.refusal,), undone)
        except Refused as refused:
            self.refuse(refused, by)

    def settle(self, at: datetime) -> Asking[None]:
        """Add what deadlines up to `at` bring, each dated at the deadline itself."""
        core = self._core
        told = False
        while (due := core.due(self.state, self.facts)) is not None and due.at <= at:
            if due.movable and not told:
                told = True
                self.facts = self.facts.merge((yield FactsRequest(deadlines=True, movable=True)))
                continue
            events = core.settle(self.state, due, self.facts)
            if not events:
                return
            command_id = f"deadline/{due.name}/{self.state.version + 1}"
            self._add(events, _Signature(SYSTEM, due.deadline, command_id, "", ""))

    def look(self, at: datetime) -> Asking[None]:
        """Add what a look at the record brings, until a look brings nothing more."""
        while not self.state.ended and (asked := self._core.looks(self.state)) is not None:
            events = self._core.advance(self.state, (yield asked))
            if not events:
                return
            self._add(events, _Signature(SYSTEM, at, f"look/{self.state.version + 1}", "", ""))

    def refuse(self, refused: Refused, by: _Signature) -> None:
        """Add the refusal of the act."""
        self._done.refused = refused
        refusal = ActRefused(kind=by.kind, code=refused.code, params=refused.params)
        self._add(self._core.with_refusal(self.state, refusal, by.at, self.facts), by)

    def _add(self, events: tuple[Event, ...], by: _Signature) -> None:
        """Add events under one id, all or none. Raises Refused for one that is larger than a leaf may be."""
        leaves = [
            leaf_of(
                event,
                state=self.state,
                offset=offset,
                actor=by.actor,
                at=by.at,
                command_id=by.command_id,
                command_hash=by.command_hash,
                frame=self._frame,
            )
            for offset, event in enumerate(events, start=1)
        ]
        try:
            bodies = [leaf_bytes(leaf) for leaf in leaves]
        except LeafTooLarge:
            raise Refused("message-too-large", limit=str(LEAF_LIMIT)) from None
        for leaf in leaves:
            self._done.state = self._core.evolve(self._done.state, leaf)
            self._done.states.append(self._done.state)
        self._done.leaves += leaves
        self._done.bodies += bodies


def _parse_command(core: Aggregate[S], act: Act) -> Frozen:
    if act.refuse_as:
        raise Refused(act.refuse_as)
    return core.parse(act.envelope.command)
