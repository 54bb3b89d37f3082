"""Open tasks: what waits for a person, and for staff also what waits for others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.log.tasks import TaskPage, TaskRow, TasksAsked, WaitsFor
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look, Source
from reading.access.subject import Subject
from reading.applications import show_row, show_rows
from reading.errors import Hidden
from reading.models import ShownApplication, ShownTask, TaskList
from selection.kernel.actor import Role
from selection.projections.rows import row_of
from selection.round.state import RoundState, rules_of
from selection.rules.model import RoundRules
from selection.streams import aggregate, round_stream
from selection.visibility.reading import visible_row
from selection.visibility.viewer import RowRelations, Viewer, relation

NAMES = frozenset({"name_en", "name_zh", "host", "host_en", "host_zh"})
"""What a task shows of its application's row."""


_FIELDS = tuple(name for name in TaskRow.model_fields if name != "log")
"""What is shown of a task's row."""


@dataclass
class OpenedRound:
    """A round with what the subject is to it, and the names of its applications by stream, as far as known."""

    viewer: Viewer
    rules: RoundRules | None
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    shown: Mapping[str, ShownApplication] = field(default_factory=dict)
    """What staff are shown of its applications, by number."""


class TaskReads(Part):
    """What can be read of tasks."""

    async def list_open(
        self, subject: Subject, *, round_id: str | None = None, everybody: bool = False
    ) -> tuple[ShownTask, ...]:
        """Return what is awaited of the subject or their units, most urgent first, of a round or of all.

        With `everybody` staff are shown what is awaited of others too, and that is confidential.
        """
        if everybody:
            return await self._list_of_everybody(subject, round_id)
        found = await _Waiting(self._source, subject).read(TasksAsked())
        return tuple(task for task in found.tasks if round_id in (None, round_of(task)))

    async def list_page(self, subject: Subject, asked: TasksAsked) -> TaskList | None:
        """Return a page of what is awaited of the subject or their units.

        None for who may apply for a unit: whether a task waits for that, only all of them can tell.
        """
        awaited = _Waiting(self._source, subject)
        return None if awaited.applies else await awaited.read(asked)

    async def _list_of_everybody(self, subject: Subject, round_id: str | None) -> tuple[ShownTask, ...]:
        found, others = [], False
        rounds: dict[str, OpenedRound] = {}
        tasks = await self._source.ledger.reading.open_tasks(round_=round_id)
        await self._source.have(_list_streams(tasks, subject))
        for task in tasks:
            if task.log not in rounds:
                rounds[task.log] = await self._open_round(subject, task.log)
            viewer = rounds[task.log].viewer
            awaited = is_awaited(task, viewer)
            if awaited or viewer.is_staff:
                names = await read_names(self._source, subject, task.stream, rounds[task.log])
                found.append(show_task(task, names))
                others = others or not awaited
        if others:
            await self._source.note(subject, ReadKind.TASKS, *([round_stream(round_id)] if round_id else []))
        return tuple(found)

    async def _open_round(self, subject: Subject, log: str) -> OpenedRound:
        try:
            look = await self._source.look(subject, round_stream(log))
        except Hidden:
            return OpenedRound(viewer=Viewer(person=subject.person), rules=None)
        return await open_round(self._source, subject, look)


async def open_round(source: Source, subject: Subject, look: Look) -> OpenedRound:
    """Return a round whose tasks are shown: to staff those of many applications, so that all are named at once."""
    if not look.viewer.is_staff:
        return OpenedRound(viewer=look.viewer, rules=look.rules)
    rows, _ = await show_rows(source, subject, look)
    return OpenedRound(viewer=look.viewer, rules=look.rules, shown=rows.by_number)


