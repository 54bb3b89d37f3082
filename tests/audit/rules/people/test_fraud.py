"""Fraud rules out by two, with evidence: an honest round is proven, and one that was tampered with is refuted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judged
from tests.audit.support.tampering import Log, acted_by, dropped, place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "fraud-by-two"


def ruled_out() -> WholeRound:
    made = before_the_draw(7)
    with pause_counting():
        made.app("0001").act(f.report_fraud(), f.OFFICER)
        made.app("0001").act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
    return made


def test_an_honest_ruling_is_proven(tmp_path: Path) -> None:
    claims = judged(tmp_path, ruled_out())
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert (refuted, claims[CODE].verdict) == ([], Verdict.PROVEN)


def _unreported(log: Log) -> Log:
    return dropped(log, place(log, "fraud.reported.v1"))


def _without_evidence(log: Log) -> Log:
    return with_data(log, place(log, "fraud.reported.v1"), evidence=[])


def _by_one(log: Log) -> Log:
    at = place(log, "fraud.reported.v1")
    return acted_by(log, at, f.SUPERVISOR.with_(role=Role.OFFICER))


def _dismissed(log: Log) -> Log:
    return with_data(log, place(log, "fraud.ruled.v1"), upheld=False)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_unreported, "fraud-not-reported"),
        (_without_evidence, "fraud-without-evidence"),
        (_by_one, "fraud-by-one"),
        (_dismissed, "fraud-not-upheld"),
    ],
)
def test_a_ruling_without_its_report_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], finding: str
) -> None:
    made = ruled_out()
    made.log = change(made.log)
    claim = judged(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding), claim
