"""An aggregate driven in memory by the machine that decides at the record; the test says what the record knows."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from datetime import datetime
from typing import Any, Self, assert_never

from selection.application.state import ApplicationState
from selection.decision.aggregate import Event, Frame, event_of, leaf_of
from selection.decision.deposit import Deposit
from selection.decision.envelope import Envelope
from selection.decision.facts import ContentFact, Facts, FactsRequest, agents_of
from selection.decision.machine import Act, Carry, Report, Settle, Task, answer_from, decide
from selection.decision.making import Outcome
from selection.decision.reference import CitedDecision, Decision
from selection.decision.relations import Employment, Relations, RelationsAsked
from selection.decision.views import (
    AppraisedApplications,
    DrawPool,
    FormUse,
    HandsElsewhere,
    IssuedPlaces,
    ItemFates,
    OthersThatLeft,
    ProposedItems,
    QuotaUse,
    ScoreRanking,
    StageCounts,
    UnitQuota,
    View,
)
from selection.forms.handed_in import Fitting
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.kernel.model import Frozen
from selection.kernel.stages import UNDECIDED, RoundStage, Stage, round_between
from selection.letters.writing import (
    TEMPLATES as LETTER_TEMPLATES,
    Broadcast,
    Letter,
    Message,
    Outgoing,
    list_outgoing,
)
from selection.refusals.refused import Refused
from selection.round.state import RoundState
from selection.signing.key import Founded
from selection.streams import aggregate

REACHED: dict[str, Counter[str]] = {
    name: Counter() for name in ("application stage", "round stage", "command", "event", "refusal", "outcome")
}
"""What all desks of a test run have come through, by kind."""
REACHED_BY: defaultdict[str, set[str]] = defaultdict(set)
"""Which tests, as FILE:NAME, came through an act, what time brought or an event: of these `KIND-OF-STREAM NAME`."""

HERE = Founded(installation="here", local=True)
"""An installation on one machine, where acts count without a signature."""
BUSY = dict.fromkeys(Stage, 1)
"""Counts by stage of a round in which nothing comes to its end."""


def _count_busy(state: Any) -> dict[Stage, int]:
    """Return the counts of a round in which nothing comes to its end, and nothing is decided again."""
    decided = state.stage in round_between(RoundStage.PROPOSAL, RoundStage.ISSUED)
    return {stage: count for stage, count in BUSY.items() if not (decided and stage in UNDECIDED)}


@contextmanager
def pause_counting() -> Iterator[None]:
    """Do not count what is come through inside: it says nothing about the core's own tests."""
    reached = deepcopy(REACHED)
    yield
    REACHED.update(reached)


def note_test(kind: str, name: str) -> None:
    """Note that the test which runs came through something on a stream of this kind."""
    file, _, test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0].partition("::")
    REACHED_BY[f"{kind} {name}"].add(f"{file}:{test.partition('[')[0]}")


def reach(outcome: Outcome[Any]) -> Outcome[Any]:
    """Count what a decision that no desk took was refused for, and return it."""
    if outcome.refused is not None:
        REACHED["refusal"][outcome.refused.code] += 1
    return outcome


DEPOSIT = Deposit.of("5e" * 32)
"""What every draw is opened by where the world says nothing else."""


