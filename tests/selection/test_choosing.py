"""What a choice amounts to before it is made, for any choice among any ranking."""

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from selection.decision.facts import Candidate
from selection.kernel.stages import Outcome, Stage
from selection.projections.choosing import choose_best, order_chosen, read_place, weigh_choice
from selection.projections.funnel import count_steps
from selection.round.approving.standing import number_of, order_candidates
from selection.rules.sections import Stages
from tests import factories as f

RULES = f.rules(per_field_max=2, per_region_max=2)
FIELDS = [item.code for item in RULES.fields]
REGIONS = [item.code for item in RULES.regions]


@st.composite
def rankings(draw: st.DrawFn) -> tuple[Candidate, ...]:
    """Candidates with scores that may be equal, in no order."""
    count = draw(st.integers(1, 9))
    return tuple(
        Candidate(
            stream=f"application/r/{number:04}",
            revision=1,
            stage=Stage.APPRAISED,
            field=draw(st.sampled_from(FIELDS)),
            region=draw(st.sampled_from(REGIONS)),
            rank=number,
            agreed=str(draw(st.integers(70, 75))),
        )
        for number in range(1, count + 1)
    )


PLACES = st.dictionaries(
    st.integers(1, 12).map("{:04}".format), st.decimals("0.5", "20", places=1), max_size=9
)


@pytest.mark.long
@given(rankings(), PLACES, st.integers(0, 6))
@settings(max_examples=80, deadline=None)
def test_a_choice_holds_each_candidate_once_in_the_order_of_its_places(
    ranking: tuple[Candidate, ...], typed: dict[str, Decimal], free: int
) -> None:
    known = {number_of(item) for item in ranking}
    chosen = order_chosen(order_candidates(ranking, RULES), typed)
    choice = weigh_choice(ranking, RULES, (*chosen, "unknown", *chosen), free=free, noticed=known)
    assert set(choice.chosen) == known & set(typed)
    assert len(choice.chosen) == len(set(choice.chosen))
    assert [typed[number] for number in choice.chosen] == sorted(typed[number] for number in choice.chosen)
    assert set(choice.left_out) == known - set(choice.chosen)
    assert choice.too_many == max(0, len(choice.chosen) - free)
    for aspect in ("field", "region"):
        assert sum(item.count for item in choice.coverage[aspect]) == len(choice.chosen)
    over = any(item.over for covered in choice.coverage.values() for item in covered)
    assert not over or choice.deviating


@given(rankings(), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_the_best_need_no_reason_but_for_limits(ranking: tuple[Candidate, ...], free: int) -> None:
    best = choose_best(ranking, RULES, free)
    without = f.rules(per_field_max=None, per_region_max=None)
    assert len(best) == min(free, len(ranking))
    choice = weigh_choice(ranking, without, best, free=free)
    # Who proposes nobody passes over everybody.
    assert len(choice.deviating) == (0 if best else len(ranking))
    assert choice.by_two == (not best and bool(ranking))


def test_a_place_is_a_number_from_1_or_between_two() -> None:
    assert (read_place(" 3 "), read_place("2.5")) == (Decimal(3), Decimal("2.5"))
    assert {read_place(text) for text in ("", "x", "0", "-1", "NaN", "1e9", "Infinity")} == {None}


COUNTS = st.integers(0, 50)


@given(
    st.fixed_dictionaries({stage.value: COUNTS for stage in Stage if stage is not Stage.ENDED}),
    st.fixed_dictionaries({outcome.value: COUNTS for outcome in Outcome}),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_funnel_never_widens_and_ends_with_the_listed(
    stages: dict[str, int], outcomes: dict[str, int], recommended: bool
) -> None:
    stages[Stage.ENDED] = sum(outcomes.values())
    steps = count_steps(stages, outcomes, Stages(recommendation=recommended))
    counts = [step.count for step in steps]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == sum(stages.values())
    assert counts[-1] == outcomes[Outcome.LISTED.value]
    assert ("recommended" in {step.name for step in steps}) == recommended
