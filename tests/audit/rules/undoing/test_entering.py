"""Reversals that were entered when, or by whom, nobody may: found at the entry; two at a time are followed apart."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.stages import Stage
from tests import factories as f
from tests.audit.rules.people.test_fresh_panels import review_all
from tests.audit.rules.undoing.test_approved_anew import make_proposal
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Change, Log, Tampered, change_actor, insert, place, point, with_data
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, decline, reverse
from tests.whole_round import WholeRound

CODE, ENTERED = "decisions-reversed", "decision.reversal-entered.v1"


@cache
def fail_again() -> WholeRound:
    """A check fails when it is made again, that is reversed too, and a ruling meanwhile. Read only."""
    made = before_the_draw(24)
    with pause_counting():
        made.draw("main")
        desk = made.app("0001")
        review_all(desk, "15")
        desk.act(f.report_conflict("expert-1"), f.OFFICER)
        desk.act(f.rule(upheld=False), f.SUPERVISOR)
        desk.act(reverse("check"), SECOND)
        for actor in (OTHER, SECOND):
            desk.act(reverse("conflict", "report-1"), actor)
        desk.act(f.rule(upheld=False), SECOND)
        for actor in (SECOND, OTHER):
            desk.act(reverse("check"), actor)
        desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref("failed")), OTHER)
        made.now += timedelta(days=1)
        made.app("0001").act(f.request_review(), f.APPLICANT)
    return made


@cache
def back() -> WholeRound:
    """A failed check is reversed while a panel can be drawn. Read only."""
    made = before_the_draw(9)
    with pause_counting():
        made.draw("main")
        review_all(made.app("0001"), "15")
        desk = made.app("0001")
        desk.act(reverse("check"), SECOND)
        desk.act(decline("check"), OTHER)
        for actor in (OTHER, SECOND):
            desk.act(reverse("check"), actor)
    return made


@pytest.mark.parametrize("tell", [fail_again, back])
def test_two_reversals_at_a_time_are_followed_apart(tell: object, tmp_path: Path) -> None:
    assert callable(tell)
    made = tell()
    assert made.app("0001").state.stage in (Stage.ENDED, Stage.CHECKING)
    assert [claim for claim in judge_round(tmp_path, made).values() if claim.verdict is Verdict.REFUTED] == []


def _of_the_end(log: Log, failed_at: int) -> dict[str, Any]:
    """Return what somebody enters to reverse a check that failed."""
    text = log[failed_at].data["text"]
    return {"decision": "check", "was": "failed", "stage": "ended", "void": ["end"], "text": text}


def _under_a_request(log: Log) -> Tampered:
    at = len(log)
    told = _of_the_end(log, place(log, "application.check-failed.v1"))
    return insert(log, at, ENTERED, SECOND, told, like=at - 1), at


def _by_the_reporter(log: Log) -> Tampered:
    at = place(log, ENTERED, nth=1)
    return change_actor(log, at, f.OFFICER), at


def _after_the_shortlist(_: Log) -> Tampered:
    with pause_counting():
        log = make_proposal("0002").log
    ended = place(log, "application.check-failed.v1")
    return insert(log, len(log), ENTERED, SECOND, _of_the_end(log, ended), like=ended), len(log)


def _decline_for_nobody(_: Log) -> Tampered:
    log = list(back().log)
    at = place(log, "decision.reversal-declined.v1")
    return with_data(log, at, people=[]), at


def _decline_by_owner(_: Log) -> Tampered:
    log = list(back().log)
    at = place(log, "decision.reversal-declined.v1")
    return change_actor(log, at, f.OFFICER), at


CASES: list[tuple[str, Change]] = [
    ("reversed-after-panels", _after_the_shortlist),
    ("reversed-under-request", _under_a_request),
    ("reversed-by-party", _by_the_reporter),
    ("declined-otherwise", _decline_for_nobody),
    ("reversed-own", _decline_by_owner),
]


@pytest.mark.parametrize(("finding", "change"), CASES, ids=[change.__name__ for _, change in CASES])
def test_what_nobody_may_enter_is_found(finding: str, change: Change, tmp_path: Path) -> None:
    made = before_the_draw(9)
    made.log, at = change(list(fail_again().log))
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
