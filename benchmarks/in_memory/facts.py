"""What the streams of a told round know of each other: facts, request by request, as the record would answer."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from benchmarks.in_memory.register import RegisterInMemory
from benchmarks.in_memory.signing import FOUNDING, Signers
from benchmarks.texts import STORED, own
from selection.application.bids import BidIndex, relate
from selection.application.state import ApplicationState
from selection.decision.aggregate import Frame
from selection.decision.deposit import Deposit
from selection.decision.envelope import Envelope
from selection.decision.facts import (
    ContentFact,
    DrawBasis,
    Facts,
    FactsRequest,
    PersonFact,
    Seating,
    agents_of,
)
from selection.decision.machine import Act, Carry, Report, Settle, Task, answer_from, decide
from selection.decision.reference import CitedDecision, Decision
from selection.decision.relations import Relations, RelationsAsked
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
from selection.draw.inputs import DrawInputs, lot
from selection.draw.panels import Drawn
from selection.draw.pool import ask_relations, draw_inputs
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Actor
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage
from selection.projections.ranking import contender_of, rank_candidates
from selection.projections.rows import candidate_of
from selection.rules.model import RoundRules
from selection.rules.terms import terms_of
from selection.signing.key import Founded
from selection.streams import aggregate, application_stream

HERE = Founded(installation="here", local=True)


class Stream:
    """One stream: its state, and what the machine decides on it."""

    def __init__(self, name: str, known: "RoundFacts") -> None:
        self._aggregate = aggregate(name)
        self._known = known
        self.name = name
        self.state: Any = self._aggregate.initial(name)
        self.cited: dict[int, Leaf] = {}

    def act(self, command: Frozen, actor: Actor, at: datetime) -> None:
        """Take an act of a person."""
        envelope = Envelope(
            stream=self.name,
            command_id=f"{self.name.replace('/', '-')}-{self.state.version + 1}",
            actor=actor,
            command=own(command, actor).model_dump(mode="json"),
        )
        signers = self._known.signers
        self._run(Act(envelope if signers is None else signers.sign(envelope, at)), at)

    def carry(self, decision: Decision, at: datetime) -> None:
        """Carry a decision of another stream out."""
        self._run(Carry(decision), at)

    def report(self, command: Frozen, at: datetime) -> None:
        """Take what the engine found by long work on the batch that is under way."""
        self._run(Report(command, f"report/{self.state.batch}/{self.state.begun}"), at)

    def settle(self, at: datetime) -> int:
        """Settle what is due, and look; return how many entries that brought."""
        return self._run(Settle(), at)

    def _run(self, task: Task, at: datetime) -> int:
        frame = Frame(recorded=at, register_size=len(self._known.register.leaves))
        asking = decide(self._aggregate, self.state, task, at, frame)
        outcome = answer_from(asking, lambda asked: self._known.facts(self.name, asked))
        if outcome.refused:
            raise outcome.refused
        self.state = outcome.state
        if self._aggregate.kind == "application":
            self._known.bids.put(self.state)
        self._known.log += outcome.bodies
        # Only of what other streams cite: applications are many.
        if self._aggregate.kind != "application":
            self.cited |= {leaf.version: leaf for leaf in outcome.leaves}
        return len(outcome.leaves)


class RoundFacts:
    """All streams of one round, with the register and the contents that its decisions rest on."""

    def __init__(
        self, round_: str, rules: RoundRules, people: Sequence[PersonFact], signers: Signers | None = None
    ) -> None:
        """With `signers` everybody signs; all of them were registered, and their keys enrolled, before the round."""
        self.rules = rules
        self.signers = signers
        self.people = {fact.person: fact for fact in people}
        self.log: list[bytes] = []
        self.bids = BidIndex()
        self.contents: dict[str, bytes] = {}
        self.round = Stream(f"round/{round_}", self)
        self.lists: dict[str, Stream] = {}
        self.applications: dict[str, Stream] = {}
        self.seatings: dict[str, Seating] = {}
        self._terms = terms_of(rules)
        before = self._terms.deadlines["submission"] - timedelta(days=31)
        self.register = RegisterInMemory(FOUNDING if signers else HERE, before, signers)
        self.register.register(people, before)
        for fact in people:
            self.register.enrol(fact.person, before)

    def facts(self, stream: str, asked: FactsRequest) -> Facts:
        """Return what was asked for a decision on a stream, and nothing else."""
        state = self.round.state
        found = Facts(
            people={name: self.people[name] for name in asked.people if name in self.people},
            keys=self.register.keys(asked.signers),
            founded=self.register.founding if asked.signers else None,
            contents={
                item.ref.id: ContentFact(sha256=item.ref.sha256, kind=item.kind or "text", stored=STORED)
                for item in asked.contents
            },
            terms=self._terms if asked.terms and state.sealed else None,
            deadlines=state.deadlines if asked.deadlines else {},
            cited=self._find_cited(asked.decision) if asked.decision else None,
            seatings=self._map_seats(stream) if asked.decision else {},
            fitting=Fitting() if asked.filled else None,
            agents=agents_of(asked.employers, self.people.values()),
            registrars=self.register.registrars(asked.registered),
        )
        if asked.deposit:
            secret = self.contents.get(asked.deposit.ref.id, b"")
            found = found.merge(Facts(deposit=Deposit.of(secret.decode())))
        if asked.view:
            found = found.merge(self._view(asked.view))
        if asked.relations:
            units = {unit for item in found.candidates for unit in item.units}
            found = found.merge(Facts(relations=self._relate(asked.relations, units)))
        return found

    def list_in(self, *stages: Stage) -> list[ApplicationState]:
        """Return the states of the applications in these stages."""
        return [item.state for item in self.applications.values() if item.state.stage in stages]

    def store(self, name: str, body: bytes) -> Ref:
        """Store a content under a name."""
        self.contents[name] = body
        return Ref(id=name, sha256=hashlib.sha256(salt_of(name) + body).hexdigest())

    def seat(self, inputs: DrawInputs, drawn: Drawn, key: bytes) -> None:
        """Keep what a draw gave each application."""
        employers = {item.person: item.employer for item in inputs.experts}
        self.seatings = {
            stream: Seating(
                experts=panel.seats,
                alternates=panel.alternates,
                employers={person: employers[person] for person in (*panel.seats, *panel.alternates)},
                lot=lot(key, stream),
            )
            for stream, panel in drawn.panels.items()
        }

    def _find_cited(self, decision: Decision) -> CitedDecision:
        found = self.round if decision.stream == self.round.name else self.lists[decision.stream]
        return CitedDecision(decision=decision, leaf=found.cited[decision.version], state=found.state)

    def _map_seats(self, stream: str) -> dict[str, Seating]:
        seats = self.round.state.batch.startswith("seat-panel/") and stream in self.seatings
        return {stream: self.seatings[stream]} if seats else {}

    def _view(self, asked: View) -> Facts:
        state, counts = (
            self.round.state,
            dict(Counter(item.state.stage for item in self.applications.values())),
        )
        match asked:
            case UnitQuota():
                return Facts(quota=self.rules.quota_of(asked.unit))
            case StageCounts():
                return Facts(counts=counts)
            case ProposedItems() | ItemFates():
                known = {item.state.number: item.state for item in self.applications.values()}
                items = (*state.items, *state.held) if isinstance(asked, ItemFates) else state.judged_items
                beside = asked.stopped if isinstance(asked, ProposedItems) else ()
                numbers = dict.fromkeys((*(item.application for item in (*items, *state.gone)), *beside))
                found = tuple(candidate_of(known[number]) for number in numbers)
                return Facts(counts=counts, candidates=found)
            case AppraisedApplications():
                chosen = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
                standing = tuple(map(candidate_of, self.list_in(*chosen)))
                return Facts(candidates=standing, counts=counts)
            case ScoreRanking():
                scored = {item.stream: contender_of(item) for item in self.list_in(Stage.SCORED)}
                named = [application_stream(state.round, number) for number in asked.named]
                return Facts(counts=counts, candidates=rank_candidates(scored, self.rules, named))
            case DrawPool():
                return Facts(draw=self._draw_basis(asked.at))
            case IssuedPlaces():
                return Facts(places=state.places)
            case OthersThatLeft():
                raise ValueError(f"nothing is reversed here, so nothing asks for {asked}")
            case HandsElsewhere():
                raise ValueError(f"nobody requests a review here, so nothing asks for {asked}")
            case FormUse() | QuotaUse():
                raise ValueError(f"nothing is amended here, so nothing asks for {asked}")
            case _:
                assert_never(asked)

    def _relate(self, asked: RelationsAsked, units: Iterable[str] = ()) -> Relations:
        employed, ties = self.register.employments(asked.people), self.register.ties(asked.people)
        return relate(asked, employed, self.register, self.bids, units, ties)

    def _draw_basis(self, at: datetime) -> DrawBasis:
        eligible = self.list_in(Stage.ELIGIBLE)
        related = self._relate(ask_relations(self.people, eligible))
        inputs = draw_inputs(self.rules, eligible, (), self.people.values(), related, at)
        return DrawBasis(
            inputs=self.store("draw-inputs", canonical_bytes(inputs)),
            applications=len(inputs.applications),
            experts=len(inputs.experts),
        )


def salt_of(name: str) -> bytes:
    """Return the salt of a content."""
    return hashlib.sha256(name.encode()).digest()[:16]
