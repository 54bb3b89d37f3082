"""A conflict that comes to light after the shortlist is ruled on, and the panel goes on without the expert."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from selection.rooms import APPLICATION_ACTS
from tests import factories as f, paths
from tests.desk import Desk

LATE = [
    stage
    for stage in Stage
    if stage in APPLICATION_ACTS["report-conflict"].stages - {Stage.REVIEW, Stage.SCORED, Stage.ENDED}
]


def report_and_rule(desk: Desk, *numbers: int, upheld: bool = True) -> tuple[Event, ...]:
    """Report these experts and rule on each report; return what the last ruling brought."""
    brought: tuple[Event, ...] = ()
    for number in numbers:
        desk.act(f.report_conflict(f.expert(number), f"report-{number}"), f.OFFICER)
        brought = desk.act(f.rule(f"report-{number}", upheld=upheld), f.SUPERVISOR)
    return brought


def letters(desk: Desk, template: str) -> list[str]:
    return [item.to for item in desk.sent if isinstance(item, Letter) and item.template == template]


def test_until_its_list_is_carried_out_a_conflict_can_be_reported() -> None:
    without_list = {Stage.NEW, Stage.SUBMITTED, Stage.WITHDRAWN, Stage.RECOMMENDED, Stage.CHECKING}
    assert set(LATE) == set(Stage) - without_list - {
        *(Stage.MENDING, Stage.ELIGIBLE, Stage.REVIEW, Stage.SCORED, Stage.ENDED)
    }


@pytest.mark.parametrize("stage", LATE)
def test_upheld_it_voids_the_review_and_the_score_is_fixed_anew_without_it(stage: Stage) -> None:
    desk = paths.application_in(stage)
    since = desk.state.since
    brought = report_and_rule(desk, 1)
    assert [type(event) for event in brought] == [
        e.ConflictRuled,
        e.ReviewVoided,
        e.SeatVacated,
        e.ApplicationScored,
    ]
    assert (desk.state.stage, desk.state.since, desk.state.score.valid) == (stage, since, 6)
    assert desk.state.seat_of("expert-1") is None
    assert letters(desk, "conflict-upheld-late") == ["officer-1", "officer-2"]


@pytest.mark.parametrize("stage", LATE)
def test_dismissed_it_changes_nothing_but_the_report(stage: Stage) -> None:
    desk = paths.application_in(stage)
    before = desk.state
    assert report_and_rule(desk, 1, upheld=False) == (
        e.ConflictRuled(report="report-1", upheld=False, text=f.ref("ruling")),
    )
    assert (desk.state.score, desk.state.seats) == (before.score, before.seats)
    assert letters(desk, "conflict-upheld-late") == []


def test_until_the_ruling_no_list_is_carried_out_on_the_application() -> None:
    for stage, place in ((Stage.CLEARED, 1), (Stage.RESERVE, 0)):
        desk = paths.application_in(stage)
        desk.act(f.report_conflict("expert-1"), f.OFFICER)
        assert [task.kind for task in tasks_of(desk.state)] == ["rule-on-conflict"]
        assert desk.refuse(c.Issue(proposal=1, place=place)) == "still-open"
        desk.act(f.rule(upheld=True), f.SUPERVISOR)
        assert desk.act(c.Issue(proposal=1, place=place))


def test_a_round_is_cancelled_over_an_open_report() -> None:
    desk = paths.application_in(Stage.APPRAISED)
    desk.act(f.report_conflict("expert-1"), f.OFFICER)
    assert desk.act(c.CancelWithRound(reason=f.ref()))


def test_no_seat_is_redrawn_though_there_are_alternates_and_time() -> None:
    desk = paths.application_in(Stage.SURVEY)
    assert desk.now < f.deadline("review_last")
    assert desk.state.alternates
    report_and_rule(desk, 1)
    assert desk.state.seats[0].status == "empty"
    assert desk.refuse(f.panel(20, 1, 0, draw="second")) == "wrong-stage"


def test_with_too_few_reviews_left_no_score_stands_and_the_rest_appraises_where_two_people_agree() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    report_and_rule(desk, 1, 2)
    assert desk.state.score.valid == 5
    assert [type(event) for event in report_and_rule(desk, 3)][-1] is e.SeatVacated
    assert desk.state.score is None
    desk.act(c.AppointChair(chair="expert-4", reason=f.ref("why")), f.OFFICER)
    chair = f.actor("expert-4", Role.CHAIR)
    rest = tuple(paths.experts(desk, "submitted"))
    assert desk.refuse(f.meeting(rest[1:]), chair) == "too-few"
    assert desk.refuse(f.meeting(("expert-3", *rest)), chair) == "no-such-seat"
    assert desk.refuse(f.meeting(rest), chair) == "too-few"
    fewer = c.SettlePanel(way="fewer", scores=len(rest), reason=f.ref("why"))
    desk.act(fewer, f.OFFICER)
    desk.act(fewer, f.SUPERVISOR)
    assert desk.act(f.meeting(rest), chair)


def test_where_the_sealed_rules_do_not_know_how_two_agree_all_who_are_left_appraise() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    report_and_rule(desk, 1, 2, 3)
    known = {kind: level for kind, level in f.TERMS.assurance.items() if kind != "settle-panel"}
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=known))
    desk.act(c.AppointChair(chair="expert-4", reason=f.ref("why")), f.OFFICER)
    assert desk.act(f.meeting(tuple(paths.experts(desk, "submitted"))), f.actor("expert-4", Role.CHAIR))


def test_a_score_waits_for_every_report_that_is_open() -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.report_conflict("expert-1", "report-1"), f.OFFICER)
    desk.act(f.report_conflict("expert-2", "report-2"), f.OFFICER)
    desk.act(f.rule("report-1", upheld=True), f.SUPERVISOR)
    meanwhile = desk.state.score
    desk.act(f.rule("report-2", upheld=False), f.SUPERVISOR)
    assert (meanwhile, desk.state.score.valid) == (None, 6)


def test_a_chair_in_conflict_hands_the_chair_over() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    report_and_rule(desk, 1)
    assert [task.kind for task in tasks_of(desk.state)] == ["appoint-chair"]
    assert desk.refuse(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER) == "conflict-upheld"


def test_who_is_not_on_the_panel_is_ruled_on_without_consequence_for_it() -> None:
    desk = paths.application_in(Stage.NOTICE)
    assert [type(event) for event in report_and_rule(desk, 20)] == [e.ConflictRuled]


def test_nobody_has_more_reports_open_than_the_rules_let() -> None:
    desk = paths.application_in(Stage.NOTICE)
    for number in range(1, 1 + f.TERMS.recusal.open_reports):
        desk.act(f.report_conflict(f.expert(number), f"report-{number}"), f.OFFICER)
    assert desk.refuse(f.report_conflict(f.expert(9), "report-9"), f.OFFICER) == "reports-open"
