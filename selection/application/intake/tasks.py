"""Who is awaited until the check: nobody, as an application may be left as it is until its deadline."""

from selection.application.state import ApplicationState
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import nobody

STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {
    Stage.NEW: nobody,
    Stage.SUBMITTED: nobody,
    Stage.WITHDRAWN: nobody,
    Stage.RECOMMENDED: nobody,
}
