"""A score that a ruling took away: nobody votes before the next one, and none comes back by the end."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.stages import Stage
from tests import factories as f
from tests.audit.rules.people.test_fresh_panels import review_all, review_anew
from tests.audit.support.reversed_round import make_reversed_round
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import drop, place, point
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, reverse
from tests.whole_round import LoggedDesk, WholeRound

REVIEWED = "review-request.panel-reviewed.v1"


def score_application() -> tuple[WholeRound, LoggedDesk]:
    made = before_the_draw(24)
    made.draw("main")
    review_all(made.app("0001"), "15")
    return made, made.app("0001")


def _agree(desk: LoggedDesk, decision: str, report: str = "") -> None:
    for actor in (OTHER, SECOND):
        desk.act(reverse(decision, report), actor)


def hold_back() -> WholeRound:
    """A round in which the score was taken away while a check was made again, which then failed."""
    with pause_counting():
        made, desk = score_application()
        desk.act(f.report_conflict(desk.state.seats[0].expert), f.OFFICER)
        _agree(desk, "check")
        desk.act(f.rule(upheld=True), f.SUPERVISOR)
        desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref("failed")), OTHER)
    return made


def reopen_ruling() -> WholeRound:
    """A round in which a ruling was reversed and, before the next one, the application ruled out."""
    with pause_counting():
        made, desk = score_application()
        made.look()
        made.fix_shortlist({}, {})
        desk = made.app("0001")
        desk.act(f.report_conflict(desk.state.seats[0].expert), f.OFFICER)
        desk.act(f.rule(upheld=True), f.SUPERVISOR)
        assert desk.state.score is not None
        _agree(desk, "conflict", "report-1")
        desk.act(f.report_fraud(), f.OFFICER)
        desk.act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
    return made


@pytest.mark.parametrize("tell", [hold_back, reopen_ruling])
def test_an_honest_fresh_panel_after_a_score_was_taken_away_is_proven(tell: object, tmp_path: Path) -> None:
    assert callable(tell)
    made = tell()
    state = made.app("0001").state
    assert (state.stage, state.score) == (Stage.ENDED, None)
    review_anew(made)
    assert made.log[place(made.log, REVIEWED)].data["earlier"] == ""
    assert [claim for claim in judge_round(tmp_path, made).values() if claim.verdict is Verdict.REFUTED] == []


def test_a_panel_that_met_before_the_ruling_is_found(tmp_path: Path) -> None:
    with pause_counting():
        made = before_the_draw(9)
    made.log = list(make_reversed_round().log)
    made.log = drop(made.log, place(made.log, "conflict.ruled.v1", nth=-1))
    claim = judge_round(tmp_path, made)["votes-in-person"]
    met = point(place(made.log, "appraisal.opened.v1"))
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, "met-before-ruling", met)
