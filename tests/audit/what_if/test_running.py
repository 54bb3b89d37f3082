"""Whole simulations over bundles: what moves, what people decided stays, and what no simulation begins on."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Difference
from audit.what_if.assuming import AssumptionRequest, Unfit, assume
from audit.what_if.reading import NothingToSimulate, read_record
from audit.what_if.running import what_if
from audit.what_if.sentences import results
from audit.what_if.stability import Draws
from selection.rules.loading import RoundRules, RulesFaults
from tests.audit.support.tampering import Log, drop, move, place, point, with_data
from tests.audit.what_if.rounds import NO_DRAWS, Change, bundle_of, by_number, make_lopsided_log, simulate
from tests.round_story import tell_round

pytestmark = pytest.mark.long

TECHNICAL = AssumptionRequest(weights={"technical": "60"})


def test_nothing_assumed_gives_the_recorded_ranks_and_shortlist(tmp_path: Path) -> None:
    report = what_if(bundle_of(tmp_path, tell_round().log), AssumptionRequest(), NO_DRAWS)
    state = tell_round().round.state
    assert report.is_unchanged
    assert {item.application for item in report.applications if item.simulated.shortlisted} == set(
        state.shortlist
    )
    for item in report.applications:
        assert item.recorded == item.simulated
        assert item.moved == 0
        assert state.shortlist.get(item.application, item.recorded.rank) == item.recorded.rank
    assert {item.application: item.place for item in report.applications if item.place} == state.places
    assert [item.application for item in report.applications if item.recorded.advised] == [
        "0001",
        "0002",
        "0004",
    ]


def test_a_corrected_review_is_simulated_as_it_counts(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "review.corrected.v1")
    # Of totals 82, 83.5, 84.5, 85.5 and 86.5 with the correction, and 82.5 without it.
    report = what_if(bundle_of(tmp_path, log), AssumptionRequest(values={"trim.from_valid": 6}), NO_DRAWS)
    assert by_number(report)["0004"].simulated.mean == "422/5"
    with pytest.raises(Difference) as without:
        what_if(bundle_of(tmp_path, drop(log, at)), AssumptionRequest(), NO_DRAWS)
    assert (without.value.finding, without.value.params["what"]) == ("figure-differs", "0004")


def test_other_weights_move_who_has_points_elsewhere(tmp_path: Path) -> None:
    report = simulate(tmp_path, TECHNICAL)
    items = by_number(report)
    assert {change.path: change.after for change in report.changes} == {
        "criteria[positioning].weight": "13.33",
        "criteria[mechanism].weight": "13.33",
        "criteria[technical].weight": "60",
        "criteria[conditions].weight": "13.33",
    }
    lost = items["0003"]
    assert (lost.recorded.rank, lost.simulated.rank, lost.moved) == (4, 6, -2)
    # 8 of 25 is 19.2 of 60, full marks in the other three are the remaining 40.
    assert (lost.recorded.score, lost.simulated.score) == (Decimal("83.00"), Decimal("59.20"))
    assert (lost.recorded.shortlisted, lost.simulated.shortlisted) == (True, False)
    assert (report.list_entering(), report.list_leaving()) == (("0010",), ("0003",))
    assert report.list_losing() == ()
    assert lost.simulated.advised is None
    assert items["0010"].simulated.advised is None


def test_what_officers_decided_on_the_shortlist_is_carried_over(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "round.shortlist-fixed.v1")
    listed = {number: rank for number, rank in log[at].data["listed"].items() if number != "0002"}
    reasons = {**log[at].data["reasons"], "0002": log[at].data["reasons"]["0005"]}
    # The end of the told round takes 0002 for surveyed: only what is before the shortlist's batch is kept.
    changed = with_data(log, at, listed=listed, reasons=reasons)[: at + 1]
    report = what_if(
        bundle_of(tmp_path, changed), AssumptionRequest(values={"shortlist.factor": "2"}), NO_DRAWS
    )
    items = by_number(report)
    assert (items["0005"].decided, items["0002"].decided) == ("added", "removed")
    assert items["0005"].simulated.shortlisted
    assert not items["0002"].simulated.shortlisted
    assert report.cut == (4, 6)
    assert items["0010"].simulated.shortlisted


def test_who_drops_off_the_shortlist_leaves_their_place_to_the_next_by_agreed_score(tmp_path: Path) -> None:
    report = what_if(bundle_of(tmp_path, make_lopsided_log("0004")), TECHNICAL, NO_DRAWS)
    items = by_number(report)
    assert (report.list_entering(), report.list_leaving()) == (("0010",), ("0004",))
    assert (items["0004"].recorded.advised, items["0004"].simulated.advised) == (True, None)
    assert (items["0005"].recorded.advised, items["0005"].simulated.advised) == (False, True)
    told = [english for english, _ in results(report)]
    assert any(sentence.endswith("within the places: +0005 -0004.") for sentence in told)
    # 0004 was proposed and removed by an objection: of the list itself nobody is lost.
    assert "All of the issued list would have been on the shortlist." in told


def test_fewer_places_move_the_cut_and_the_advice(tmp_path: Path) -> None:
    report = simulate(tmp_path, AssumptionRequest(values={"places": 1, "shortlist.factor": "2"}))
    items = by_number(report)
    assert [item.moved for item in report.applications] == [0] * 6
    assert (report.cut, report.places) == ((4, 2), (3, 1))
    assert report.list_leaving() == ("0004", "0003")
    assert [number for number, item in items.items() if item.simulated.advised] == ["0001"]


def test_who_is_left_with_too_few_reviews_has_no_score(tmp_path: Path) -> None:
    panel = tell_round().app("0001").state.valid_reviews
    people = tuple(review.expert for review in panel[:2])
    report = simulate(tmp_path, AssumptionRequest(without=people), NO_DRAWS)
    first = by_number(report)["0001"]
    assert (first.simulated.rank, first.simulated.score, first.simulated.valid, first.moved) == (
        None,
        None,
        3,
        None,
    )
    assert report.list_losing() == ("0001",)
    assert any("0001" in english and "too few valid reviews" in english for english, _ in results(report))


def test_trimming_counts_the_extremes_or_not(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "review.submitted.v1", "0001")
    item = tell_round().app("0001").state
    before = [review.total for review in item.valid_reviews]
    report = simulate(tmp_path, AssumptionRequest(values={"trim.drop": 0}))
    assert log[at].data["total"] in {str(total) for total in before}
    assert by_number(report)["0001"].simulated.score == round(sum(before, Decimal(0)) / len(before), 2)


def test_a_review_voided_after_the_shortlist_counts_as_it_did(tmp_path: Path) -> None:
    report = simulate(tmp_path)
    assert report.voided_later == 1
    assert by_number(report)["0003"].recorded.valid == 5


def test_other_rules_are_taken_where_they_matter_and_named_where_not(tmp_path: Path) -> None:
    data = tell_round().rules.model_dump(mode="json")
    data |= {"places": 2, "per_field_max": 1, "trim": {"from_valid": 5, "drop": 0}}
    data["days"]["notice"] = 5
    data["panel"]["max_load"] = 3
    rules = RoundRules.model_validate(data)
    report = simulate(tmp_path, AssumptionRequest(rules=rules, values={"places": 1}))
    assert {change.path: (change.before, change.after) for change in report.changes} == {
        "trim.drop": ("1", "0"),
        "places": ("3", "1"),
    }
    assert set(report.not_simulated) == {"days.notice", "panel.max_load", "per_field_max"}


def test_rules_with_other_contents_say_nothing_of_these_reviews(tmp_path: Path) -> None:
    data = tell_round().rules.model_dump(mode="json")
    data["criteria"][0]["code"] = "novelty"
    with pytest.raises(Unfit) as refused:
        simulate(tmp_path, AssumptionRequest(rules=RoundRules.model_validate(data)))
    assert refused.value.code == "contents-differ"


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        (AssumptionRequest(weights={"novelty": "10"}), {("criteria[novelty].weight", "unknown_code")}),
        (AssumptionRequest(weights={"technical": "many"}), {("criteria[technical].weight", "not_a_number")}),
        (AssumptionRequest(weights={"technical": "NaN"}), {("criteria[technical].weight", "not_a_number")}),
        (AssumptionRequest(weights={"technical": "0"}), {("criteria[technical].weight", "out_of_range")}),
        (
            AssumptionRequest(weights={"technical": "1e999999999"}),
            {("criteria[technical].weight", "out_of_range")},
        ),
        (
            AssumptionRequest(weights={"technical": "1e-999999999"}),
            {("criteria[technical].weight", "too_precise")},
        ),
        (AssumptionRequest(weights={"technical": "100"}), {("criteria", "weights_off")}),
        (AssumptionRequest(weights={"technical": "60", "mechanism": "50"}), {("criteria", "weights_off")}),
        (
            AssumptionRequest(values={"trim.drop": 2, "trim.from_valid": 4}),
            {("trim.drop", "trim_leaves_nothing")},
        ),
        (AssumptionRequest(values={"trim.drop": -1}), {("trim.drop", "out_of_range")}),
        (AssumptionRequest(values={"panel.min_valid": 0}), {("panel.min_valid", "out_of_range")}),
        (AssumptionRequest(values={"panel.min_valid": 6}), {("panel.min_valid", "valid_above_seats")}),
        (AssumptionRequest(values={"places": 0}), {("places", "out_of_range")}),
        (AssumptionRequest(values={"shortlist.factor": "half"}), {("shortlist.factor", "not_a_number")}),
        (AssumptionRequest(values={"shortlist.factor": "0.5"}), {("shortlist.factor", "out_of_range")}),
    ],
)
def test_what_could_not_be_sealed_is_not_simulated(
    tmp_path: Path, asked: AssumptionRequest, faults: set[tuple[str, str]]
) -> None:
    found = set()
    try:
        simulate(tmp_path, asked)
    except RulesFaults as refused:
        found = {(fault.path, fault.code) for fault in refused.faults}
    assert found == faults


def test_rules_that_could_be_sealed_but_not_with_the_seats_of_this_round_are_refused(tmp_path: Path) -> None:
    data = tell_round().rules.model_dump(mode="json")
    data["panel"] |= {"seats": 7, "min_valid": 6}
    with pytest.raises(RulesFaults) as refused:
        simulate(tmp_path, AssumptionRequest(rules=RoundRules.model_validate(data)))
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("panel.min_valid", "valid_above_seats")
    ]


def test_a_round_of_fewer_applications_than_places_is_simulated_as_it_was(tmp_path: Path) -> None:
    with Bundle(bundle_of(tmp_path)) as bundle:
        recorded, _ = read_record(bundle)
    few = replace(recorded, applications=dict(list(recorded.applications.items())[:2]))
    assert assume(few, AssumptionRequest()).rules.places == few.rules.places == 3
    assert assume(few, AssumptionRequest(values={"trim.drop": 0})).rules.places == 3
    with pytest.raises(Unfit) as refused:
        assume(few, AssumptionRequest(values={"places": 4}))
    assert refused.value.params == {"places": "4", "count": "2"}


def test_all_weights_named_must_sum_to_100(tmp_path: Path) -> None:
    weights = {"positioning": "10", "mechanism": "20", "technical": "30", "conditions": "40"}
    report = simulate(tmp_path, AssumptionRequest(weights=weights))
    assert {change.after for change in report.changes} == {"10", "20", "30", "40"}
    with pytest.raises(RulesFaults):
        simulate(tmp_path, AssumptionRequest(weights={**weights, "conditions": "39"}))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (AssumptionRequest(without=("stranger",)), "unknown-reviewer"),
        (AssumptionRequest(values={"places": 7}), "too-many-places"),
    ],
)
def test_what_the_record_does_not_hold_is_refused(
    tmp_path: Path, asked: AssumptionRequest, code: str
) -> None:
    with pytest.raises(Unfit) as refused:
        simulate(tmp_path, asked)
    assert refused.value.code == code


def _score(log: Log) -> Log:
    return with_data(log, place(log, "application.scored.v1", "0001"), mean="90/1", shown="90.00")


def _review(log: Log) -> Log:
    scores = {**log[place(log, "review.submitted.v1", "0001")].data["scores"], "technical": "0"}
    return with_data(log, place(log, "review.submitted.v1", "0001"), scores=scores)


def _rank(log: Log) -> Log:
    at = place(log, "round.shortlist-fixed.v1")
    return with_data(log, at, listed={**log[at].data["listed"], "0001": 2})


def _reason(log: Log) -> Log:
    return with_data(log, place(log, "round.shortlist-fixed.v1"), reasons={})


def _unknown_event(log: Log) -> Log:
    return [
        leaf.model_copy(update={"type": "panel.seated.v9"}) if index == len(log) - 1 else leaf
        for index, leaf in enumerate(log)
    ]


@pytest.mark.parametrize(
    ("change", "finding", "at"),
    [
        (_score, "figure-differs", "round.shortlist-fixed.v1"),
        (_review, "figure-differs", "round.shortlist-fixed.v1"),
        (_rank, "figure-differs", "round.shortlist-fixed.v1"),
        (_reason, "outcome-reason-missing", "round.shortlist-fixed.v1"),
        (
            lambda log: with_data(log, place(log, "round.proposed.v1"), ranking=["0002", "0001"]),
            "figure-differs",
            "round.proposed.v1",
        ),
    ],
)
def test_a_record_that_does_not_reproduce_is_not_simulated(
    tmp_path: Path, change: Change, finding: str, at: str
) -> None:
    log = change(tell_round().log)
    with pytest.raises(Difference) as refused:
        what_if(bundle_of(tmp_path, log), TECHNICAL, NO_DRAWS)
    assert (refused.value.finding, refused.value.point) == (finding, point(place(log, at)))


def test_a_log_that_does_not_fold_is_not_simulated(tmp_path: Path) -> None:
    log = _unknown_event(tell_round().log)
    with pytest.raises(Difference) as refused:
        what_if(bundle_of(tmp_path, log), TECHNICAL, NO_DRAWS)
    assert (refused.value.finding, refused.value.point) == ("event-unfit", point(len(log) - 1))


def test_before_the_shortlist_there_is_nothing_to_simulate(tmp_path: Path) -> None:
    log = tell_round().log
    with pytest.raises(NothingToSimulate):
        what_if(
            bundle_of(tmp_path, log[: place(log, "round.shortlist-fixed.v1")]), AssumptionRequest(), NO_DRAWS
        )


def test_before_a_proposal_nothing_is_said_of_places(tmp_path: Path) -> None:
    log = tell_round().log
    report = what_if(bundle_of(tmp_path, log[: place(log, "round.proposed.v1")]), TECHNICAL, NO_DRAWS)
    assert {item.recorded.advised for item in report.applications} == {None}
    assert not any("places" in english or "proposal" in english for english, _ in results(report))


def test_a_shortlist_follows_from_its_own_place_and_from_no_other(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "round.shortlist-fixed.v1")
    last = place(log, "application.shortlisted.v1", "0001")
    with pytest.raises(Difference) as found:
        what_if(bundle_of(tmp_path, move(log, at, last)), AssumptionRequest(), NO_DRAWS)
    assert (found.value.finding, found.value.point) == ("figure-differs", point(last))


def test_one_seed_gives_one_report(tmp_path: Path) -> None:
    first, second = (simulate(tmp_path, TECHNICAL, Draws(20, 30, 7)) for _ in range(2))
    assert first == second
    assert first.stability[1].runs == 20
    other = simulate(tmp_path, AssumptionRequest(weights={"technical": "42"}), Draws(20, 60, 8))
    spread = {item.application: (item.best, item.worst) for item in other.stability[1].spreads}
    assert spread["0003"][0] != spread["0003"][1]


def test_the_lopsided_round_is_as_recorded_until_weights_change(tmp_path: Path) -> None:
    assert len(make_lopsided_log()) == len(tell_round().log)
    assert [item.moved for item in simulate(tmp_path).applications] == [0] * 6
