"""Who is awaited while an objection is open."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask, nobody

SIGNING = 2
"""How many of its examiners sign what an objection comes to."""


def _objection_tasks(state: ApplicationState) -> list[OpenTask]:
    tasks: list[OpenTask] = []
    for key, item in state.open_objections.items():
        examiners = [person for person in item.examiners if person not in state.unable]
        tasks.extend(
            OpenTask(
                key=f"objection/{key}/{person}",
                kind="settle-objection",
                role=Role.EXAMINER,
                person=person,
                since=item.at,
                until=item.until,
            )
            for person in examiners
        )
        if len(examiners) < SIGNING:
            tasks.append(
                OpenTask(key=f"examine/{key}", kind="appoint-examiners", role=Role.OFFICER, since=item.at)
            )
    return tasks


STAGE_TASKS: dict[str, Tasks[ApplicationState]] = dict.fromkeys(
    (Stage.NOTICE, Stage.HELD, Stage.CLEARED), nobody
)

SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_objection_tasks,)
