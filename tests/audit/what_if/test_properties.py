"""What holds of every simulation, whatever was reviewed."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from audit.what_if.round_record import RoundRecord
from audit.what_if.running import ignore_progress
from audit.what_if.simulating import assume_sealed_rules, compute_stretch, rescale_scores, simulate
from audit.what_if.stability import (
    Draws,
    likeness,
    margins,
    with_other_weights,
    without_each_reviewer,
)
from selection.scoring.panel_score import panel_score, rank
from tests import factories as f, strategies as s

pytestmark = pytest.mark.long

FEW = settings(max_examples=40, deadline=None, derandomize=True)
orders = st.permutations([f"{n:04}" for n in range(7)])


@FEW
@given(s.round_records())
def test_the_rules_as_sealed_give_the_ranks_that_the_round_gives(recorded: RoundRecord) -> None:
    rules = recorded.rules
    scores = {
        number: panel_score([review.scores for review in item.reviews], rules.trim, rules.tie_break)
        for number, item in recorded.applications.items()
    }
    outcome = simulate(recorded, assume_sealed_rules(recorded))
    assert outcome.scores == scores
    expected = rank(scores, {number: item.lot for number, item in recorded.applications.items()})
    assert outcome.ranks == {item.application: item.rank for item in expected}


@FEW
@given(s.round_records(), st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_one_factor_on_all_weights_changes_nothing(recorded: RoundRecord, factor: Fraction) -> None:
    sealed = assume_sealed_rules(recorded)
    scaled = replace(sealed, weights={code: weight * factor for code, weight in sealed.weights.items()})
    before, after = simulate(recorded, sealed), simulate(recorded, scaled)
    assert (after.order, after.ranks, after.within) == (before.order, before.ranks, before.within)
    assert {number: Fraction(score.mean) for number, score in after.scores.items()} == {
        number: Fraction(score.mean) * factor for number, score in before.scores.items()
    }


@FEW
@given(s.round_records(), st.sampled_from([f.expert(n) for n in range(1, 10)]))
def test_a_reviewer_left_out_touches_only_what_they_reviewed(recorded: RoundRecord, person: str) -> None:
    sealed = assume_sealed_rules(recorded)
    before, after = simulate(recorded, sealed), simulate(recorded, sealed.leave_out(person))
    reviewed = recorded.reviewers.get(person, frozenset())
    untouched = recorded.applications.keys() - reviewed
    assert {number: after.scores[number] for number in untouched} == {
        number: before.scores[number] for number in untouched
    }
    for number in reviewed:
        left = len(recorded.applications[number].reviews) - 1
        assert (number in after.scores) == (left >= 3)
        assert number not in after.scores or after.scores[number].valid == left
    # Those untouched stand to each other as before.
    assert [n for n in before.order if n in untouched] == [n for n in after.order if n in untouched]


@FEW
@given(s.round_records())
def test_the_sweep_over_reviewers_is_each_of_them_left_out(recorded: RoundRecord) -> None:
    sealed = assume_sealed_rules(recorded)
    base = simulate(recorded, sealed)
    sweep = without_each_reviewer(recorded, sealed, base, ignore_progress)
    outcomes = {person: simulate(recorded, sealed.leave_out(person)) for person in recorded.reviewers}
    assert [run.name for run in sweep.runs] == sorted(outcomes)
    for run in sweep.runs:
        outcome = outcomes[run.name]
        assert set(run.came) == outcome.within - base.within
        assert set(run.left) == base.within - outcome.within
        assert run.likeness == likeness(base.order, outcome.order)
    for number, interval in sweep.intervals.items():
        ranks = [outcome.ranks[number] for outcome in outcomes.values() if number in outcome.ranks]
        assert (interval.best, interval.worst) == (min(ranks, default=None), max(ranks, default=None))
        assert interval.within == sum(number in outcome.within for outcome in outcomes.values())
        assert interval.unscored == len(outcomes) - len(ranks)


@FEW
@given(s.round_records(), st.integers(0, 10**6), st.integers(1, 99))
def test_one_seed_gives_the_same_runs_and_more_of_them_begin_with_the_same(
    recorded: RoundRecord, seed: int, spread: int
) -> None:
    sealed = assume_sealed_rules(recorded)
    base = simulate(recorded, sealed)
    few, many = (
        with_other_weights(recorded, sealed, base, Draws(runs, spread, seed), ignore_progress)
        for runs in (3, 5)
    )
    assert many.runs[:3] == few.runs


@given(st.integers(0, 10**6), st.integers(1, 99), st.integers(1, 1000))
def test_varied_weights_sum_to_100_and_keep_within_the_spread(seed: int, spread: int, run: int) -> None:
    weights = {code: Fraction(weight) for code, weight in zip("abcd", (10, 20, 30, 40), strict=True)}
    varied = Draws(1, spread, seed).weights(weights, run)
    assert sum(varied.values()) == 100
    factors = [varied[code] / weight for code, weight in weights.items()]
    assert max(factors) / min(factors) <= Fraction(100 + spread, 100 - spread)


def test_another_seed_or_run_gives_other_weights_on_every_side() -> None:
    weights = {code: Fraction(25) for code in "abcd"}
    varied = [Draws(1, 20, seed).weights(weights, run) for seed in range(20) for run in range(20)]
    assert len({tuple(item.values()) for item in varied}) == len(varied)
    for code in weights:
        above = sum(item[code] > 25 for item in varied)
        assert 150 < above < 250


@given(orders, orders)
def test_likeness_counts_the_pairs_in_the_other_order(before: list[str], after: list[str]) -> None:
    turned = sum(
        (before.index(a) < before.index(b)) != (after.index(a) < after.index(b))
        for a, b in combinations(before, 2)
    )
    assert likeness(before, after) == 1 - Fraction(2 * turned, 21)
    assert likeness(before, before) == 1
    assert likeness(before, before[::-1]) == -1
    assert likeness(before, before[:1]) is None


@FEW
@given(s.round_records())
def test_a_margin_is_to_the_other_side_of_the_cut(recorded: RoundRecord) -> None:
    outcome = simulate(recorded, assume_sealed_rules(recorded))
    found = margins(outcome, outcome.within)
    assert bool(found) == (len(outcome.within) < len(outcome.order))
    # With ties in, nobody within the cut has the mean of somebody beyond it.
    assert all((margin > 0) == (number in outcome.within) for number, margin in found.items())
    if found:
        assert min(abs(margin) for margin in found.values()) == min(
            margin for number, margin in found.items() if number in outcome.within
        )


def test_a_score_keeps_its_share_of_the_scale() -> None:
    before = {code: Fraction(25) for code in f.CRITERIA}
    after = {**before, "technical": Fraction(40), "positioning": Fraction(10)}
    scores = rescale_scores(f.scores("20"), compute_stretch(before, after))
    assert scores == {"technical": 32, "positioning": 8, "mechanism": 20, "conditions": 20}
