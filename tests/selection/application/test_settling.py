"""A panel that cannot be filled: officer and supervisor decide together, neither alone, and on no other panel."""

from datetime import timedelta
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.application.state import ApplicationState
from selection.decision.reference import CitedDecision, Decision
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.projections.open_tasks import tasks_of
from selection.round.state import Draw
from tests import factories as f, paths
from tests.desk import Desk

WANTED = f.TERMS.panel.min_valid
OTHER_OFFICER = f.actor("officer-2", Role.OFFICER)


def settle(way: str = "end", scores: int = 0) -> c.SettlePanel:
    return c.SettlePanel.model_validate({"way": way, "scores": scores, "reason": f.ref("why")})


def know_draw(desk: Desk, *clashing: str, later: bool = False) -> None:
    """Let the record tell of the round's last draw what clashed in it; `later` another waits already."""
    made: dict[str, Any] = {
        "commitment": "",
        "deposit": f.ref(),
        "inputs": f.ref(),
        "by": "officer-1",
        "post": Role.OFFICER,
    }
    made |= {"source": "", "issue": ""}
    told = Draw(**made, public=desk.now, until=desk.now, secret="00", clashing=clashing)
    draws = {"main": told, **({"next": told.with_(secret="", clashing=())} if later else {})}
    decision = Decision(stream=f"round/{f.ROUND}", version=0)
    state = paths.round_desk().state.with_(version=9, draws=draws)
    cited = CitedDecision(decision=decision, state=state)
    desk.world = desk.world.with_(cited=cited)


def short_of(valid: int, terms: Any = f.TERMS) -> Desk:
    """An application in review with so many reviews, of whose other seats nobody is left to be invited."""
    desk = paths.lead_to(paths.application(terms), Stage.REVIEW)
    for expert in paths.experts(desk, "invited")[:valid]:
        desk.act(f.accept(), f.actor(expert))
        desk.act(f.review("20"), f.actor(expert))
    while invited := paths.experts(desk, "invited"):
        desk.act(c.DeclineInvitation(), f.actor(invited[0]))
    return desk


def over(desk: Desk) -> Desk:
    """Let the last day of the review pass."""
    desk.wait(f.deadline("review_last"))
    return desk


def agree(desk: Desk, command: c.SettlePanel) -> ApplicationState:
    desk.act(command, f.OFFICER)
    desk.act(command, f.SUPERVISOR)
    state: ApplicationState = desk.state
    return state


def test_where_no_draw_found_a_panel_the_two_seat_fewer_or_end_it() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    know_draw(desk, "load", desk.state.stream)
    assert agree(desk, settle("fewer", 4)).fewer == 4
    desk.act(f.panel(seats=4, alternates=0))
    paths.review_all(desk)
    assert (desk.state.stage, desk.state.score.valid) == (Stage.SCORED, 4)
    desk = paths.application_in(Stage.ELIGIBLE)
    know_draw(desk, desk.state.stream)
    ended = agree(desk, settle())
    assert (ended.stage, ended.outcome) == (Stage.ENDED, "not-reviewed")


def test_too_few_reviews_by_the_last_day_are_enough_where_the_two_agree() -> None:
    desk = over(short_of(WANTED - 1))
    desk.act(settle("fewer", WANTED - 1), f.SUPERVISOR)
    assert [task.role for task in tasks_of(desk.state) if task.kind == "settle-panel"] == [Role.OFFICER]
    found = desk.act(settle("fewer", WANTED - 1), f.OFFICER)
    kinds = [e.PanelSettlementEntered, e.PanelLowered, e.ApplicationScored]
    assert [type(event) for event in found] == kinds
    assert desk.state.stage is Stage.SCORED


def test_more_time_lets_a_draw_fill_the_seats_instead() -> None:
    desk = over(short_of(2))
    paths.extend(desk, "review_last", desk.now + timedelta(days=30))
    assert desk.refuse(settle(), f.OFFICER) == "panel-not-short"
    empty = sum(seat.status == "empty" for seat in desk.state.seats)
    desk.act(f.panel(first=12, seats=empty, alternates=0, draw="second"))
    assert len(paths.experts(desk, "invited")) == empty


def test_with_fewer_than_three_it_can_only_end() -> None:
    desk = over(short_of(2))
    for scores in (0, 1, 2, 3):
        assert desk.refuse(settle("fewer", scores), f.OFFICER) == "too-few-scores"
    assert agree(desk, settle()).outcome == "not-reviewed"


def test_nobody_lowers_it_further_than_need_be() -> None:
    """With four valid scores of five wanted, three would let a later conflict pass unseen."""
    desk = over(short_of(4))
    assert desk.refuse(settle("fewer", 3), f.OFFICER) == "too-few-scores"


@pytest.mark.parametrize("second", [f.OFFICER, OTHER_OFFICER])
def test_two_officers_or_one_twice_are_not_officer_and_supervisor(second: Actor) -> None:
    desk = over(short_of(4))
    desk.act(settle(), f.OFFICER)
    if second == f.OFFICER:
        assert desk.refuse(settle(), second) == "already-done"
    else:
        desk.act(settle(), second)
    assert desk.state.stage is Stage.REVIEW


def test_the_two_have_to_say_the_same() -> None:
    desk = over(short_of(4))
    desk.act(settle(), f.OFFICER)
    desk.act(settle("fewer", 4), f.SUPERVISOR)
    assert (desk.state.stage, desk.state.fewer) == (Stage.REVIEW, 0)
    desk.act(settle("fewer", 4), f.OFFICER)
    assert desk.state.stage is Stage.SCORED


