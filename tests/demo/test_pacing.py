from decimal import Decimal

import pytest

from starter.demo.pacing import busy_share, fit_pace

PACE = Decimal("0.25")


@pytest.mark.parametrize(
    ("busy", "pace"),
    [("0", "0.250"), ("0.3", "0.250"), ("0.65", "0.375"), ("1", "0.500"), ("1.2", "0.500")],
)
def test_a_busy_machine_gets_longer_days_and_a_quiet_one_does_not(busy: str, pace: str) -> None:
    assert fit_pace(PACE, Decimal(busy)) == Decimal(pace)


async def test_the_share_in_use_is_a_share() -> None:
    assert 0 <= await busy_share() <= 1
