"""One simulated round: scored, ranked and cut by the core's own functions, under rules that were not sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from audit.what_if.round_record import RoundRecord
from selection.application.state import ApplicationState
from selection.decision.facts import Candidate
from selection.projections.ranking import Contender, rank_candidates
from selection.round.approving.standing import number_of, order_candidates
from selection.rules.model import RoundRules
from selection.scoring.panel_score import Mark, PanelScore, panel_score

Scores = Mapping[str, PanelScore]


@dataclass(frozen=True)
class Assumptions:
    """What is assumed in place of the sealed rules: other rules, other weights, people whose reviews are left out.

    The weights stand beside the rules, which hold weights as decimals: a weight of 70/3 is none, but a share that
    scores can be given afterwards.
    """

    rules: RoundRules
    weights: Mapping[str, Fraction]
    without: frozenset[str] = frozenset()

    def leave_out(self, person: str) -> "Assumptions":
        """Return the same with one person's reviews left out as well."""
        return replace(self, without=self.without | {person})


@dataclass(frozen=True)
class Outcome:
    """Who stands where: `order` from the best to the last, `ranks`, and `within` the cut by rank alone."""

    order: tuple[str, ...]
    ranks: Mapping[str, int]
    scores: Scores
    within: frozenset[str]
    placed: frozenset[str]


def assume_sealed_rules(recorded: RoundRecord) -> Assumptions:
    """Return what the record itself assumes."""
    return Assumptions(recorded.rules, recorded.weights)


def compute_stretch(scales: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return what a score on each content's scale is to be multiplied by to count its weight; empty when all count 1.

    A score that was given keeps its share of its scale: 20 of 25 counts 32 of a weight of 40.
    """
    return {} if scales == weights else {code: weights[code] / scale for code, scale in scales.items()}


def rescale_scores(scores: Mapping[str, Decimal], stretch: Mapping[str, Fraction]) -> Mapping[str, Mark]:
    """Return a reviewer's scores on the stretched scales."""
    if not stretch:
        return scores
    return {code: Fraction(score) * stretch[code] for code, score in scores.items()}


def score_of(
    item: ApplicationState, assumed: Assumptions, stretch: Mapping[str, Fraction]
) -> PanelScore | None:
    """Return an application's score, None when too few of its reviews are left for one."""
    reviews = [review for review in item.valid_reviews if review.expert not in assumed.without]
    if len(reviews) < assumed.rules.panel.min_valid:
        return None
    marks = [rescale_scores(review.scores, stretch) for review in reviews]
    return panel_score(marks, assumed.rules.trim, assumed.rules.tie_break)


def scores_of(recorded: RoundRecord, assumed: Assumptions) -> Scores:
    """Return the scores of all applications that have enough reviews."""
    stretch = compute_stretch(recorded.scales, assumed.weights)
    found = {number: score_of(item, assumed, stretch) for number, item in recorded.applications.items()}
    return {number: score for number, score in found.items() if score is not None}


def rank_scores(recorded: RoundRecord, rules: RoundRules, scores: Scores) -> Outcome:
    """Return ranks and cut of the scores; lots are those that were sealed by the draw."""
    contenders = {}
    for number, score in scores.items():
        item = recorded.applications[number]
        contenders[item.stream] = Contender(revision=item.revision, score=score, lot=item.lot)
    candidates = rank_candidates(contenders, rules, named=contenders)
    ranks = {number_of(item): item.rank for item in candidates}
    return Outcome(
        order=tuple(ranks),
        ranks=ranks,
        scores=scores,
        within=frozenset(number_of(item) for item in candidates if item.by_rank),
        placed=frozenset(number for number, rank in ranks.items() if rank <= rules.places),
    )


def simulate(recorded: RoundRecord, assumed: Assumptions) -> Outcome:
    """Return what the round's reviews come to under the assumption."""
    return rank_scores(recorded, assumed.rules, scores_of(recorded, assumed))


def shortlist(recorded: RoundRecord, outcome: Outcome, recorded_within: frozenset[str]) -> frozenset[str]:
    """Return who would be on the shortlist: the cut by rank, with what officers decided with a reason carried over.

    Whom they added stays on it while there is a score, whom they removed stays off.
    """
    removed = recorded.decisions & recorded_within
    added = recorded.decisions - recorded_within
    return (outcome.within - removed) | (added & outcome.scores.keys())


def advice(
    recorded: RoundRecord, outcome: Outcome, listed: frozenset[str], rules: RoundRules
) -> tuple[str, ...]:
    """Return who stands within the places: by the agreed scores as recorded, then by the simulated rank.

    Only of those whom the record holds an appraisal of and who would be on the shortlist. Nobody can say what a
    panel would have agreed on the others.
    """
    found: list[Candidate] = []
    for item in recorded.candidates:
        number = number_of(item)
        if number in listed:
            found.append(item.model_copy(update={"rank": outcome.ranks[number]}))
    return tuple(number_of(item) for item in order_candidates(tuple(found), rules))