class Desk:
    """One stream. `world` is what the record would answer; the desk keeps terms and deadlines it was told.

    A round's look at the record is `look` alone, one at a time; else the record tells it that all is still busy.
    """

    def __init__(self, stream: str, world: Facts, now: datetime) -> None:
        self.aggregate = aggregate(stream)
        self.state: Any = self.aggregate.initial(stream)
        self.world = world
        self.known = Facts()
        self.now = now
        self.leaves: list[Leaf] = []
        self.sent: list[Outgoing] = []
        self._looks_left = 0

    def copy(self) -> Self:
        """Return another desk that stands where this one does."""
        other = copy(self)
        other.leaves, other.sent = [*self.leaves], [*self.sent]
        return other

    def act(
        self,
        command: Frozen | dict[str, Any],
        actor: Actor = SYSTEM,
        at: datetime | None = None,
        command_id: str = "",
    ) -> tuple[Event, ...]:
        """Take one act, at `at` or now; return its events, or raise Refused after recording the refusal.

        A typed command of the engine is a report; all else comes in an envelope.
        """
        self.now = max(self.now, at or self.now)
        command_id = command_id or f"c-{len(self.leaves)}"
        body = command if isinstance(command, dict) else command.model_dump(mode="json")
        task: Task
        if isinstance(command, Frozen) and actor == SYSTEM:
            task = Report(command, command_id)
        else:
            task = Act(Envelope(stream=self.state.stream, command_id=command_id, actor=actor, command=body))
        return self._act(task, command_id, str(body.get("kind")))

    def carry(self, decision: Decision, at: datetime | None = None) -> tuple[Event, ...]:
        """Carry out what another stream decided; the same twice is the second time nothing."""
        self.now = max(self.now, at or self.now)
        return self._act(Carry(decision), decision.command_id, "")

    def refuse(
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
        return self._events(self.run(Settle()))

    def look(self) -> tuple[Event, ...]:
        """Settle, let a round look at the record once, and return what all that brings."""
        self._looks_left = 1
        try:
            return self.settle()
        finally:
            self._looks_left = 0

    def run(self, task: Task) -> Outcome[Any]:
        """Decide on a task now and record what it brings."""
        asking = decide(self.aggregate, self.state, task, self.now, self.frame())
        outcome = answer_from(asking, self.learn)
        if outcome.refused is not None:
            REACHED["refusal"][outcome.refused.code] += 1
        self.keep(outcome.leaves)
        assert self.state == outcome.state
        return outcome

    def frame(self) -> Frame:
        """What surrounds what is decided now."""
        return Frame(recorded=self.now)

    def record(self, events: tuple[Event, ...], actor: Actor, at: datetime, command_id: str) -> None:
        """Put events on the record that nothing decided here."""
        self.keep(
            [
                leaf_of(event, state=self.state, offset=offset, actor=actor, at=at, command_id=command_id)
                for offset, event in enumerate(events, start=1)
            ]
        )

    def keep(self, leaves: list[Leaf]) -> None:
        """Fold leaves, and see that each can be recorded, read and sent on."""
        for leaf in leaves:
            assert len(leaf_bytes(leaf)) <= 65_535
            assert Leaf.model_validate_json(leaf.model_dump_json()) == leaf
            before, self.state = self.state, self.aggregate.evolve(self.state, leaf)
            self._send(list_outgoing(before, leaf, self.state))
            self._note(event_of(leaf), str(leaf.data["command_id"]))
        self.leaves += leaves

    def refold(self) -> Any:
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
            keys={name: keys for name, keys in world.keys.items() if name in request.signers},
            founded=(world.founded or HERE) if request.signers else None,
            contents=self.find_contents(request),
            terms=world.terms if request.terms else None,
            deadlines=world.deadlines if request.deadlines else {},
            cited=self.find_cited(request.decision) if request.decision else None,
            seatings=world.seatings if request.decision else {},
            registry=world.registry if request.registry else None,
            fitting=(world.fitting or Fitting()) if request.filled else None,
            agents=agents_of(request.employers, world.people.values()),
            registrars={name: by for name, by in world.registrars.items() if name in request.registered},
            relations=self.relate(request.relations) if request.relations else None,
            likeness=world.likeness if request.likeness else None,
            deposit=(world.deposit or DEPOSIT) if request.deposit else None,
        )
        if request.view:
            told = told.merge(self._show_view(request.view))
        self.known = self.known.merge(Facts(terms=told.terms, deadlines=told.deadlines))
        return told

    def relate(self, asked: RelationsAsked) -> Relations:
        """Return what binds these people: their employers by the world, and whatever else it tells of them."""
        world = self.world.relations or Relations()
        known = {name: fact for name, fact in self.world.people.items() if name in asked.people}
        employed = {name: (Employment(unit=fact.employer),) for name, fact in known.items()}
        # Of nobody else: an act that forgets to ask about somebody must not be told all the same.
        told = {name: units for name, units in world.employments.items() if name in asked.people}
        ties = {name: told for name, told in world.ties.items() if name in asked.people}
        bids = world.bids if asked.bids else ()
        registrars = world.registrars if asked.registrars else {}
        return world.with_(employments={**employed, **told}, ties=ties, bids=bids, registrars=registrars)

    def find_contents(self, request: FactsRequest) -> dict[str, ContentFact]:
        """Return what is cited: each was stored by who acts, as what its field asks for, now unless the world says."""
        return {
            item.ref.id: self.world.contents.get(item.ref.id)
            or ContentFact(sha256=item.ref.sha256, kind=item.kind or "text", stored=self.now)
            for item in request.contents
        }

    def find_cited(self, decision: Decision) -> CitedDecision:
        """Return what the record holds of a decision."""
        found = self.world.cited
        return found if found is not None and found.decision == decision else CitedDecision(decision=decision)

    def _show_view(self, view: View) -> Facts:
        """Return what a view shows; a round that is not to look sees work in every stage."""
        world = self.world
        match view:
            case UnitQuota():
                return Facts(quota=world.quota)
            case DrawPool():
                return Facts(draw=world.draw)
            case IssuedPlaces():
                return Facts(places=world.places)
            case OthersThatLeft():
                return Facts(candidates=world.candidates)
            case HandsElsewhere():
                return Facts(elsewhere=world.elsewhere)
            case FormUse() | QuotaUse():
                return Facts(used=world.used)
            case StageCounts() | ItemFates():
                self._looks_left -= 1
                if self._looks_left < 0:
                    return Facts(counts=_count_busy(self.state))
                return Facts(counts=world.counts, candidates=world.candidates)
            case ProposedItems() | AppraisedApplications() | ScoreRanking():
                return Facts(counts=world.counts, candidates=world.candidates)
            case _:
                assert_never(view)

    def _act(self, task: Task, command_id: str, kind: str) -> tuple[Event, ...]:
        """Run the task of an act and return its own events, or raise Refused."""
        outcome = self.run(task)
        if outcome.refused is not None:
            raise outcome.refused
        mine = [leaf for leaf in outcome.leaves if leaf.data["command_id"] == command_id]
        if kind:
            REACHED["command"][f"{self.aggregate.kind} {kind}"] += 1
            note_test(self.aggregate.kind, kind)
        return tuple(event_of(leaf) for leaf in mine)

    @staticmethod
    def _events(outcome: Outcome[Any]) -> tuple[Event, ...]:
        return tuple(event_of(leaf) for leaf in outcome.leaves)

    def _send(self, sent: tuple[Outgoing, ...]) -> None:
        keys = [item.key for item in sent if isinstance(item, Letter | Message | Broadcast)]
        assert len(set(keys)) == len(keys), keys
        for item in sent:
            if isinstance(item, Letter):
                assert item.template in LETTER_TEMPLATES
                assert item.to, f"a letter to nobody: {item}"
        self.sent += sent

    def _note(self, event: Event, command_id: str) -> None:
        REACHED["event"][event.TYPE] += 1
        note_test(self.aggregate.kind, event.TYPE)
        if command_id.startswith("deadline/"):
            note_test(self.aggregate.kind, " ".join(command_id.split("/")[:2]))
        if isinstance(self.state, ApplicationState | RoundState):
            REACHED[f"{self.aggregate.kind} stage"][self.state.stage.value] += 1
        if isinstance(self.state, ApplicationState) and self.state.outcome:
            REACHED["outcome"][self.state.outcome] += 1


def last_of(desk: Desk) -> Decision:
    """The last entry of a stream, as the decision that another is to carry out."""
    return Decision(stream=desk.state.stream, version=desk.state.version)
