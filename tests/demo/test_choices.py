from collections import Counter
from decimal import Decimal

import pytest

from selection.decision.facts import Candidate
from selection.kernel.stages import Stage
from selection.round.approving.standing import find_deviating, order_candidates
from starter.demo.acts import choices
from starter.demo.acts.portfolio import choose, compose, justify
from starter.demo.acts.visits import find_addition_below_cut
from starter.demo.chance import number, shuffle
from starter.demo.example import Reason, line_of, load_example

EXPERTS = [f"expert-{index:02d}" for index in range(1, 61)]
CODES = [f"a{index:02d}" for index in range(1, 37)]
WEIGHTS = {name: Decimal(25) for name in ("positioning", "mechanism", "technical", "conditions")}


def test_chance_follows_from_the_names_alone() -> None:
    assert [number(100, 7, "a01", "expert-01") for _ in range(3)] == [91] * 3
    assert shuffle(EXPERTS, 7) == shuffle(list(reversed(EXPERTS)), 7)


def test_another_seed_is_another_round() -> None:
    assert shuffle(EXPERTS, 7) != shuffle(EXPERTS, 8)


@pytest.mark.parametrize("seed", [1, 7, 2024])
def test_most_experts_accept_and_a_few_do_each_of_the_rest(seed: int) -> None:
    answers = Counter(
        choices.answer(seed, code, seat, person, first=True)
        for code in CODES
        for seat, person in enumerate(EXPERTS[:20], start=1)
    )
    assert set(answers) == {"accept", "decline", "conflict", "silence"}
    assert answers["accept"] > 0.8 * answers.total()


def test_an_alternate_answers_whatever_the_seat_and_never_stays_silent() -> None:
    for person in EXPERTS:
        given = {choices.answer(7, "a01", seat, person, first=False) for seat in range(1, 8)}
        assert len(given) == 1
        assert "silence" not in given


@pytest.mark.parametrize("seed", [1, 7, 2024])
def test_scores_are_half_points_within_their_scale(seed: int) -> None:
    for code in CODES:
        for person in EXPERTS[:10]:
            for score in choices.scores(seed, code, person, WEIGHTS).values():
                assert 0 <= score <= 25
                assert score % Decimal("0.5") == 0


def test_scores_keep_to_the_scale_and_the_step_of_the_rules() -> None:
    scales = {"originality": Decimal(5), "feasibility": Decimal(4)}
    found = {score for code in CODES for score in choices.scores(7, code, "e", scales, Decimal(1)).values()}
    assert found <= set(map(Decimal, range(6)))
    assert len(found) > 1
    assert all(choices.scores(7, code, "e", scales, Decimal(1))["feasibility"] <= 4 for code in CODES)


def test_the_conflict_is_found_with_one_who_accepted() -> None:
    seats = dict(enumerate(EXPERTS[:7], start=1))
    found = choices.choose_conflicted(7, "a17", seats)
    seat = next(place for place, person in seats.items() if person == found)
    assert choices.answer(7, "a17", seat, found, first=True) == "accept"


def test_of_a_panel_one_at_most_is_against_and_one_abstains() -> None:
    for code in CODES:
        cast = [choices.vote(7, code, EXPERTS[:6], EXPERTS[2], member) for member in EXPERTS[:6]]
        assert cast[2] == "for"
        assert cast.count("against") <= 1
        assert cast.count("abstained") <= 1


def candidate(place: int, field: str, region: str) -> Candidate:
    return Candidate(
        stream=f"application/r/{place:04d}",
        revision=1,
        stage=Stage.APPRAISED,
        field=field,
        region=region,
        priority="frontier",
        rank=place,
        agreed=f"{95 - place}.00",
    )


RANKING = order_candidates(
    (
        candidate(1, "art-design", "CN-BJ"),
        candidate(2, "art-design", "CN-BJ"),
        candidate(3, "art-design", "CN-ZJ"),
        candidate(4, "ice-snow", "CN-BJ"),
        candidate(5, "low-altitude", "CN-HN"),
        candidate(6, "smart-tourism", "CN-BJ"),
    ),
    load_example().rules,
)


GRANTS = (candidate(1, "digital-humanities", "CN-BJ"), candidate(2, "heritage-science", "CN-GS"))


def test_the_best_of_each_field_comes_first_and_crowded_ones_make_room() -> None:
    assert choose(RANKING, 4) == ["0001", "0004", "0005", "0006"]
    assert choose(RANKING, 5) == ["0001", "0003", "0004", "0005", "0006"]


def test_places_are_filled_even_where_all_are_crowded() -> None:
    assert choose(RANKING, 6) == ["0001", "0002", "0003", "0004", "0005", "0006"]


def test_every_deviation_from_the_standing_has_its_reason() -> None:
    rules = load_example().rules
    plan = compose(RANKING, rules, 4)
    assert set(plan.deviations) == set(find_deviating(list(plan.chosen), RANKING, rules)) == {"0002", "0003"}
    assert set(plan.reasons) == set(plan.chosen)


def test_a_reason_names_what_decided() -> None:
    plan = justify(["0001", "0005"], RANKING, load_example().rules)
    assert plan.reasons["0005"].en == (
        "standing 5 of 6, agreed score 90.00; the only one in low-altitude tourism; the only one in Hunan; "
        "target: cutting-edge frontier technologies"
    )


def test_without_appraisal_and_priorities_a_reason_names_the_score_and_no_target() -> None:
    ranking = tuple(item.model_copy(update={"agreed": "", "score": "41.33"}) for item in GRANTS)
    plan = justify(["0001"], ranking, load_example("grant").rules)
    assert plan.reasons["0001"].en == (
        "standing 1 of 2, score 41.33; the only one in digital humanities; the only one in Beijing"
    )
    assert plan.reasons["0001"].zh.startswith("评审第 1 位（共 2 项），得分 41.33；数字人文")


def test_a_stored_reason_reads_in_both_languages() -> None:
    text = Reason(en="the only one in Hunan", zh="湖南省唯一一项").text()
    assert line_of(text, "zh") == "湖南省唯一一项"
    assert line_of(text, "en") == "the only one in Hunan"


def test_the_officer_adds_the_best_below_the_cut_of_a_region_left_out() -> None:
    scored = [("1", Decimal(90), "BJ"), ("2", Decimal(80), "ZJ"), ("3", Decimal(70), "BJ")]
    assert find_addition_below_cut([*scored, ("4", Decimal(60), "HN")], 2) == "4"
    assert find_addition_below_cut(scored, 2) == ""
    assert find_addition_below_cut(scored, 3) == ""


def test_nobody_is_added_who_ties_at_the_cut() -> None:
    scored = [("1", Decimal(90), "BJ"), ("2", Decimal(80), "ZJ"), ("3", Decimal(80), "HN")]
    assert find_addition_below_cut(scored, 2) == ""


def test_a_slip_of_the_pen_is_another_score_on_the_scale() -> None:
    scales = {"originality": Decimal(5), "feasibility": Decimal(4)}
    for score in map(Decimal, range(5)):
        meant = {"originality": Decimal(3), "feasibility": score}
        slipped = choices.slip(meant, scales, Decimal(1))
        assert slipped != meant
        assert slipped["originality"] == 3
        assert 0 <= slipped["feasibility"] <= 4


def test_who_corrects_is_one_of_the_first_panel_who_accepts() -> None:
    seats = dict(enumerate(EXPERTS[:7], start=1))
    chosen = choices.choose_correcting(7, "a20", seats)
    [seat] = [seat for seat, person in seats.items() if person == chosen]
    assert choices.answer(7, "a20", seat, chosen, first=True) == "accept"
