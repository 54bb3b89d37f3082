"""Open tasks: what waits for a person, and for staff also what waits for others."""

from ledger.log.reading import TaskRow
from reading.errors import Hidden
from reading.kinds import ReadKind
from reading.models import ShownTask
from reading.part import Part
from reading.subject import Subject
from selection.projections.open_tasks import OpenTask
from selection.streams import round_stream
from selection.visibility.reading import visible_tasks
from selection.visibility.viewer import Viewer


class TaskReads(Part):
    """What can be read of tasks."""

    async def list_open(
        self, subject: Subject, *, round_id: str | None = None, everybody: bool = False
    ) -> tuple[ShownTask, ...]:
        """Return what is awaited of the subject or their units, most urgent first, of a round or of all.

        With `everybody` staff are shown what is awaited of others too, and that is confidential.
        """
        found, others = [], False
        viewers: dict[str, Viewer] = {}
        for task in await self._source.ledger.reading.open_tasks(round_=round_id):
            if task.log not in viewers:
                viewers[task.log] = await self._view(subject, task.log)
            viewer = viewers[task.log]
            if not visible_tasks([OpenTask(**task.model_dump(exclude={"log", "stream"}))], viewer):
                continue
            own = is_awaited(task, viewer)
            if own or everybody:
                found.append(ShownTask(**task.model_dump(exclude={"log"})))
                others = others or not own
        if others:
            await self._source.note(subject, ReadKind.TASKS, *([round_stream(round_id)] if round_id else []))
        return tuple(found)

    async def _view(self, subject: Subject, log: str) -> Viewer:
        try:
            return (await self._source.look(subject, round_stream(log))).viewer
        except Hidden:
            return Viewer(person=subject.person)


def is_awaited(task: TaskRow, viewer: Viewer) -> bool:
    """Tell whether a task waits for the viewer: by name, by unit, or as one who holds the role in the round."""
    if task.person is not None:
        return task.person == viewer.person
    return task.unit in viewer.units or task.role.value in viewer.standings
