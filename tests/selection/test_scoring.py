import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, strategies as st

from selection.kernel.canonical import canonical_bytes
from selection.rules.sections import Trim
from selection.scoring.panel_score import (
    PanelScore,
    RankedApplication,
    panel_score,
    rank,
    review_total,
    round_shown,
    shortlist_by_rank,
    unfit_scores,
    weigh_scores,
)
from tests import strategies

pytestmark = pytest.mark.long

TRIM = Trim()
WEIGHTS = {content: Decimal(25) for content in strategies.CONTENTS}
HALF = Decimal("0.5")


def review(total: str, technical: str = "0") -> dict[str, Decimal]:
    rest = Decimal(total) - Decimal(technical)
    return {"positioning": rest, "technical": Decimal(technical)}


def score(mean: str, untrimmed: str = "0/1", technical: str = "0/1") -> PanelScore:
    return PanelScore(valid=5, mean=mean, untrimmed=untrimmed, technical=technical, shown=Decimal(0))


def test_five_scores_lose_the_highest_and_the_lowest_total() -> None:
    reviews = [review(total, "10") for total in ("60", "70", "71.5", "80", "99.5")]
    assert panel_score(reviews, TRIM, "technical") == PanelScore(
        valid=5, mean="443/6", untrimmed="381/5", technical="10/1", shown=Decimal("73.83")
    )


def test_four_scores_are_all_kept() -> None:
    reviews = [review(total) for total in ("60", "70", "80", "90.5")]
    assert panel_score(reviews, TRIM, "technical").mean == "601/8"


def test_only_one_of_equal_extremes_is_dropped() -> None:
    reviews = [review(total) for total in ("60", "60", "60", "90", "90")]
    assert panel_score(reviews, TRIM, "technical").mean == "70/1"


def test_no_review_has_no_score() -> None:
    with pytest.raises(ValueError, match="no review"):
        panel_score([], TRIM, "technical")


@pytest.mark.parametrize(
    ("value", "text"), [("1/8", "0.13"), ("1/200", "0.01"), ("249/50000", "0.00"), ("85/1", "85.00")]
)
def test_what_is_shown_is_rounded_half_up(value: str, text: str) -> None:
    assert str(round_shown(Fraction(value))) == text


@given(strategies.review_sets, st.randoms())
def test_a_score_lies_among_its_totals_whatever_their_order(
    reviews: list[dict[str, Decimal]], random: Random
) -> None:
    fixed = panel_score(reviews, TRIM, "technical")
    totals = [review_total(item) for item in reviews]
    assert min(totals) <= Fraction(fixed.mean) <= max(totals)
    assert Fraction(fixed.untrimmed) == Fraction(sum(totals)) / len(totals)
    assert abs(Fraction(fixed.mean) - Fraction(fixed.shown)) <= Fraction(1, 200)
    shuffled = list(reviews)
    random.shuffle(shuffled)
    assert panel_score(shuffled, TRIM, "technical") == fixed
    assert PanelScore.model_validate(json.loads(canonical_bytes(fixed))) == fixed


@given(strategies.reviews)
def test_half_points_on_the_scale_are_fit(scores: dict[str, Decimal]) -> None:
    assert unfit_scores(scores, WEIGHTS, HALF) == ()
    assert 0 <= review_total(scores) <= 100


@pytest.mark.parametrize("value", ["-0.5", "25.5", "12.25", "NaN", "Infinity"])
def test_a_score_off_the_scale_or_between_steps_is_unfit(value: str) -> None:
    scores = {**WEIGHTS, "technical": Decimal(value)}
    assert unfit_scores(scores, WEIGHTS, HALF) == ("technical",)


SCALES = {
    "positioning": Decimal(5),
    "mechanism": Decimal(10),
    "technical": Decimal(3),
    "conditions": Decimal(25),
}


