"""What a change of the register binds after the end: a fresh panel, and whoever decides on a request for review."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import event_of
from selection.kernel.actor import Role
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from tests import factories as f
from tests.desk import Desk
from tests.selection.application.test_recusal import bind
from tests.selection.recusal.test_found_conflicts import change_register, waiting
from tests.selection.requests.test_fresh_panel import DECIDERS, draw_panel, order_panel, review_anew
from tests.selection.requests.test_requesting import (
    AGENT,
    GROUND,
    appoint,
    appoint_deciders,
    decider,
    find,
    is_over,
    kinds,
    not_selected,
)


def find_decider(desk: Desk, person: str = "examiner-1", how: str = "same-employer") -> str:
    """Bind one who decides, have the application look, and return the report."""
    bind(desk, person, how)
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert (found.expert, found.seated) == (person, True)
    return found.report


def rule(desk: Desk, report: str, *, upheld: bool) -> list[type]:
    return [type(event) for event in desk.act(f.rule(report, upheld=upheld), f.SUPERVISOR)]


def test_a_reviewer_of_a_fresh_panel_who_is_bound_is_put_before_a_supervisor_at_once() -> None:
    desk = draw_panel(order_panel())
    expert = desk.state.seats[0].expert
    bind(desk, expert, "same-employer")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert (found.expert, waiting(desk)) == (expert, [f"report/{found.report}"])
    told = [item.template for item in desk.sent if isinstance(item, Letter)][-4:]
    assert told == ["conflict-found"] * 2 + ["conflict-found-told"] * 2
    assert rule(desk, found.report, upheld=True) == [e.ConflictRuled, e.SeatVacated, e.SeatFilled]


def test_while_a_fresh_panel_is_drawn_who_decides_afterwards_is_found_as_well() -> None:
    desk = order_panel()
    report = find_decider(desk)
    rule(desk, report, upheld=True)
    draw_panel(desk)
    for seat in desk.state.seats:
        desk.act(f.accept(), f.actor(seat.expert))
    for seat in desk.state.seats:
        desk.act(f.review(), f.actor(seat.expert))
    assert kinds(desk) == ["rule-on-request", "appoint-deciders"]


def test_of_an_earlier_panel_nobody_is_looked_at_once_the_end_came() -> None:
    desk = appoint_deciders()
    bind(desk, "expert-1", "same-employer")
    assert change_register(desk) == ()


def test_confirmed_the_finding_does_not_count_and_others_are_appointed_at_once() -> None:
    desk = appoint_deciders()
    desk.act(find(), decider("examiner-1"))
    report = find_decider(desk)
    assert kinds(desk) == ["rule-on-request", "rule-on-conflict"]
    rule(desk, report, upheld=True)
    assert kinds(desk) == ["rule-on-request", "appoint-deciders"]
    desk.act(find(), decider("examiner-2"))
    assert (kinds(desk), desk.state.requests[GROUND].outcome) == (["appoint-deciders"], "")
    desk.act(c.AppointDeciders(ground=GROUND, deciders=("examiner-3",)), f.OFFICER)
    assert desk.refuse(find(), decider("examiner-1")) == "conflict-upheld"
    decided = desk.act(find(), decider("examiner-3"))[-1]
    assert isinstance(decided, e.RequestDecided)


def test_who_would_decide_with_too_few_is_not_kept_waiting_for_them() -> None:
    desk = appoint_deciders()
    rule(desk, find_decider(desk), upheld=True)
    assert desk.act(appoint("examiner-3"), f.OFFICER)
    assert desk.refuse(appoint("surveyor-5"), f.OFFICER) == "deciders-at-work"


@pytest.mark.parametrize("upheld", [True, False])
def test_until_the_ruling_nothing_is_decided(upheld: bool) -> None:
    desk = appoint_deciders()
    report = find_decider(desk, how="unit-related")
    desk.act(find(), decider("examiner-2"))
    assert desk.refuse(find(), decider("examiner-1")) == "unit-related"
    brought = rule(desk, report, upheld=upheld)
    assert (brought, kinds(desk)[0]) == (
        [e.ConflictRuled],
        "appoint-deciders" if upheld else "rule-on-request",
    )


def test_dismissed_after_both_found_the_same_the_request_is_decided_by_the_ruling() -> None:
    desk = appoint_deciders()
    desk.act(find(), decider("examiner-1"))
    report = find_decider(desk, how="unit-related")
    entered = desk.act(find(), decider("examiner-2"))
    assert [type(event) for event in entered] == [e.FindingEntered]
    assert rule(desk, report, upheld=False) == [e.ConflictRuled, e.RequestDecided]
    assert desk.leaves[-1].actor.role is Role.SUPERVISOR


def test_once_it_is_decided_nothing_is_looked_at_and_no_report_waits() -> None:
    desk = appoint_deciders()
    for person in DECIDERS:
        desk.act(find(), decider(person))
    bind(desk, "examiner-1", "same-employer")
    assert (change_register(desk), kinds(desk)) == ((), ["record-remedy"])
    done = not_selected()
    assert is_over(done)
    assert done.refuse(f.rule("data-1", upheld=True), f.SUPERVISOR) == "ended"


def test_what_people_reported_before_the_end_waits_no_more_after_it() -> None:
    desk = appoint_deciders()
    assert desk.refuse(f.report_conflict("expert-1"), AGENT) == "ended"
    assert desk.refuse(f.rule("data-1", upheld=True), f.SUPERVISOR) == "ended"
    find_decider(desk)
    assert desk.refuse(f.report_conflict("expert-1"), AGENT) == "ended"


def test_a_scored_fresh_panel_leaves_what_follows_to_those_who_decide() -> None:
    desk = review_anew()
    report = find_decider(desk, "examiner-2", "unit-related")
    desk.act(find(remedy="place-given"), decider("examiner-1"))
    rule(desk, report, upheld=False)
    desk.act(find(remedy="place-given"), decider("examiner-2"))
    assert [task.kind for task in tasks_of(desk.state)] == ["record-remedy"]
    assert isinstance(event_of(desk.leaves[-1]), e.RequestDecided)
