"""Open tasks: what waits for a person, and for staff also what waits for others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.log.reading import TaskRow
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.errors import Hidden
from reading.models import ShownTask
from selection.projections.open_tasks import OpenTask
from selection.projections.rows import row_of
from selection.rules.model import RoundRules
from selection.streams import aggregate, application_stream, round_stream
from selection.visibility.reading import visible_row, visible_tasks
from selection.visibility.viewer import Viewer, relation

NAMES = frozenset({"name_en", "name_zh", "host", "host_en", "host_zh"})
"""What a task shows of its application's row."""


@dataclass
class _Round:
    """A round with what the subject is to it, and the names of its applications by stream, as far as known."""

    viewer: Viewer
    rules: RoundRules | None
    names: dict[str, dict[str, str]] = field(default_factory=dict)


class TaskReads(Part):
    """What can be read of tasks."""

    async def list_open(
        self, subject: Subject, *, round_id: str | None = None, everybody: bool = False
    ) -> tuple[ShownTask, ...]:
        """Return what is awaited of the subject or their units, most urgent first, of a round or of all.

        With `everybody` staff are shown what is awaited of others too, and that is confidential.
        """
        found, others = [], False
        rounds: dict[str, _Round] = {}
        tasks = await self._source.ledger.reading.open_tasks(
            round_=round_id, mine=None if everybody else subject.person
        )
        await self._source.have(_list_streams(tasks, subject))
        for task in tasks:
            if task.log not in rounds:
                rounds[task.log] = await self._open_round(subject, task.log)
            viewer = rounds[task.log].viewer
            if not visible_tasks([OpenTask(**task.model_dump(exclude={"log", "stream"}))], viewer):
                continue
            own = is_awaited(task, viewer)
            if own or everybody:
                names = await self._read_names(subject, task.stream, rounds[task.log])
                found.append(ShownTask(**task.model_dump(exclude={"log"}), **names))
                others = others or not own
        if others:
            await self._source.note(subject, ReadKind.TASKS, *([round_stream(round_id)] if round_id else []))
        return tuple(found)

    async def _open_round(self, subject: Subject, log: str) -> _Round:
        try:
            look = await self._source.look(subject, round_stream(log))
        except Hidden:
            return _Round(viewer=Viewer(person=subject.person), rules=None)
        opened = _Round(viewer=look.viewer, rules=look.rules)
        if look.viewer.is_staff:
            # They are shown the tasks of many applications: one query for all.
            rows, _ = await show_rows(self._source.ledger, subject, look)
            named = {application_stream(log, row.number): _pick_names(row.shown()) for row in rows}
            opened.names = {stream: names for stream, names in named.items() if names}
        return opened

    async def _read_names(self, subject: Subject, stream: str, around: _Round) -> dict[str, str]:
        """Return the names of the task's application, as far as they show; none of another stream."""
        if not stream.startswith("application/"):
            return {}
        if stream not in around.names:
            # The row alone does not tell who surveys, chairs or examines.
            state = await self._source.state(stream) or aggregate(stream).initial(stream)
            viewer = relation(state, subject.person, subject.fact, around.rules)
            around.names[stream] = _pick_names(visible_row(row_of(state), viewer) or {})
        return around.names[stream]


def _list_streams(tasks: Sequence[TaskRow], subject: Subject) -> list[str]:
    """Return the streams that are looked at for these tasks: their rounds, and what waits for the subject by name."""
    rounds = (round_stream(task.log) for task in tasks)
    own = (task.stream for task in tasks if task.person == subject.person)
    return list(dict.fromkeys([*rounds, *own]))


def _pick_names(shown: dict[str, Any]) -> dict[str, str]:
    return {name: shown[name] for name in NAMES & shown.keys()}


def is_awaited(task: TaskRow, viewer: Viewer) -> bool:
    """Tell whether a task waits for the viewer: by name, by unit, or as one who holds the role in the round."""
    if task.person is not None:
        return task.person == viewer.person
    return viewer.acts_for(task.unit, task.role) or task.role.value in viewer.standings
