"""Who is awaited after an application's end: by whom a request for review is to be decided, or carried out."""

from selection.application.review_request import UPHELD, ReviewRequest
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask

DECIDING = 2
"""How many decide on a request at the least, whatever the rules ask for."""


def _list_tasks(state: ApplicationState) -> list[OpenTask]:
    return [
        task
        for ground, item in state.requests.items()
        if item.awaited
        for task in (_remedy(ground, item) if item.outcome == UPHELD else _list_deciding(state, ground, item))
    ]


def list_able(state: ApplicationState, request: ReviewRequest) -> tuple[str, ...]:
    """Return those appointed who may decide: not whose conflict data showed and a supervisor confirmed.

    Nor who may not act any more and has entered nothing: what they entered before that stands.
    """
    out = state.unseated.union(person for person in state.inactive if person not in request.findings)
    return tuple(person for person in request.deciders if person not in out)


def list_waiting(state: ApplicationState, request: ReviewRequest) -> tuple[str, ...]:
    """Return those of them who have entered nothing."""
    return tuple(person for person in list_able(state, request) if person not in request.findings)


def _list_deciding(state: ApplicationState, ground: str, request: ReviewRequest) -> list[OpenTask]:
    if request.has_panel:
        # Whoever the panel waits for is awaited in its stead.
        return []
    waiting = list_waiting(state, request)
    tasks = [
        OpenTask(
            key=f"request/{ground}/{person}",
            kind="rule-on-request",
            role=Role.EXAMINER,
            person=person,
            since=request.at,
            until=request.until,
        )
        for person in waiting
    ]
    if not waiting or len(list_able(state, request)) < DECIDING:
        key = f"deciders/{ground}"
        tasks.append(OpenTask(key=key, kind="appoint-deciders", role=Role.OFFICER, since=request.at))
    return tasks


def _remedy(ground: str, request: ReviewRequest) -> list[OpenTask]:
    assert request.decided_at is not None
    key = f"remedy/{ground}"
    return [OpenTask(key=key, kind="record-remedy", role=Role.OFFICER, since=request.decided_at)]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {Stage.ENDED: _list_tasks}
