"""Whoever judges and is stopped by the register is a task of those who replace them at once."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.recusal.test_found_conflicts import change_register, in_review
from tests.selection.requests.test_fresh_panel import draw_panel, order_panel
from tests.selection.requests.test_requesting import GROUND, appoint, appoint_deciders, decider, find

GONE, BACK = "inactive", "active"


def set_active(desk: Desk, person: str, active: bool) -> tuple[Event, ...]:
    """Have the register stop a person, or let them act again, and the application look at it."""
    fact = desk.world.people[person].with_(active=active)
    desk.world = desk.world.with_(people={**desk.world.people, person: fact})
    return change_register(desk, version=desk.state.version + 100)


def list_tasks(desk: Desk) -> list[tuple[str, str]]:
    return sorted((task.kind, task.person or "") for task in tasks_of(desk.state))


def list_recipients(desk: Desk, template: str) -> list[str]:
    return [item.to for item in desk.sent if isinstance(item, Letter) and item.template == template]


def make_changed(person: str, standing: str) -> e.ActivityChanged:
    return e.ActivityChanged.model_validate({"person": person, "standing": standing})


def test_an_open_seat_falls_free_and_the_next_alternate_is_invited() -> None:
    desk = in_review()
    alternate = desk.state.alternates[0]
    brought = set_active(desk, "expert-2", False)
    assert [type(event) for event in brought] == [e.SeatVacated, e.SeatFilled]
    assert isinstance(brought[0], e.SeatVacated)
    assert (brought[0].expert, brought[0].why, brought[0].deadline) == ("expert-2", "inactive", None)
    assert alternate in paths.experts(desk)
    told = [(item.template, item.to) for item in desk.sent if isinstance(item, Letter)]
    assert [item for item in told if item[0] in ("seat-lost", "seat-released")] == [
        ("seat-lost", "officer-1"),
        ("seat-lost", "officer-2"),
    ]
    assert set_active(desk, "expert-2", True) == ()


def test_where_no_alternate_is_left_a_draw_is_the_officers_task_at_once() -> None:
    desk = in_review()
    while open_seats := [seat.expert for seat in desk.state.seats if seat.open]:
        set_active(desk, open_seats[0], False)
    assert list_tasks(desk) == [("supplement-panel", "")]


def test_what_whoever_sits_entered_stands() -> None:
    desk = in_review()
    assert set_active(desk, "expert-1", False) == ()
    assert desk.state.review_of("expert-1") is not None


def test_the_last_open_seat_that_falls_free_lets_the_score_be_fixed() -> None:
    desk = paths.application_in(Stage.REVIEW)
    for expert in paths.experts(desk):
        desk.act(f.accept(), f.actor(expert))
    *others, last = paths.experts(desk)
    for expert in others:
        desk.act(f.review(), f.actor(expert))
    desk.state = desk.state.with_(alternates=())
    brought = set_active(desk, last, False)
    assert [type(event) for event in brought] == [e.SeatVacated, e.ApplicationScored]
    assert desk.state.stage is Stage.SCORED


def test_a_chair_is_replaced_by_two_supervisors_and_by_nobody_else() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    chair = paths.experts(desk)[0]
    desk.act(c.AppointChair(chair=chair, reason=f.ref("why")), f.OFFICER)
    assert set_active(desk, chair, False) == (make_changed(chair, GONE),)
    assert ("replace-chair", "") in list_tasks(desk)
    # In rounds that were sealed before two supervisors could do that, an officer does.
    assert list_recipients(desk, "chair-inactive") == [
        "supervisor-1",
        "supervisor-2",
        "officer-1",
        "officer-2",
    ]
    assert list_recipients(desk, "judge-inactive") == []
    other = next(person for person in paths.experts(desk) if person != chair)
    assert desk.refuse(c.AppointChair(chair=other, reason=f.ref("why")), f.OFFICER) == "chair-in-place"
    desk.act(c.ReplaceChair(chair=other, reason=f.ref()), f.SUPERVISOR)
    assert "replace-chair" not in [kind for kind, _ in list_tasks(desk)]
    assert set_active(desk, chair, True) == (make_changed(chair, BACK),)


@pytest.mark.parametrize(
    ("person", "waiting"),
    [
        ("surveyor-1", [("appoint-survey-team", "")]),
        ("surveyor-2", [("appoint-survey-team", ""), ("survey", "surveyor-1")]),
    ],
)
def test_of_a_survey_team_another_is_appointed(person: str, waiting: list[tuple[str, str]]) -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    assert set_active(desk, person, False) == (make_changed(person, GONE),)
    assert list_tasks(desk) == waiting
    assert [item.to for item in desk.sent if isinstance(item, Letter)][-2:] == ["officer-1", "officer-2"]
    assert set_active(desk, person, True) == (make_changed(person, BACK),)
    assert list_tasks(desk) == [("survey", "surveyor-1")]
    set_active(desk, person, False)
    team = [name for name in ("surveyor-1", "surveyor-2", "surveyor-3") if name != person]
    desk.act(f.team(*team, "surveyor-4", lead=team[0], reason=f.ref("stopped")), f.OFFICER)
    assert list_tasks(desk) == [("survey", team[0])]


def test_of_two_examiners_another_is_appointed_at_once() -> None:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    first, second = desk.state.objections["objection-1"].examiners
    set_active(desk, first, False)
    assert list_tasks(desk) == [("appoint-examiners", ""), ("settle-objection", second)]
    set_active(desk, first, True)
    assert ("appoint-examiners", "") not in list_tasks(desk)


def test_of_who_decides_on_a_request_another_is_appointed_at_once_by_who_did_not_stop_them() -> None:
    desk = appoint_deciders()
    set_active(desk, "examiner-1", False)
    assert list_tasks(desk) == [("appoint-deciders", ""), ("rule-on-request", "examiner-2")]
    desk.world = desk.world.with_(registrars={"examiner-1": ("officer-1",)})
    assert desk.refuse(appoint("examiner-3"), f.OFFICER) == "registrar-of-named"
    desk.act(appoint("examiner-3"), f.actor("officer-2"))
    for person in ("examiner-2", "examiner-3"):
        desk.act(find(), f.actor(person, Role.EXAMINER))
    assert desk.state.requests[GROUND].outcome == "upheld"


def test_what_who_decides_entered_before_stands() -> None:
    desk = appoint_deciders()
    desk.act(find(), decider("examiner-1"))
    set_active(desk, "examiner-1", False)
    assert list_tasks(desk) == [("rule-on-request", "examiner-2")]
    desk.act(find(), decider("examiner-2"))
    assert desk.state.requests[GROUND].outcome == "upheld"


@pytest.mark.parametrize("stage", [Stage.CHECKING, Stage.MENDING])
def test_of_the_officers_who_check_nobody_holds_a_place(stage: Stage) -> None:
    desk = paths.application_in(stage)
    desk.state = desk.state.with_(hands=desk.state.with_hand("officer", "officer-1"))
    assert set_active(desk, "officer-1", False) == ()


def test_of_who_entered_what_they_find_no_place_waits_but_a_fresh_panel_asks_again() -> None:
    desk = appoint_deciders()
    desk.act(find(remedy="fresh-panel"), decider("examiner-1"))
    assert set_active(desk, "examiner-1", False) == (make_changed("examiner-1", GONE),)
    assert list_recipients(desk, "judge-inactive") == []
    desk.act(find(remedy="fresh-panel"), decider("examiner-2"))
    draw_panel(desk)
    paths.review_all(desk, "25")
    assert list_tasks(desk) == [("appoint-deciders", ""), ("rule-on-request", "examiner-2")]
    desk.act(find(remedy="place-given"), decider("examiner-2"))
    assert set_active(desk, "examiner-2", False) == ()


def test_while_a_remedy_is_awaited_nobody_who_decided_is_told_of() -> None:
    desk = appoint_deciders()
    set_active(desk, "examiner-1", False)
    desk.act(appoint("examiner-3"), f.OFFICER)
    for person in ("examiner-2", "examiner-3"):
        desk.act(find(), decider(person))
    assert (set_active(desk, "examiner-1", True), set_active(desk, "examiner-2", False)) == ((), ())


def test_of_many_who_decide_one_is_stopped_and_no_place_waits() -> None:
    desk = appoint_deciders()
    desk.act(find(), decider("examiner-1"))
    desk.act(find(upheld=False), decider("examiner-2"))
    desk.act(appoint("examiner-3", "surveyor-4"), f.OFFICER)
    assert set_active(desk, "surveyor-4", False) == (make_changed("surveyor-4", GONE),)
    assert list_recipients(desk, "judge-inactive") == []


def test_a_seat_of_a_fresh_panel_falls_free_as_well() -> None:
    desk = draw_panel(order_panel())
    expert = desk.state.seats[0].expert
    assert [type(event) for event in set_active(desk, expert, False)] == [e.SeatVacated, e.SeatFilled]


def test_whoever_judges_nothing_here_leaves_no_entry() -> None:
    desk = in_review()
    assert set_active(desk, "examiner-1", False) == ()
