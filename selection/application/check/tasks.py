"""Who is awaited in the legality check."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask


def _check(state: ApplicationState) -> list[OpenTask]:
    assert state.since is not None
    return [OpenTask(key="check", kind="check", role=Role.OFFICER, since=state.since, deadline="check")]


def _mend(state: ApplicationState) -> list[OpenTask]:
    assert state.since is not None
    return [
        OpenTask(
            key="mend",
            kind="mend",
            role=Role.APPLICANT,
            person=state.agent,
            since=state.since,
            until=state.until,
            deadline="mend",
        )
    ]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.CHECKING: _check, Stage.MENDING: _mend}
