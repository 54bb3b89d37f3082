"""Who is awaited when fraud was reported: a supervisor, at whatever stage the application stands."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask


def _rule(state: ApplicationState) -> list[OpenTask]:
    if state.fraud is None or state.ended or state.stage is Stage.WITHDRAWN:
        # What was withdrawn is nobody's to rule on: a report waits until it is handed in again.
        return []
    return [OpenTask(key="fraud", kind="rule-on-fraud", role=Role.SUPERVISOR, since=state.fraud.at)]


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_rule,)
