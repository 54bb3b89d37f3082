"""An aggregate driven in memory as a workflow drives it: ask facts, settle what is due, decide, record."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from typing import Any

from selection.actor import SYSTEM, Actor
from selection.aggregate import ActRefused, Context, Event, event_of, leaf_of
from selection.facts import Facts, FactsRequest
from selection.leaf import Leaf, leaf_bytes
from selection.letters import TEMPLATES as LETTER_TEMPLATES
from selection.letters import Letter, Outgoing, outgoing
from selection.model import Frozen
from selection.refusals import Refused
from selection.round.looking import advance, look_needs
from selection.streams import aggregate

REACHED: dict[str, Counter[str]] = {
    name: Counter() for name in ("application stage", "round stage", "command", "event", "refusal", "outcome")
}
"""What all desks of a test run have come through, by kind."""


@contextmanager
def uncounted() -> Iterator[None]:
    """Do not count what is come through inside: it says nothing about the core's own tests."""
    reached = deepcopy(REACHED)
    yield
    REACHED.update(reached)


class Desk:
    """One stream. `world` is what the record would answer; the desk keeps terms and deadlines it was told."""

    def __init__(self, stream: str, world: Facts, now: datetime) -> None:
        self.aggregate = aggregate(stream)
        self.state: Any = self.aggregate.initial(stream)
        self.world = world
        self.known = Facts()
        self.now = now
        self.leaves: list[Leaf] = []
        self.sent: list[Outgoing] = []

    def act(
        self,
        command: Frozen | dict[str, Any],
        actor: Actor = SYSTEM,
        at: datetime | None = None,
        command_id: str = "",
    ) -> tuple[Event, ...]:
        """Take one act, at `at` or now; return its events, or raise Refused after recording the refusal."""
        self.now = max(self.now, at or self.now)
        body = command if isinstance(command, dict) else command.model_dump(mode="json")
        command_id = command_id or f"c-{len(self.leaves)}"
        kind = str(body.get("kind"))
        try:
            events = self._decide(body, actor, command_id)
        except Refused as refused:
            REACHED["refusal"][refused.code] += 1
            refusal = ActRefused(kind=kind[:40], code=refused.code, params=refused.params)
            self.record((refusal,), actor, self.now, command_id)
            raise
        REACHED["command"][f"{self.aggregate.kind} {kind}"] += 1
        self.record(events, actor, self.now, command_id)
        return events

    def refused(
        self, command: Frozen | dict[str, Any], actor: Actor = SYSTEM, at: datetime | None = None
    ) -> str:
        """Take an act that must be refused; return the code."""
        try:
            events = self.act(command, actor, at)
        except Refused as refused:
            return refused.code
        raise AssertionError(f"not refused: {events}")

    def wait(self, until: datetime) -> tuple[Event, ...]:
        """Let time pass; return what deadlines brought."""
        self.now = max(self.now, until)
        return self.settle()

    def settle(self) -> tuple[Event, ...]:
        """Record what deadlines up to now bring, each dated at the deadline."""
        self._tell_terms()
        brought: tuple[Event, ...] = ()
        fresh = False
        while (due := self.aggregate.due(self.state, self.known)) is not None and due.at <= self.now:
            if due.movable and not fresh:
                self.learn(FactsRequest(deadlines=True))
                fresh = True
                continue
            events = self.aggregate.settle(self.state, due, self.known)
            assert events, f"{due} brings nothing and would come again for ever"
            self.record(events, SYSTEM, due.deadline, f"deadline/{due.name}/{self.state.version + 1}")
            brought += events
        return brought

    def look(self) -> tuple[Event, ...]:
        """Let a round look at the record once; return what that brings."""
        events = advance(self.state, self.learn(look_needs(self.state)))
        if events:
            self.record(events, SYSTEM, self.now, f"look/{self.state.version + 1}")
        return events

    def record(self, events: tuple[Event, ...], actor: Actor, at: datetime, command_id: str) -> None:
        """Fold events through their leaves, and see that each leaf can be recorded, read and sent on."""
        leaves = [
            leaf_of(event, state=self.state, offset=offset, actor=actor, at=at, command_id=command_id)
            for offset, event in enumerate(events, start=1)
        ]
        for event, leaf in zip(events, leaves, strict=True):
            assert len(leaf_bytes(leaf)) <= 65_535
            assert event_of(Leaf.model_validate_json(leaf.model_dump_json())) == event
            before, self.state = self.state, self.aggregate.evolve(self.state, leaf)
            self._send(outgoing(before, leaf, self.state))
            self._note(event)
        self.leaves += leaves

    def refolded(self) -> Any:
        """Return the state that the leaves alone give."""
        state = self.aggregate.initial(self.state.stream)
        for leaf in self.leaves:
            state = self.aggregate.evolve(state, leaf)
        return state

    def learn(self, request: FactsRequest) -> Facts:
        """Answer a request with what it names and nothing else."""
        world = self.world
        told = Facts(
            people={name: fact for name, fact in world.people.items() if name in request.people},
            stored={ref: at for ref, at in world.stored.items() if ref in request.contents},
            terms=world.terms if request.terms else None,
            deadlines=world.deadlines if request.deadlines else {},
            counts=world.counts if request.view else {},
            candidates=world.candidates if request.view else (),
            draw=world.draw if request.view else {},
        )
        self.known = self.known.joined(Facts(terms=told.terms, deadlines=told.deadlines))
        return told

    def _decide(self, body: dict[str, Any], actor: Actor, command_id: str) -> tuple[Event, ...]:
        command = self.aggregate.parse(body)
        if not isinstance(command, self.aggregate.before_settling):
            self.settle()
        request = self.aggregate.needs(self.state, actor, command, self.now, self.known)
        facts = self.known.joined(self.learn(request))
        context = Context(actor=actor, at=self.now, command_id=command_id, facts=facts)
        return self.aggregate.decide(self.state, command, context)

    def _tell_terms(self) -> None:
        if self.known.terms is None and self.aggregate.kind != "round":
            self.learn(FactsRequest(terms=True, deadlines=True))

    def _send(self, sent: tuple[Outgoing, ...]) -> None:
        keys = [item.key for item in sent if not hasattr(item, "stage")]
        assert len(set(keys)) == len(keys), keys
        for item in sent:
            if isinstance(item, Letter):
                assert item.template in LETTER_TEMPLATES
                assert item.to, f"a letter to nobody: {item}"
        self.sent += sent

    def _note(self, event: Event) -> None:
        REACHED["event"][event.TYPE] += 1
        stage = getattr(self.state, "stage", None)
        if stage is not None:
            REACHED[f"{self.aggregate.kind} stage"][stage.value] += 1
        if getattr(self.state, "outcome", ""):
            REACHED["outcome"][self.state.outcome] += 1
