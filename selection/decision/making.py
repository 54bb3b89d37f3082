"""The leaves of one decision as they come to be: what is due, the act or its refusal, what a look brings. Pure."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic, TypeVar

from selection.decision.aggregate import ActRefused, Aggregate, Context, Event, Frame, S, leaf_of
from selection.decision.citing import citations_of, refuse_uncitable
from selection.decision.command import kind_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import LEAF_LIMIT, Leaf, LeafTooLarge, leaf_bytes
from selection.kernel.model import Frozen
from selection.kernel.proof import Signed
from selection.kernel.references import Citation
from selection.refusals.refused import Refused

T = TypeVar("T")
Asking = Generator[FactsRequest, Facts, T]
"""A decision: it yields what it needs to know, is sent the answer, and returns its result."""


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


@dataclass(frozen=True)
class Origin:
    """Who did it, when, under which id, and how it was signed."""

    actor: Actor
    at: datetime
    command_id: str
    command_hash: str
    kind: str
    signed: Signed | None = None


class Making(Generic[S]):
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

    def act(
        self,
        parse: Callable[[], Frozen],
        by: Origin,
        *,
        of_person: bool = True,
        cites: bool = True,
        second: Actor | None = None,
    ) -> Asking[None]:
        """Settle what is due, then decide on a command; a person's refusal becomes an entry of its own.

        What it `cites` is looked at last: whoever may not act learns nothing by it.

        Where a second person signed, they must be able to do the act as well as the first.
        What the engine reports too late, such as the end of a batch of a round that was cancelled, leaves none.
        """
        core = self._core
        try:
            command = parse()
            if not isinstance(command, core.before_settling):
                yield from self.settle(by.at)
            over = self.state.over and not isinstance(command, core.after_the_end)
            if over and (late := core.too_late(self.state, self.facts)) is not None:
                raise late
            cited = citations_of(by.actor, command) if cites else ()
            events = yield from self._decide(by.actor, command, by, cited)
            if second is not None and second.person == by.actor.behalf:
                # One post would have signed twice.
                raise Refused("second-same")
            if second is not None:
                yield from self._decide(second, command, by, cited)
            self._add(events, by)
        except Refused as refused:
            if of_person:
                self.refuse(refused, by)
            else:
                self._done.refused = refused

    def _decide(
        self, actor: Actor, command: Frozen, by: Origin, cited: tuple[Citation, ...] = ()
    ) -> Asking[tuple[Event, ...]]:
        """Return what an actor's command brings. Raises Refused."""
        core = self._core
        asked = core.needs(self.state, actor, command, by.at, self.facts)
        asked = asked.with_(contents=cited, reader=by.actor.person if cited else "")
        facts = self.facts if asked.empty else self.facts.merge((yield asked))
        context = Context(actor, by.at, by.command_id, facts, self._frame.recorded, by.signed)
        events = core.decide(self.state, command, context)
        refuse_uncitable(cited, facts)
        return events

    def carry(self, decision: Decision, at: datetime) -> Asking[None]:
        """Carry a decision out: the command follows from what the record holds of it, which alone is refused."""
        core = self._core
        yield from self.settle(at)
        try:
            if not self.state.takes_decisions:
                raise Refused("ended")
            command = core.command_for(self.state, self.facts)
        except Refused as refused:
            # Anyone can name a decision: what none asks for leaves no entry.
            self._done.refused = refused
            return
        by = Origin(SYSTEM, at, decision.command_id, "", kind_of(command))
        try:
            events = yield from self._decide(SYSTEM, command, by)
            late = core.late_refusal(self.state, command)
            self._add(events, by)
            if late is not None:
                kind = late.refusal.kind
                undone = Origin(late.actor, at, late.command_id, late.command_hash, kind)
                self._add((late.refusal,), undone)
        except Refused as refused:
            self.refuse(refused, by)

    def settle(self, at: datetime) -> Asking[None]:
        """Add what deadlines up to `at` bring, each dated at the deadline itself."""
        core = self._core
        related = moved = False
        while (due := core.due(self.state, self.facts)) is not None and due.at <= at:
            fresh = due.movable and not moved
            # A reminder too lets what follows fill a seat, for which relations are looked at.
            asked = FactsRequest(
                deadlines=fresh, movable=fresh, relations=None if related else core.related(self.state)
            )
            if not asked.empty:
                related, moved = True, moved or fresh
                self.facts = self.facts.merge((yield asked))
                continue
            events = core.settle(self.state, due, self.facts)
            if not events:
                return
            command_id = f"deadline/{due.name}/{self.state.version + 1}"
            self._add(events, Origin(SYSTEM, due.deadline, command_id, "", ""))

    def look(self, at: datetime) -> Asking[None]:
        """Add what a look at the record brings, until a look brings nothing more."""
        while not self.state.ended and (asked := self._core.looks(self.state)) is not None:
            events = self._core.advance(self.state, (yield asked), at)
            if not events:
                return
            self._add(events, Origin(SYSTEM, at, f"look/{self.state.version + 1}", "", ""))

    def refuse(self, refused: Refused, by: Origin) -> None:
        """Add the refusal of the act, without what was typed into it."""
        self._done.refused = refused
        if by.signed is not None:
            by = replace(by, signed=by.signed.model_copy(update={"command": None}))
        refusal = ActRefused(kind=by.kind, code=refused.code, params=refused.params)
        self._add(self._core.with_refusal(self.state, refusal, by.at, self.facts), by)

    def _add(self, events: tuple[Event, ...], by: Origin) -> None:
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
                signed=by.signed if offset == 1 else None,
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
