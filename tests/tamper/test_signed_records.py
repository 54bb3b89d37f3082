"""The same changes signed anew: by another key, or by the true one against a checkpoint that is held outside."""

import pytest

from tests.run_properties import Tell
from tests.tamper.hands import ANOTHER_KEY, RECORD_CASES, TRUE_KEY, Case
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts

pytestmark = pytest.mark.bulk


@pytest.mark.parametrize(
    "case",
    [case for case in RECORD_CASES if case.hand in (ANOTHER_KEY, TRUE_KEY)],
    ids=lambda case: f"{case.id} {case.hand}",
)
def test_signed_anew_all_is_found(
    rounds: list[Parts], judge: Judge, case: Case, record_property: Tell
) -> None:
    judge.all_found(case, rounds, record_property)
