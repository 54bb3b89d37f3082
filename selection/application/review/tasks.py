"""Who is awaited in the paper review, and whose ruling a reported conflict waits for in any stage."""

from selection.application.review.commands import ReplaceChair
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask, nobody


def _seat_tasks(state: ApplicationState) -> list[OpenTask]:
    tasks: list[OpenTask] = []
    for seat in state.seats:
        if seat.status in ("invited", "accepted"):
            invited = seat.status == "invited"
            kind = "answer-invitation" if invited else "review"
            tasks.append(
                OpenTask(
                    key=f"{kind}/{seat.number}/{seat.expert}",
                    kind=kind,
                    role=Role.EXPERT,
                    person=seat.expert,
                    since=seat.invited_at,
                    until=seat.respond_by if invited else seat.review_by,
                    deadline="invitation" if invited else "review",
                )
            )
    if not tasks and not state.holding_reports and state.since is not None:
        tasks.append(
            OpenTask(key="supplement", kind="supplement-panel", role=Role.OFFICER, since=state.since)
        )
    return tasks


def list_report_tasks(state: ApplicationState) -> list[OpenTask]:
    """Return the reports that wait for a ruling."""
    return [
        OpenTask(key=f"report/{key}", kind="rule-on-conflict", role=Role.SUPERVISOR, since=item.at)
        for key, item in state.open_reports.items()
    ]


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = {
    Stage.ELIGIBLE: nobody,
    Stage.REVIEW: _seat_tasks,
    Stage.SCORED: nobody,
}


def _list_chair_tasks(state: ApplicationState) -> list[OpenTask]:
    """Return the chair who is to be replaced, for as long as it may be done."""
    if state.chair not in state.inactive or state.stage not in ReplaceChair.ACT.stages:
        return []
    assert state.since is not None
    return [OpenTask(key="replace-chair", kind="replace-chair", role=Role.SUPERVISOR, since=state.since)]


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (list_report_tasks, _list_chair_tasks)
