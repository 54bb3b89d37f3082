"""Hundreds of rounds as chance leads them, none like another: nothing is found in what is whole."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from audit.decisions.register_again import CODE as REGISTER
from audit.history_claims import ALL
from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.verification import Outside
from tests.tamper.counts import CLEAN, Count
from tests.tamper.hands import KEY
from tests.tamper.judging import Judge
from tests.tamper.rounds import signed_round
from tests.told import Tell

pytestmark = pytest.mark.bulk

AT_ONCE = 50
SIZES = (1, 1, 2, 1, 3)
"""Applications of a round: few, since what is played takes most of the time."""


@pytest.mark.parametrize("first", range(0, CLEAN, AT_ONCE))
def test_an_untouched_round_raises_no_alarm(
    judge: Judge, tmp_path: Path, first: int, record_property: Tell
) -> None:
    count = Count("clean runs", "", histories=False, asked=0)
    for seed in range(first, first + AT_ONCE):
        whole = signed_round(tmp_path / "round.zip", seed, SIZES[seed % len(SIZES)])
        latest = OutsideCheckpoint(whole.checkpoints()[-1]["note"])
        report = judge.report(whole, Outside(key=KEY, checkpoints=[latest]))
        found = [claim for claim in report.claims if claim.verdict is not Verdict.PROVEN]
        # Rounds in memory have no histories; those of real ones are proven in tests/workflows.
        wrong = [claim for claim in found if claim.code not in (*ALL, REGISTER)]
        count.done += 1
        count.found += bool(wrong)
        assert wrong == [], seed
    count.tell(record_property)
