"""Who is awaited for the site survey."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask


def _survey(state: ApplicationState) -> list[OpenTask]:
    assert state.since is not None
    since, tasks = state.since, list[OpenTask]()
    if not state.team or not state.unable.isdisjoint(state.team):
        kind = "appoint-survey-team"
        task = OpenTask(key="survey-team", kind=kind, role=Role.OFFICER, since=since, deadline="survey")
        tasks.append(task)
    # A team of which one is not active any more may report what it found all the same.
    if state.team and state.unseated.isdisjoint(state.team) and state.lead not in state.inactive:
        role, lead = Role.SURVEYOR, state.lead
        task = OpenTask(key="survey", kind="survey", role=role, person=lead, since=since, deadline="survey")
        tasks.append(task)
    return tasks


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.SURVEY: _survey}
