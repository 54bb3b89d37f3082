"""Rows of the task list are remembered as they are drawn: whatever one follows from draws another."""

from datetime import UTC, datetime, timedelta
from itertools import product

from portal.pages.tasks import DRAWN, draw_row
from reading.models import ShownTask
from selection.kernel.actor import Role
from selection.kernel.zone import BEIJING, Zone

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TASK = ShownTask(
    stream="application/pilot/0042",
    name_en="Centre for <Stages>",
    host_en="Works",
    key="review/expert-1",
    kind="review",
    role=Role.EXPERT,
    person="expert-1",
    unit=None,
    since=NOW,
    until=NOW + timedelta(days=3),
)
OTHERS = (
    TASK,
    TASK.with_(name_en="Corrected"),
    TASK.with_(host_en="Other Works"),
    TASK.with_(since=NOW - timedelta(days=1)),
    TASK.with_(until=NOW + timedelta(days=4)),
    TASK.with_(until=None),
    TASK.with_(kind="answer-invitation"),
    TASK.with_(stream="application/pilot/0043"),
)


def test_a_row_is_drawn_of_all_that_it_follows_from() -> None:
    zones = (BEIJING, Zone(zone="Europe/Paris", offset=3600))
    seen = set()
    for given in product(OTHERS, ("",), ("en", "zh"), zones, (False, True), (False, True)):
        drawn = draw_row(*given)
        assert drawn == draw_row(*given) == draw_row.__wrapped__(*given)
        assert "<Stages>" not in drawn
        seen.add(drawn)
    assert len(seen) == len(OTHERS) * 2 * 2 * 2 * 2


def test_rows_that_are_remembered_are_bounded() -> None:
    for number in range(DRAWN + 5):
        draw_row(
            TASK.with_(stream=f"application/pilot/{number}"), "", "en", BEIJING, begun=False, overdue=False
        )
    assert draw_row.cache_info().currsize == DRAWN
