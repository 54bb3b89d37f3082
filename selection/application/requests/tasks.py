"""Who is awaited after an application's end: by whom a request for review is to be decided, or carried out."""

from selection.application.review_request import UPHELD, ReviewRequest
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask


def _list_tasks(state: ApplicationState) -> list[OpenTask]:
    return [
        task
        for ground, item in state.requests.items()
        if item.awaited
        for task in (_remedy(ground, item) if item.outcome == UPHELD else _list_deciding(ground, item))
    ]


def _list_deciding(ground: str, request: ReviewRequest) -> list[OpenTask]:
    if request.has_panel:
        # Whoever the panel waits for is awaited in its stead.
        return []
    if not request.waiting:
        key = f"deciders/{ground}"
        return [OpenTask(key=key, kind="appoint-deciders", role=Role.OFFICER, since=request.at)]
    return [
        OpenTask(
            key=f"request/{ground}/{person}",
            kind="rule-on-request",
            role=Role.EXAMINER,
            person=person,
            since=request.at,
            until=request.until,
        )
        for person in request.waiting
    ]


def _remedy(ground: str, request: ReviewRequest) -> list[OpenTask]:
    assert request.decided_at is not None
    key = f"remedy/{ground}"
    return [OpenTask(key=key, kind="record-remedy", role=Role.OFFICER, since=request.decided_at)]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.ENDED: _list_tasks}
