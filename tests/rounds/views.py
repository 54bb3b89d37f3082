"""What the record would show of a round in memory, as its decisions ask for it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, assert_never

from ledger.decision.forms import FIXING
from selection.decision.facts import Candidate, DrawBasis, Facts
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
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from selection.projections.ranking import contender_of, rank_candidates, with_parties
from selection.projections.rows import candidate_of, find_hands
from selection.rules.model import RoundRules
from selection.streams import application_stream, recommender_stream, round_stream
from tests import factories as f

PROPOSABLE = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
"""The stages of applications that a proposal chooses among, in the order in which they are read."""


class RoundViews(ABC):
    """The views of a round whose streams are desks, by name, and whose entries are one log."""

    desks: dict[str, Any]
    log: Sequence[Leaf]

    @abstractmethod
    def applications(self, *stages: Stage) -> list[Any]:
        """The states of the applications, those in the stages if any are named."""

    @abstractmethod
    def _draw_basis(self, at: datetime) -> DrawBasis:
        """What a draw would rest on."""

    def find_public(self, name: str) -> datetime:
        """Return when a draw's numbers are public, for which whoever opens it waits."""
        public: datetime = self.desks[round_stream(f.ROUND)].state.draws[name].public
        return public

    def _rank(self, asked: ScoreRanking, rules: RoundRules) -> tuple[Candidate, ...]:
        scored = {item.stream: item for item in self.applications(Stage.SCORED)}
        contenders = {stream: contender_of(item) for stream, item in scored.items()}
        named = [application_stream(f.ROUND, number) for number in asked.named]
        known = {stream: candidate_of(item) for stream, item in scored.items()}
        return with_parties(rank_candidates(contenders, rules, named), known)

    def _find(self, numbers: Collection[str]) -> tuple[Candidate, ...]:
        return tuple(candidate_of(item) for item in self.applications() if item.number in numbers)

    def _view(self, asked: View) -> Facts:
        state = self.desks[round_stream(f.ROUND)].state
        counts = dict(Counter(state.stage for state in self.applications()))
        match asked:
            case UnitQuota():
                return Facts(quota=state.rules_in_force.quota_of(asked.unit))
            case QuotaUse():
                lists = [self.desks.get(recommender_stream(f.ROUND, unit)) for unit in asked.units]
                return Facts(used=max((len(item.state.listed) for item in lists if item), default=0))
            case StageCounts():
                return Facts(counts=counts)
            case IssuedPlaces():
                return Facts(places=state.places)
            case HandsElsewhere():
                return Facts(elsewhere=find_hands(self.applications(), asked.people))
            case OthersThatLeft():
                return Facts(candidates=self._find(state.numbers_that_left - {asked.number}))
            case FormUse():
                return Facts(used=sum(leaf.type in FIXING[asked.form_name] for leaf in self.log))
            case ProposedItems() | ItemFates():
                items = (*state.items, *state.held) if isinstance(asked, ItemFates) else state.judged_items
                known = {item.number: item for item in self.applications()}
                stopped = asked.stopped if isinstance(asked, ProposedItems) else ()
                numbers = dict.fromkeys((*(item.application for item in (*items, *state.gone)), *stopped))
                found = tuple(candidate_of(known[number]) for number in numbers)
                return Facts(counts=counts, candidates=found)
            case AppraisedApplications():
                states = [item for stage in PROPOSABLE for item in self.applications(stage)]
                open_ = [item for item in states if item.number not in state.numbers_on_hold]
                beside = self._find(asked.named)
                return Facts(candidates=(*map(candidate_of, open_), *beside), counts=counts)
            case ScoreRanking():
                return Facts(counts=counts, candidates=self._rank(asked, state.rules_in_force))
            case DrawPool():
                return Facts(draw=self._draw_basis(asked.at))
            case _:
                assert_never(asked)
