"""Who is awaited for the overall appraisal."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask, nobody


def _appraise(state: ApplicationState) -> list[OpenTask]:
    assert state.since is not None
    since = state.since
    if not state.chair:
        kind = "appoint-chair"
        return [OpenTask(key="chair", kind=kind, role=Role.OFFICER, since=since, deadline="appraisal")]
    return [
        OpenTask(
            key="appraise",
            kind="appraise",
            role=Role.CHAIR,
            person=state.chair,
            since=since,
            deadline="appraisal",
        )
    ]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.APPRAISAL: _appraise, Stage.APPRAISED: nobody}
