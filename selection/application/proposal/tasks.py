"""Who is awaited once an application stands in the proposal or the reserve: nobody of its own."""

from selection.application.state import ApplicationState
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import nobody

STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {
    Stage.PROPOSED: nobody,
    Stage.RESERVE: nobody,
}
