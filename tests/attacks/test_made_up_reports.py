"""Somebody reports conflicts of people who have no part in an application, so that it stands still."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.desk import Desk

MADE_UP = 300
CLAIMS = ("reports-bounded", "scores-founded")


def report(desk: Desk, actor: Actor, number: int) -> str:
    """Report a conflict of an id that nobody has; return why it is refused, if it is."""
    return try_report(desk, actor, f"nobody-{number}", f"report-{number}")


def try_report(desk: Desk, actor: Actor, person: str, name: str) -> str:
    try:
        desk.act(f.report_conflict(person, name), actor)
    except Refused as refused:
        return refused.code
    return ""


def test_three_hundred_reports_against_made_up_ids_hold_no_score() -> None:
    desk = paths.application_in(Stage.REVIEW)
    refusals = [report(desk, f.APPLICANT, number) for number in range(MADE_UP)]
    paths.review_all(desk)
    assert desk.state.stage is Stage.SCORED
    assert desk.act(c.PlaceOnShortlist(rank=1, listed=True))
    assert refusals == ["", "", "", *("reports-open" for _ in range(MADE_UP - 3))]


def test_they_hold_no_list_either() -> None:
    desk = paths.application_in(Stage.CLEARED)
    assert report(desk, f.OFFICER, 1) == ""
    assert desk.act(c.Issue(proposal=1, place=1))


def test_whoever_reported_waits_for_a_ruling_and_reports_again_after_it() -> None:
    desk = paths.application_in(Stage.REVIEW)
    for number in range(4):
        report(desk, f.OFFICER, number)
    assert report(desk, f.actor("officer-2", Role.OFFICER), 4) == ""
    desk.act(f.rule("report-1", upheld=False), f.SUPERVISOR)
    assert report(desk, f.OFFICER, 5) == ""
    assert report(desk, f.OFFICER, 6) == "reports-open"


def test_how_many_may_be_open_is_said_by_the_rules() -> None:
    desk = paths.application_in(Stage.REVIEW, f.terms(recusal={"open_reports": 1}))
    assert [report(desk, f.OFFICER, number) for number in range(2)] == ["", "reports-open"]


def test_what_nobody_can_tell_apart_is_whether_a_person_has_a_part() -> None:
    desk = paths.application_in(Stage.REVIEW)
    named = ("nobody-1", "expert-1", "surveyor-1")
    assert {try_report(desk, f.APPLICANT, person, person) for person in named} == {""}
    assert try_report(desk, f.APPLICANT, "expert-2", "fourth") == "reports-open"


@pytest.mark.parametrize("person", ["expert-1", "officer-1", "supervisor-1"])
def test_a_report_of_somebody_with_a_part_holds_the_score(person: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.report_conflict("expert-9"), f.OFFICER)
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    desk.act(f.report_conflict(person, "report-2"), f.APPLICANT)
    paths.review_all(desk)
    assert desk.state.score is None
    desk.act(f.rule("report-2", upheld=False), f.actor("supervisor-2"))
    assert desk.state.score is not None


def test_a_report_of_somebody_who_takes_a_seat_later_holds_from_then_on() -> None:
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.report_conflict("expert-8"), f.OFFICER)
    assert not desk.state.holding_reports
    desk.act(c.DeclineInvitation(), f.actor("expert-1"))
    assert [*desk.state.holding_reports] == ["report-1"]


def test_the_audit_finds_a_round_with_made_up_reports_in_order(tmp_path: Path) -> None:
    made = before_the_draw(12)
    made.draw("0001")
    desk = made.app("0001")
    for number in range(3):
        assert report(desk, f.OFFICER, number) == ""
    paths.review_all(desk)
    assert desk.state.stage is Stage.SCORED
    judged = judge_round(tmp_path, made)
    assert [judged[code].verdict for code in CLAIMS] == [Verdict.PROVEN, Verdict.PROVEN]
