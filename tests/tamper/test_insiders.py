"""Acts made or changed by whoever holds every server key and no person's: all is found, with nothing from outside."""

import pytest

from tests.run_properties import Tell
from tests.tamper.hands import INSIDER_CASES, Case
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts

pytestmark = pytest.mark.bulk


@pytest.mark.parametrize("case", INSIDER_CASES, ids=lambda case: case.id)
def test_what_nobody_signed_is_found(
    rounds: list[Parts], judge: Judge, case: Case, record_property: Tell
) -> None:
    judge.all_found(case, rounds, record_property)
