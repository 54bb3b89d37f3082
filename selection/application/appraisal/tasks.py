"""Who is awaited for the overall appraisal."""

from datetime import datetime

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
    meeting = state.meeting
    if meeting is None:
        return [_ask_chair(state, "appraise", "appraise", since)]
    if not meeting.awaited:
        return [_ask_chair(state, f"close/{meeting.number}", "close-appraisal", meeting.at)]
    return [
        OpenTask(
            key=f"vote/{meeting.number}/{person}",
            kind="vote",
            role=Role.EXPERT,
            person=person,
            since=meeting.at,
            deadline="appraisal",
        )
        for person in meeting.awaited
    ]


def _ask_chair(state: ApplicationState, key: str, kind: str, since: datetime) -> OpenTask:
    return OpenTask(
        key=key, kind=kind, role=Role.CHAIR, person=state.chair, since=since, deadline="appraisal"
    )


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.APPRAISAL: _appraise, Stage.APPRAISED: nobody}