def test_scores_on_any_scale_count_for_their_share_of_the_weight() -> None:
    marks = weigh_scores({**SCALES, "technical": Decimal(1), "mechanism": Decimal("7.5")}, WEIGHTS, SCALES)
    assert marks == {
        "positioning": 25,
        "mechanism": Fraction(75, 4),
        "technical": Fraction(25, 3),
        "conditions": 25,
    }
    assert review_total(marks) == Decimal("77.08")
    assert panel_score([marks], TRIM, "technical").mean == "925/12"
    assert unfit_scores({**SCALES, "technical": Decimal("3.5")}, SCALES, HALF) == ("technical",)


@given(strategies.review_sets, st.integers(2, 9))
def test_a_finer_scale_with_the_same_shares_gives_the_same_score(
    reviews: list[dict[str, Decimal]], times: int
) -> None:
    scales = {code: weight * times for code, weight in WEIGHTS.items()}
    finer = [{code: score * times for code, score in review.items()} for review in reviews]
    marks = [weigh_scores(review, WEIGHTS, scales) for review in finer]
    assert panel_score(marks, TRIM, "technical") == panel_score(reviews, TRIM, "technical")
    assert [review_total(item) for item in marks] == [review_total(item) for item in reviews]


def test_missing_and_unknown_contents_are_unfit() -> None:
    scores = {"positioning": Decimal(1), "charm": Decimal(1)}
    assert unfit_scores(scores, WEIGHTS, HALF) == ("charm", "conditions", "mechanism", "technical")


def test_each_link_of_the_chain_parts_what_the_one_before_left_tied() -> None:
    scores = {
        "a": score("80/1", "79/1", "20/1"),
        "b": score("80/1", "79/1", "20/1"),
        "c": score("80/1", "79/1", "21/1"),
        "d": score("80/1", "81/1", "1/1"),
        "e": score("241/3"),
    }
    lots = {"a": "0f", "b": "0e", "c": "ff", "d": "ff", "e": "ff"}
    assert [(item.application, item.rank, item.parted_by) for item in rank(scores, lots)] == [
        ("e", 1, ""),
        ("d", 2, "mean"),
        ("c", 3, "untrimmed"),
        ("b", 4, "technical"),
        ("a", 5, "lot"),
    ]


def test_what_even_the_lot_does_not_part_shares_its_rank() -> None:
    scores = {"b": score("1/1"), "a": score("1/1"), "c": score("0/1")}
    ranked = rank(scores, {"a": "00", "b": "00", "c": "00"})
    assert [(item.application, item.rank) for item in ranked] == [("a", 1), ("b", 1), ("c", 3)]


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), strategies.review_sets, max_size=8),
    st.data(),
)
def test_ranks_are_total_and_independent_of_order(
    sets: Mapping[str, list[dict[str, Decimal]]], data: st.DataObject
) -> None:
    scores = {name: panel_score(items, TRIM, "technical") for name, items in sets.items()}
    lots = dict(
        zip(scores, data.draw(st.lists(strategies.lots, min_size=8, max_size=8, unique=True)), strict=False)
    )
    ranked = rank(scores, lots)
    assert [item.rank for item in ranked] == list(range(1, len(scores) + 1))
    means = [Fraction(item.mean) for item in ranked]
    assert means == sorted(means, reverse=True)
    assert rank(dict(reversed(scores.items())), lots) == ranked


def rank_means(*means: str) -> list[RankedApplication]:
    return [
        RankedApplication(application=f"a{i}", rank=i, mean=mean, parted_by="")
        for i, mean in enumerate(means, 1)
    ]


def test_the_shortlist_is_twice_the_places_with_ties_in() -> None:
    ranked = rank_means("9/1", "8/1", "7/1", "6/1", "6/1", "6/1", "5/1")
    assert shortlist_by_rank(ranked, 2, Decimal(2), ties_in=True) == ("a1", "a2", "a3", "a4", "a5", "a6")
    assert shortlist_by_rank(ranked, 2, Decimal(2), ties_in=False) == ("a1", "a2", "a3", "a4")
    assert shortlist_by_rank(ranked, 1, Decimal("1.5"), ties_in=True) == ("a1", "a2")
    assert shortlist_by_rank(ranked, 12, Decimal(2), ties_in=True) == tuple(f"a{i}" for i in range(1, 8))
    assert shortlist_by_rank([], 12, Decimal(2), ties_in=True) == ()
