"""Sealing and opening are two acts where rules are sealed before the call's day; nothing is taken before it opens."""

from datetime import timedelta

from selection.kernel.day_clock import start_of_day
from selection.kernel.stages import RoundStage
from selection.projections.open_tasks import tasks_of
from selection.round import commands as r, events as e
from tests import factories as f, paths
from tests.desk import Desk

HOUR = timedelta(hours=1)
OPENS = start_of_day(f.RULES.clock, f.RULES.calendar.call)


def seal_round(at: timedelta = -30 * f.DAY) -> Desk:
    """A round whose rules were sealed so long before the call's day."""
    desk = paths.round_desk()
    desk.now = OPENS + at
    desk.act(f.open_round(), f.OFFICER)
    return desk


def test_rules_sealed_before_the_day_await_the_call_and_those_sealed_on_it_open_it() -> None:
    assert seal_round().state.awaits_call == OPENS
    assert seal_round(timedelta(0)).state.awaits_call is None
    assert "awaits_call" not in seal_round(HOUR).leaves[0].data


def test_the_call_opens_on_its_day_or_later_and_once() -> None:
    desk = seal_round()
    assert desk.refuse(r.OpenCall(), f.OFFICER, OPENS - HOUR) == "call-early"
    assert desk.act(r.OpenCall(), f.actor("admin-1"), OPENS) == (e.CallOpened(),)
    assert desk.state.awaits_call is None
    assert desk.refuse(r.OpenCall(), f.OFFICER) == "nothing-to-do"
    assert seal_round().refuse(r.OpenCall(), f.SUPERVISOR, OPENS) == "not-entitled"


def test_nothing_is_handed_in_before_it_opens() -> None:
    early = seal_round()
    terms = early.state.make_terms()
    desk = paths.application(terms)
    assert desk.refuse(f.submit(), f.APPLICANT, OPENS + HOUR) == "call-awaited"
    early.act(r.OpenCall(), f.OFFICER, OPENS + HOUR)
    desk = paths.application(early.state.make_terms())
    assert desk.act(f.submit(), f.APPLICANT, OPENS + HOUR)


def test_an_officer_is_asked_to_open_it_from_its_day_on() -> None:
    desk = seal_round()
    (task,) = tasks_of(desk.state)
    assert (task.kind, task.since) == ("open-call", OPENS)
    desk.act(r.OpenCall(), f.OFFICER, OPENS)
    assert {task.kind for task in tasks_of(desk.state)} == {"recommend"}
    assert desk.state.stage is RoundStage.CALL


def test_who_recommends_is_told() -> None:
    desk = seal_round()
    desk.act(r.OpenCall(), f.OFFICER, OPENS)
    assert {getattr(item, "template", "") for item in desk.sent} == {"call-opened"}