def test_what_was_entered_of_a_panel_that_changed_since_counts_no_more() -> None:
    """An officer has "end" entered early; a supplement brings four reviews; the supervisor alone must not end it."""
    desk = over(short_of(0))
    desk.act(settle(), f.OFFICER)
    paths.extend(desk, "review_last", desk.now + timedelta(days=40))
    desk.act(f.panel(first=12, seats=7, alternates=0, draw="second"))
    for expert in paths.experts(desk, "invited")[:4]:
        desk.act(f.accept(), f.actor(expert))
        desk.act(f.review("20"), f.actor(expert))
    desk.wait(desk.now + timedelta(days=41))
    assert not [task for task in tasks_of(desk.state) if task.kind == "settle-panel"]
    desk.act(settle(), f.SUPERVISOR)
    assert desk.state.stage is Stage.REVIEW


@pytest.mark.parametrize("clashing", [(), ("load",), ("application/elsewhere/0001",)])
def test_a_panel_that_a_draw_could_fill_is_nobody_s_to_give_up(clashing: tuple[str, ...]) -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    assert desk.refuse(settle(), f.OFFICER) == "panel-not-short"
    know_draw(desk, *clashing)
    assert desk.refuse(settle("fewer", 4), f.OFFICER) == "panel-not-short"


def test_nor_one_for_which_another_draw_waits_nor_while_somebody_is_awaited() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    know_draw(desk, desk.state.stream, later=True)
    assert desk.refuse(settle(), f.OFFICER) == "panel-not-short"
    desk = short_of(4)
    assert desk.refuse(settle("fewer", 4), f.OFFICER) == "panel-not-short", "a supplement can be drawn"
    know_draw(desk, desk.state.stream)
    desk.act(settle("fewer", 4), f.OFFICER)
    desk = paths.application_in(Stage.REVIEW)
    know_draw(desk, desk.state.stream)
    assert desk.refuse(settle(), f.SUPERVISOR) == "panel-not-short", "the invited are awaited"


def test_a_reported_conflict_is_ruled_on_first() -> None:
    desk = over(short_of(4))
    desk.act(f.report_conflict(paths.experts(desk, "submitted")[0]), f.OFFICER)
    assert desk.refuse(settle("fewer", 4), f.OFFICER) == "panel-not-short"


def uphold_conflicts(count: int) -> Desk:
    """An application in appraisal of whose seven members so many were found in conflict."""
    desk = paths.application_in(Stage.APPRAISAL)
    for number, expert in enumerate(paths.experts(desk, "submitted")[:count], 1):
        desk.act(f.report_conflict(expert, f"report-{number}"), f.OFFICER)
        desk.act(f.rule(f"report-{number}", upheld=True), f.SUPERVISOR)
    return desk


def test_a_panel_below_its_minimum_meets_only_where_the_two_agree() -> None:
    """Seen before: whoever was left, one member alone, appraised without anybody's decision."""
    desk = uphold_conflicts(3)
    left = tuple(paths.experts(desk, "submitted"))
    desk.act(c.AppointChair(chair=left[0], reason=f.ref("why")), f.OFFICER)
    meeting = f.hold_meeting(left, left[0], reason=f.ref("far"))
    assert desk.refuse(*meeting[0]) == "too-few"
    scored = agree(desk, settle("fewer", 4)).score
    assert scored is not None
    assert scored.valid == 4
    for act, member in meeting:
        desk.act(act, member)
    assert desk.state.stage is Stage.APPRAISED


def test_where_everyone_is_in_conflict_the_two_end_it() -> None:
    desk = uphold_conflicts(7)
    assert desk.refuse(settle("fewer", 3), f.OFFICER) == "too-few-scores"
    assert agree(desk, settle()).outcome == "not-reviewed"


def test_where_enough_can_meet_nobody_lowers_or_ends_it_before_the_appraisal_s_last_day() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    panel = tuple(paths.experts(desk, "submitted"))
    desk.act(c.AppointChair(chair=panel[0], reason=f.ref("why")), f.OFFICER)
    desk.act(f.meeting(panel), f.actor(panel[0], Role.CHAIR))
    assert desk.refuse(settle("fewer", 3), f.OFFICER) == "panel-not-short"
    desk.wait(f.deadline("appraisal"))
    assert agree(desk, settle("fewer", 3)).fewer == 3


def test_after_that_day_they_do_only_once_a_meeting_was_called() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    desk.wait(f.deadline("appraisal"))
    assert desk.refuse(settle(), f.OFFICER) == "meeting-untried"


def test_who_stands_aside_by_data_settles_nothing() -> None:
    desk = over(short_of(2))
    host = desk.state.submission.host.code
    people = {**desk.world.people, "officer-1": f.person("officer-1", "officer", employer=host)}
    desk.world = desk.world.with_(people=people)
    assert desk.refuse(settle(), f.OFFICER) == "same-employer"


def test_a_report_that_nobody_could_rule_on_is_not_taken() -> None:
    """Seen before: of two supervisors one reported the other, and the score waited for ever."""
    desk = paths.application_in(Stage.REVIEW)
    two = f.TERMS.with_(supervisors=("supervisor-1", "supervisor-2"))
    desk.world = desk.world.with_(terms=two)
    assert desk.refuse(f.report_conflict("supervisor-2"), f.SUPERVISOR) == "not-entitled"
    desk.act(f.report_conflict("supervisor-2"), f.OFFICER)
