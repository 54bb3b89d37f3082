"""Which deadline of a round is named as the next one."""

from datetime import UTC, datetime, timedelta

import pytest

from reading.models import Deadline
from reading.public import _STAGE_OF, PublicRound
from selection.rules.terms import DEADLINES

NOW = datetime(2025, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(seconds=5)


@pytest.mark.parametrize(
    ("stage", "named"),
    [("call", "recommendation"), ("review", "review_last"), ("survey", "survey"), ("issued", None)],
)
def test_the_next_deadline_is_neither_past_nor_of_a_stage_that_the_round_left(
    stage: str, named: str | None
) -> None:
    passed = [Deadline(deadline=name, until=NOW) for name in ("submission", "review")]
    ahead = [Deadline(deadline=name, until=LATER) for name in ("recommendation", "review_last", "survey")]
    deadlines = (*passed, *ahead)
    shown = PublicRound.model_construct(stage=stage, deadlines=deadlines)  # type: ignore[call-arg]  # of a round no more
    found = shown.find_next_deadline(NOW)
    assert (found.deadline if found else None) == named


def test_each_deadline_has_its_stage() -> None:
    assert {*DEADLINES, "invitation", "notice"} == set(_STAGE_OF)
