"""The audit's own list of what no date ends is the core's: else it would refute an honest reminder of what it lacks."""

from collections.abc import Callable

import pytest

from audit.rules.reminding.since import list_undated, list_undated_of_round
from selection.application.state import ApplicationState
from selection.projections.open_tasks import tasks_of
from selection.rules.ladder import UNDATED
from tests.desk import Desk
from tests.selection.recusal.test_after_the_end import find_decider
from tests.selection.requests.test_requesting import AGENT, appoint_deciders, request
from tests.selection.reversing.reversals import SECOND, reverse
from tests.selection.reversing.test_entering import fail_check
from tests.selection.rules.test_every_kind_of_task import WAITING


def bind_decider() -> Desk:
    """After the end a supervisor is to rule on what data shows of one who decides on a request for review."""
    desk = appoint_deciders()
    find_decider(desk)
    return desk


def request_with_reversal() -> Desk:
    """A review is requested of a check that failed, and that a supervisor would reverse."""
    desk = fail_check()
    desk.act(reverse("check"), SECOND)
    desk.act(request(), AGENT)
    return desk


AFTER = {"after the end": bind_decider, "a reversal after the end": request_with_reversal}


@pytest.mark.parametrize("lead", [*WAITING.values(), *AFTER.values()], ids=[*WAITING, *AFTER])
def test_the_audit_knows_each_task_that_no_date_ends(lead: Callable[[], Desk]) -> None:
    state = lead().state
    waiting = {task.key for task in tasks_of(state) if task.kind in UNDATED}
    own = list_undated(state) if isinstance(state, ApplicationState) else list_undated_of_round(state)
    assert set(own) == waiting
