"""Seeded tampering with records by somebody without the key: all is found, with the first point of difference."""

import pytest

from audit.claims import Verdict
from audit.log.external_checkpoints import CODE as HELD
from tests.run_properties import Tell
from tests.tamper.hands import BACKUP, NO_KEY, RECORD_CASES, Case
from tests.tamper.judging import Judge, alarms
from tests.tamper.kinds import GENUINE
from tests.tamper.parts import Parts

pytestmark = pytest.mark.bulk


@pytest.mark.parametrize(
    "case", [case for case in RECORD_CASES if case.hand in (NO_KEY, BACKUP)], ids=lambda case: case.id
)
def test_without_the_signing_key_all_is_found(
    rounds: list[Parts], judge: Judge, case: Case, record_property: Tell
) -> None:
    judge.all_found(case, rounds, record_property)


def test_a_genuine_earlier_state_is_only_said_to_be_old(rounds: list[Parts], judge: Judge) -> None:
    [case] = [case for case in RECORD_CASES if case.kind == GENUINE]
    for number, whole in enumerate(rounds):
        parts = case.tamper(whole, number)
        assert parts is not None
        report = judge.report(parts, case.outside(whole, 0))
        [held] = [claim for claim in report.claims if claim.code == HELD]
        assert (held.verdict, held.finding) == (Verdict.NOT_PROVABLE, "bundle-older")
        assert held.point == f"{whole.round}#{len(parts.entries())}"
        assert alarms(report) == []
