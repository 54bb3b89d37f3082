"""The facts of a decision as they stood at its place: the folded log before it, the register as far as it saw.

Written for the auditor apart from the ledger, which reads the same out of Postgres.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from audit.bundle.register import LOG as INSTALLATION
from audit.decisions.from_entries import read_contents, read_deposit, read_likeness
from audit.histories.evidence import Evidence
from audit.rules.causes import PROPOSABLE
from audit.rules.co_building import list_employed_applicants
from audit.rules.fold import Record
from audit.rules.panel.draw_contents import Draws
from audit.rules.relations_at import relations_at
from audit.rules.rule_runner import require_register
from selection.application.events import ApplicationFormChanged
from selection.application.state import ApplicationState
from selection.decision.aggregate import ActRefused
from selection.decision.facts import (
    DrawBasis,
    Facts,
    FactsRequest,
    PersonFact,
    Seating,
)
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
from selection.draw.inputs import lot
from selection.draw.pool import ask_relations, draw_inputs
from selection.forms.handed_in import Fitting, Questions
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.projections.ranking import contender_of, rank_candidates, with_parties
from selection.projections.rows import candidate_of, deadlines_of, find_hands
from selection.round.state import ProposalItem, RoundState
from selection.rules.terms import Terms
from selection.signing.key import Founded, Key
from selection.streams import application_stream, log_of

UNFIT_ANSWERS = "answers-unfit"
"""The refusal of a form that does not fit the one that it is held to."""
OTHER_FORM = "form-changed"
"""That of one which was filled in under another version."""
KEPT_ANSWERS = "answers-kept"
"""That of one which answers otherwise what stays in mending."""


@dataclass
class FactsOfPlace:
    """Answers a decision of the entries `leaves`, which follow what `record` has folded."""

    record: Record
    evidence: Evidence
    draws: Draws
    leaves: list[Leaf]
    point: str

    def answer(self, asked: FactsRequest) -> Facts:
        """Return what was asked. Raises NotInBundle for what the bundle lacks, Difference for an untruth."""
        found = Facts(
            people=self._people(asked),
            keys=self._keys(asked.signers),
            founded=self._find_founding() if asked.signers else None,
            contents=read_contents(self.leaves, asked),
            terms=self._terms() if asked.terms else None,
            deadlines=deadlines_of(self._round) if asked.deadlines else {},
            fitting=self._find_fitting() if asked.filled else None,
            agents=self._agents(asked.employers),
            registrars=self._registrars(asked.registered),
            likeness=read_likeness(self.leaves) if asked.likeness else None,
            deposit=read_deposit(self.leaves, asked.deposit) if asked.deposit else None,
        )
        if asked.view:
            found = found.merge(self._view(asked.view))
        if asked.relations:
            units = {unit for item in found.candidates for unit in item.units}
            found = found.merge(Facts(relations=self._relate(asked.relations, units)))
        return found.merge(self._find_cited(asked.decision)) if asked.decision else found

    @property
    def _round(self) -> RoundState:
        return self.record.round

    @property
    def _stream(self) -> str:
        return self.leaves[0].stream

    def _people(self, asked: FactsRequest) -> dict[str, PersonFact]:
        size = self.leaves[0].register_size
        register = (
            require_register(self.record.register, self.leaves[0], self.point)
            if asked.people
            else self.record.register
        )
        found = {person: register.person(person, size) for person in asked.people}
        return {person: fact for person, fact in found.items() if fact is not None}

    def _agents(self, employers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        if not employers:
            return {}
        register = require_register(self.record.register, self.leaves[0], self.point)
        return list_employed_applicants(register, employers, self.leaves[0].register_size)

    def _registrars(self, people: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        if not people:
            return {}
        register = require_register(self.record.register, self.leaves[0], self.point)
        size = self.leaves[0].register_size
        return {person: register.registrars(person, size) for person in people if register.knows(person)}

    def _relate(self, asked: RelationsAsked, units: Iterable[str] = ()) -> Relations:
        register = require_register(self.record.register, self.leaves[0], self.point)
        return relations_at(register, self.record, asked, self.leaves[0].register_size, units)

    def _keys(self, signers: tuple[str, ...]) -> dict[str, tuple[Key, ...]]:
        if not signers:
            return {}
        register = require_register(self.record.register, self.leaves[0], self.point)
        size = self.leaves[0].register_size
        return {person: register.keys.keys(person, size) for person in signers}

    def _find_founding(self) -> Founded | None:
        register = require_register(self.record.register, self.leaves[0], self.point)
        return register.keys.get_founding(self.leaves[0].register_size)

    def _find_fitting(self) -> Fitting:
        """Return whether a form fitted as the act's own entry tells.

        That it did is the claim `answers-fit-form`, that nothing was mended which stays `mended-as-recommended`.
        """
        for leaf in self.leaves:
            if leaf.type == ApplicationFormChanged.TYPE:
                return Fitting(count=leaf.data["faults_count"], told=tuple(leaf.data["unfit"]))
            if leaf.type == ActRefused.TYPE and leaf.data["code"] == OTHER_FORM:
                return Fitting(other=leaf.data["params"]["version"])
            if leaf.type == ActRefused.TYPE and leaf.data["code"] == UNFIT_ANSWERS:
                params = leaf.data["params"]
                return Fitting(count=int(params["count"]), told=tuple(params["faults"].split(", ")))
            if leaf.type == ActRefused.TYPE and leaf.data["code"] == KEPT_ANSWERS:
                params = leaf.data["params"]
                return Fitting(changed=Questions(en=params["questions"], zh=params["questions_zh"]))
        return Fitting()

    def _terms(self) -> Terms | None:
        return None if self._round.sealed is None else self.record.get_sealed(self.point)[1]

    def _view(self, asked: View) -> Facts:
        return Facts() if self._round.sealed is None else self._answer(asked, self._round)

    def _answer(self, asked: View, state: RoundState) -> Facts:
        match asked:
            case UnitQuota():
                return Facts(quota=state.rules_in_force.quota_of(asked.unit))
            case QuotaUse():
                lists = [self.record.lists[unit] for unit in asked.units if unit in self.record.lists]
                return Facts(used=max((len(item.listed) for item in lists), default=0))
            case StageCounts():
                return Facts(counts=self._counts())
            case ProposedItems() | ItemFates() | OthersThatLeft():
                return self._answer_items(asked, state)
            case AppraisedApplications():
                return self._find_appraised(asked.named)
            case ScoreRanking():
                return self._rank_candidates(asked.named)
            case DrawPool():
                return self._draw_inputs(asked.at)
            case IssuedPlaces():
                return Facts(places=state.places)
            case HandsElsewhere():
                return Facts(elsewhere=find_hands(self.record.applications.values(), asked.people))
            case FormUse():
                return Facts(used=self.record.uses[asked.form_name])
            case _:
                assert_never(asked)

    def _answer_items(self, asked: ProposedItems | ItemFates | OthersThatLeft, state: RoundState) -> Facts:
        match asked:
            case ProposedItems():
                return self._items((*state.judged_items, *state.gone), asked.stopped)
            case ItemFates():
                return self._items((*state.items, *state.held, *state.gone))
            case OthersThatLeft():
                others = sorted(state.numbers_that_left - {asked.number})
                found = (self.record.applications[number] for number in others)
                return Facts(candidates=tuple(map(candidate_of, found)))

    def _at(self, stage: Stage) -> list[ApplicationState]:
        found = (item for item in self.record.applications.values() if item.stage is stage)
        return sorted(found, key=lambda item: item.stream)

    def _counts(self) -> dict[Stage, int]:
        return dict(Counter(item.stage for item in self.record.applications.values()))

    def _items(self, items: tuple[ProposalItem, ...], beside: tuple[str, ...] = ()) -> Facts:
        known = self.record.applications
        numbers = dict.fromkeys((*(item.application for item in items), *beside))
        found = tuple(candidate_of(known[number]) for number in numbers)
        return Facts(candidates=found, counts=self._counts())

    def _find_appraised(self, named: tuple[str, ...]) -> Facts:
        # One that an objection held is decided on by itself, cleared or not.
        apart = self._round.numbers_on_hold
        states = [item for stage in PROPOSABLE for item in self._at(stage) if item.number not in apart]
        states += [self.record.applications[number] for number in named]
        return Facts(candidates=tuple(map(candidate_of, states)), counts=self._counts())

    def _rank_candidates(self, named: tuple[str, ...]) -> Facts:
        scored = {item.stream: contender_of(item) for item in self._at(Stage.SCORED)}
        streams = [application_stream(self._round.round, number) for number in named]
        ranked = rank_candidates(scored, self._round.rules_in_force, streams)
        known = {item.stream: candidate_of(item) for item in self._at(Stage.SCORED)}
        return Facts(candidates=with_parties(ranked, known), counts=self._counts())

    def _draw_inputs(self, at: datetime) -> Facts:
        """Return how large a draw would be; where its inputs are stored is told by the entry that commits to it."""
        assert self._round.sealed is not None
        register = require_register(self.record.register, self.leaves[0], self.point)
        everyone = register.everyone(self.leaves[0].register_size)
        people = tuple(item for item in everyone if item.person not in self._round.besides_reviewers)
        eligible = self._at(Stage.ELIGIBLE)
        reviewed = [*self._at(Stage.REVIEW), *(item for item in self._at(Stage.ENDED) if item.fresh_panel)]
        related = self._relate(ask_relations((item.person for item in people), (*eligible, *reviewed)))
        inputs = draw_inputs(self._round.current, eligible, reviewed, people, related, at)
        stated = [leaf.data["inputs"] for leaf in self.leaves if "inputs" in leaf.data]
        return Facts(
            draw=DrawBasis(
                inputs=stated[0] if stated else Ref(id="-", sha256="0" * 64),
                applications=len(inputs.applications),
                experts=len(inputs.experts),
            )
        )

    def _find_cited(self, decision: Decision) -> Facts:
        """Return the named entry and its stream's state; of the register the entry alone, of another round nothing."""
        unknown = Facts(cited=CitedDecision(decision=decision))
        if decision.stream == INSTALLATION:
            return self._find_registered(decision) or unknown
        if log_of(decision.stream) != self.record.round_id or decision.stream == self._stream:
            return unknown
        state = self.record.state(decision.stream)
        if not state.version:
            return unknown
        leaf = self.evidence.get_cited(decision.stream, decision.version)
        seatings = {}
        if isinstance(state, RoundState) and state.batch.startswith("seat-panel/"):
            seatings = self._map_seats(state, state.batch.partition("/")[2])
        return Facts(cited=CitedDecision(decision=decision, leaf=leaf, state=state), seatings=seatings)

    def _find_registered(self, decision: Decision) -> Facts | None:
        """Return an entry of the register that the decision had seen: its type, which is all that is asked of it."""
        register = require_register(self.record.register, self.leaves[0], self.point)
        kind = register.change(decision.version)
        if kind is None or decision.version > self.leaves[0].register_size:
            return None
        here = self.leaves[0]
        leaf = here.with_(type=kind, stream=decision.stream, version=decision.version, data={})
        return Facts(cited=CitedDecision(decision=decision, leaf=leaf))

    def _map_seats(self, state: RoundState, name: str) -> dict[str, Seating]:
        draw = state.draws[name]
        if draw.result is None:
            return {}
        panel = self.draws.result(name, draw.result, self.point).panels.get(self._stream)
        if panel is None:
            return {}
        employers = self.draws.pool(name, draw.inputs, self.point)
        seating = Seating(
            experts=panel.seats,
            alternates=panel.alternates,
            employers={person: employers[person] for person in (*panel.seats, *panel.alternates)},
            lot=lot(self.draws.key(draw), self._stream),
        )
        return {self._stream: seating}