class _Waiting:
    """What waits for one subject, page by page."""

    def __init__(self, source: Source, subject: Subject) -> None:
        self._source = source
        self._subject = subject
        self._relations: dict[str, RowRelations] = {}
        self.applies = subject.holds(Role.APPLICANT) and bool(subject.fact.employer)

    async def read(self, asked: TasksAsked) -> TaskList:
        """Return a page of it."""
        subject = self._subject
        rounds, page = await self._ask(asked)
        own = [task.stream for task, _ in page.tasks if task.person == subject.person]
        await self._source.have(list(dict.fromkeys(own)))
        nothing = OpenedRound(viewer=Viewer(person=subject.person), rules=None)
        found = []
        for task, text in page.tasks:
            around = rounds.get(task.log, nothing)
            if is_awaited(task, around.viewer):
                self._name_by_row(task, text, around)
                found.append(show_task(task, await read_names(self._source, subject, task.stream, around)))
        return TaskList(total=page.total, kinds=page.kinds, rounds=page.rounds, tasks=tuple(found))

    async def _ask(self, asked: TasksAsked) -> tuple[dict[str, OpenedRound], TaskPage]:
        """Return a page with the rounds at that moment.

        Rounds change seldom: it is asked for by what the subject was to those that are remembered, and asked for again
        where they are others.
        """
        memory = self._source.memory
        known = memory.recall_rounds()
        while True:
            states = await self._source.show_rounds(known.states)
            rounds = {state.round: self._see(state) for state in states.values()}
            waits_for = self._waits_for(rounds)
            page = await self._source.ledger.reading.list_awaited(waits_for, asked, known.marks)
            as_known = known.are_those_of(page.states)
            known = memory.learn_rounds(known, page.states)
            if as_known:
                self._source.keep(states)
                return rounds, page

    def _see(self, state: RoundState) -> OpenedRound:
        rules = rules_of(state)
        return OpenedRound(
            viewer=relation(state, self._subject.person, self._subject.fact, rules), rules=rules
        )

    def _waits_for(self, rounds: dict[str, OpenedRound]) -> WaitsFor:
        """Return whom `is_awaited` finds tasks to wait for."""
        roles = {role.value for role in Role}
        return WaitsFor(
            person=self._subject.person,
            roles=[
                (log, role)
                for log, around in rounds.items()
                if around.viewer.is_staff
                for role in roles & around.viewer.standings
            ],
            units=[(log, unit) for log, around in rounds.items() for unit in around.viewer.units],
            applies=self.applies,
        )

    def _name_by_row(self, task: TaskRow, text: str | None, around: OpenedRound) -> None:
        """Note what staff are shown of the application, off its row."""
        if text is None or not around.viewer.is_staff or task.stream in around.names:
            return
        known = self._source.memory.row(text)
        relations = self._relations.get(task.log)
        if relations is None:
            # Of a round, not of each task: a page of them is of one round or two.
            relations = RowRelations(self._subject.person, self._subject.fact, around.rules)
            self._relations[task.log] = relations
        shown, _ = show_row(known, relations.standings(known.row))
        names = _name(shown) if shown is not None else {}
        if names:
            around.names[task.stream] = names


def round_of(task: ShownTask) -> str:
    """Return the round of a task."""
    return task.stream.split("/")[1]


async def read_names(source: Source, subject: Subject, stream: str, around: OpenedRound) -> dict[str, str]:
    """Return the names of the task's application, as far as they show; none of another stream."""
    if not stream.startswith("application/"):
        return {}
    row = around.shown.get(stream.rpartition("/")[2])
    if row is not None and (named := _name(row)):
        return named
    if stream not in around.names:
        # The row alone does not tell who surveys, chairs or examines.
        state = await source.state(stream) or aggregate(stream).initial(stream)
        viewer = relation(state, subject.person, subject.fact, around.rules)
        around.names[stream] = _pick_names(visible_row(row_of(state), viewer) or {})
    return around.names[stream]


def show_task(task: TaskRow, names: dict[str, str]) -> ShownTask:
    """Return a task with the names of its application, as far as they show."""
    fields = {name: getattr(task, name) for name in _FIELDS}
    return ShownTask(**fields, **names)


def _list_streams(tasks: Sequence[TaskRow], subject: Subject) -> list[str]:
    """Return the streams that are looked at for these tasks: their rounds, and what waits for the subject by name."""
    rounds: Iterable[str] = (round_stream(task.log) for task in tasks)
    own = (task.stream for task in tasks if task.person == subject.person)
    return list(dict.fromkeys([*rounds, *own]))


def _name(row: ShownApplication) -> dict[str, str]:
    return {name: getattr(row, name) for name in NAMES & row.model_fields_set}


def _pick_names(shown: dict[str, Any]) -> dict[str, str]:
    return {name: shown[name] for name in NAMES & shown.keys()}


def is_awaited(task: TaskRow, viewer: Viewer) -> bool:
    """Tell whether a task waits for the viewer: by name, by unit, or as one who holds the role in the round."""
    if task.person is not None:
        return task.person == viewer.person
    by_role = viewer.is_staff and task.role.value in viewer.standings
    return viewer.acts_for(task.unit, task.role) or by_role
