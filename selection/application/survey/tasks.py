"""Who is awaited for the site survey."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask


def _survey(state: ApplicationState) -> list[OpenTask]:
    assert state.since is not None
    since = state.since
    if not state.team or not state.unseated.isdisjoint(state.team):
        kind = "appoint-survey-team"
        return [OpenTask(key="survey-team", kind=kind, role=Role.OFFICER, since=since, deadline="survey")]
    return [
        OpenTask(
            key="survey", kind="survey", role=Role.SURVEYOR, person=state.lead, since=since, deadline="survey"
        )
    ]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.SURVEY: _survey}
