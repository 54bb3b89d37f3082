"""Requests for review: an honest round is proven, and what was tampered with is refuted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, drop, later, place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "review-requests-decided"
GROUND = "conflict-overlooked"
DECIDERS = ("examiner-1", "examiner-2")
MADE, APPOINTED = "review-request.made.v1", "review-request.deciders-appointed.v1"
ENTERED, DECIDED = "review-request.finding-entered.v1", "review-request.decided.v1"


def make_request() -> WholeRound:
    """A round whose only application was ruled out, and on whose request two are to decide."""
    made = before_the_draw(7)
    with pause_counting():
        desk = made.app("0001")
        desk.act(f.report_fraud(), f.OFFICER)
        desk.act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
        made.now += timedelta(days=1)
        desk.act(f.request_review(), f.APPLICANT)
        desk.act(c.AppointDeciders(ground=GROUND, deciders=DECIDERS), f.OFFICER)
    return made


def make_reviewed_round() -> WholeRound:
    """A round whose only application was ruled out, which two people reviewed; its remedy is recorded."""
    made = make_request()
    with pause_counting():
        desk = made.app("0001")
        for person in DECIDERS:
            desk.act(f.rule_on_request(), f.actor(person, Role.EXAMINER))
        desk.act(c.RecordRemedy(ground=GROUND, text=f.ref("remedy")), f.OFFICER)
    return made


def test_an_honest_review_is_proven(tmp_path: Path) -> None:
    claims = judge_round(tmp_path, make_reviewed_round())
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert (refuted, claims[CODE].verdict, claims["outcomes-final"].verdict) == (
        [],
        Verdict.PROVEN,
        Verdict.PROVEN,
    )


def _late(log: Log) -> Log:
    for index in range(place(log, MADE), len(log)):
        log = later(log, index, timedelta(days=20))
    return log


def _on_merit(log: Log) -> Log:
    for index, leaf in enumerate(log):
        if "ground" in leaf.data:
            log = with_data(log, index, ground="score-too-low")
    return log


def _alone(log: Log) -> Log:
    return with_data(log, place(log, APPOINTED), deciders=["examiner-1"])


def _by_an_officer(log: Log) -> Log:
    return with_data(log, place(log, APPOINTED), deciders=["officer-1", "examiner-2"])


def _by_one(log: Log) -> Log:
    return drop(log, place(log, ENTERED))


def _otherwise(log: Log) -> Log:
    return with_data(log, place(log, DECIDED), outcome="dismissed", remedy="")


def _by_a_stranger(log: Log) -> Log:
    return change_actor(log, place(log, ENTERED), f.actor("examiner-3", Role.EXAMINER))


def _without_remedy(log: Log) -> Log:
    return with_data(log, place(log, ENTERED), remedy="a-place")


def _with_a_bid_since(log: Log) -> Log:
    at, first = place(log, ENTERED), log[place(log, "application.submitted.v1")]
    who = f.actor("examiner-1", Role.APPLICANT)
    told = {"stream": f"application/{f.ROUND}/0002", "version": 1, "actor": who, "at": log[at].at}
    return [*log[:at], first.model_copy(update=told), *log[at:]]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_late, "review-requested-late"),
        (_on_merit, "no-such-ground"),
        (_alone, "too-few-deciders"),
        (_by_an_officer, "decider-involved"),
        (_with_a_bid_since, "decider-involved"),
        (_by_one, "decided-by-too-few"),
        (_otherwise, "decided-by-too-few"),
        (_by_a_stranger, "not-a-decider"),
        (_without_remedy, "no-such-remedy"),
    ],
)
def test_a_review_that_was_not_as_the_rules_say_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], finding: str
) -> None:
    made = make_reviewed_round()
    made.log = change(made.log)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding), claim
