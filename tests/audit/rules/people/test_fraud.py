"""Fraud rules out by two, with evidence: an honest round is proven, and one that was tampered with is refuted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, drop, place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "fraud-by-two"


def rule_out() -> WholeRound:
    made = before_the_draw(7)
    with pause_counting():
        made.app("0001").act(f.report_fraud(), f.OFFICER)
        made.app("0001").act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
    return made


def test_an_honest_ruling_is_proven(tmp_path: Path) -> None:
    claims = judge_round(tmp_path, rule_out())
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert (refuted, claims[CODE].verdict) == ([], Verdict.PROVEN)


def _drop_report(log: Log) -> Log:
    return drop(log, place(log, "fraud.reported.v1"))


def _without_evidence(log: Log) -> Log:
    return with_data(log, place(log, "fraud.reported.v1"), evidence=[])


def _by_one(log: Log) -> Log:
    at = place(log, "fraud.reported.v1")
    return change_actor(log, at, f.SUPERVISOR.with_(role=Role.OFFICER))


def _dismiss(log: Log) -> Log:
    return with_data(log, place(log, "fraud.ruled.v1"), upheld=False)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_drop_report, "fraud-not-reported"),
        (_without_evidence, "fraud-without-evidence"),
        (_by_one, "fraud-by-one"),
        (_dismiss, "fraud-not-upheld"),
    ],
)
def test_a_ruling_without_its_report_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], finding: str
) -> None:
    made = rule_out()
    made.log = change(made.log)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding), claim
