"""Open tasks: what waits for a person, and for staff also what waits for others."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ledger.log.tasks import AwaitedTask, TaskPage, TaskRow, TasksAsked, WaitsFor
from reading.access.kinds import ReadKind
from reading.access.memory import KnownTask
from reading.access.part import Part
from reading.access.source import Look, Source
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.errors import Hidden
from reading.models import ShownApplication, ShownTask, TaskList
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Role
from selection.projections.rows import ApplicationRow, row_of
from selection.round.state import RoundState, rules_of
from selection.rules.model import RoundRules
from selection.streams import aggregate, round_stream
from selection.visibility.reading import visible_row
from selection.visibility.viewer import RowRelations, Viewer, relation

NAMES = frozenset({"name_en", "name_zh", "host", "host_en", "host_zh"})
"""What a task shows of its application's row."""
READERS = 24
"""Readers for whom a task is kept as it shows, those whom it was shown last [D]."""

_FIELDS = tuple(name for name in TaskRow.model_fields if name != "log")
"""What is shown of a task's row."""


@dataclass
class OpenedRound:
    """A round with what the subject is to it, and the names of its applications by stream, as far as known."""

    subject: Subject
    viewer: Viewer
    rules: RoundRules | None
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    shown: Mapping[str, ShownApplication] = field(default_factory=dict)
    """What staff are shown of its applications, by number."""

    @cached_property
    def relations(self) -> RowRelations:
        """What the subject is to its applications: it is found once, and not for each of them."""
        return RowRelations(self.subject.person, self.subject.fact, self.rules)

    @cached_property
    def reader(self) -> Hashable:
        """All that what shows of an application depends on beside its state."""
        return self.relations.key


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
            return OpenedRound(subject, Viewer(person=subject.person), None)
        return await open_round(self._source, subject, look)


async def open_round(source: Source, subject: Subject, look: Look) -> OpenedRound:
    """Return a round whose tasks are shown: to staff those of many applications, so that all are named at once."""
    if not look.viewer.is_staff:
        return OpenedRound(subject, look.viewer, look.rules)
    rows, _ = await show_rows(source, subject, look)
    return OpenedRound(subject, look.viewer, look.rules, shown=rows.by_number)


class _Waiting:
    """What waits for one subject, page by page."""

    def __init__(self, source: Source, subject: Subject) -> None:
        self._source = source
        self._subject = subject
        self._rows: dict[str, tuple[bytes, str]] = {}
        self.applies = subject.holds(Role.APPLICANT) and bool(subject.fact.employer)

    async def read(self, asked: TasksAsked) -> TaskList:
        """Return a page of it."""
        rounds, page = await self._ask(asked)
        nothing = OpenedRound(self._subject, Viewer(person=self._subject.person), None)
        waiting = [
            (known, rounds.get(known.task.log, nothing))
            for known in map(self._source.memory.task, page.tasks)
        ]
        awaited = [(known, around) for known, around in waiting if is_awaited(known.task, around.viewer)]
        await self._read([known.task for known, around in awaited if around.reader not in known.made])
        tasks = [
            known.made.get(around.reader) or await self._show(known, around) for known, around in awaited
        ]
        return TaskList(total=page.total, kinds=page.kinds, rounds=page.rounds, tasks=tuple(tasks))

    async def _read(self, tasks: Sequence[AwaitedTask]) -> None:
        """Read the applications of tasks that are not known as they show: rows for staff, states for others."""
        named = [task for task in tasks if task.mark is not None]
        by_role = {task.stream for task in named if task.by_role}
        if by_role:
            self._rows |= await self._source.ledger.reading.read_marked_rows(by_role)
        recall = self._source.memory.recall
        states = (task for task in named if not task.by_role and recall(task.stream, task.mark) is None)
        await self._source.have({task.stream: None for task in states})

    async def _ask(self, asked: TasksAsked) -> tuple[dict[str, OpenedRound], TaskPage]:
        """Return a page with the rounds at that moment.

        Rounds change seldom: it is asked for by what the subject was to those that are remembered, and asked for again
        where they are others.
        """
        while True:
            known = self._source.memory.recall_rounds()
            states = await self._source.show_rounds(known.states)
            rounds = {state.round: self._see(state) for state in states.values()}
            page = await self._source.ledger.reading.list_awaited(self._waits_for(rounds), asked)
            if page.mark == known.mark:
                self._source.keep(states)
                return rounds, page
            await self._source.memory.rounds()

    def _see(self, state: RoundState) -> OpenedRound:
        rules = rules_of(state)
        return OpenedRound(
            self._subject, relation(state, self._subject.person, self._subject.fact, rules), rules
        )

    def _waits_for(self, rounds: dict[str, OpenedRound]) -> WaitsFor:
        """Return whom `is_awaited` finds tasks to wait for."""
        roles = {role.value for role in Role}
        return WaitsFor(
            person=self._subject.person,
            roles=[(log, role) for log, around in rounds.items() for role in roles & around.viewer.posts],
            units=[(log, unit) for log, around in rounds.items() for unit in around.viewer.units],
            applies=self.applies,
        )

    async def _show(self, known: KnownTask, around: OpenedRound) -> ShownTask:
        """Return a task as it shows, which is kept with its text if that holds all that it follows from."""
        names = self._find_names(known.task, around)
        if names is None:
            subject, stream = self._subject, known.task.stream
            return show_task(known.task, await read_names(self._source, subject, stream, around))
        shown = known.made[around.reader] = show_task(known.task, names)
        while len(known.made) > READERS:
            del known.made[next(iter(known.made))]
        return shown

    def _find_names(self, task: AwaitedTask, around: OpenedRound) -> dict[str, str] | None:
        """Return the names of a task's application off the very row, as staff are shown it, or state of its hash.

        None where neither tells: a row shows nothing to who is a party to it, and both may be others by now.
        """
        if not is_on_application(task.stream):
            return {}
        if not task.by_role:
            state = self._source.memory.recall(task.stream, task.mark)
            return None if state is None else name_state(state, self._subject, around)
        mark, text = self._rows.get(task.stream, (b"", ""))
        if mark != task.mark or not around.viewer.is_staff:
            return None
        row = ApplicationRow.model_validate_json(text)
        viewer = Viewer(person="", standings=around.relations.standings(row))
        return _pick_names(visible_row(row, viewer)) or None


def round_of(task: ShownTask) -> str:
    """Return the round of a task."""
    return task.stream.split("/")[1]


def is_on_application(stream: str) -> bool:
    """Tell whether a task of this stream is done on an application, whose names it shows."""
    return stream.startswith("application/")


async def read_names(source: Source, subject: Subject, stream: str, around: OpenedRound) -> dict[str, str]:
    """Return the names of the task's application, as far as they show; none of another stream."""
    if not is_on_application(stream):
        return {}
    row = around.shown.get(stream.rpartition("/")[2])
    if row is not None and (named := _name(row)):
        return named
    if stream not in around.names:
        state = await source.state(stream) or aggregate(stream).initial(stream)
        around.names[stream] = name_state(state, subject, around)
    return around.names[stream]


def name_state(state: StreamState, subject: Subject, around: OpenedRound) -> dict[str, str]:
    """Return the names of an application as they show: who surveys, chairs or examines its state alone tells."""
    viewer = relation(state, subject.person, subject.fact, around.rules)
    return _pick_names(visible_row(row_of(state), viewer))


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


def _pick_names(shown: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: shown[name] for name in NAMES & shown.keys()} if shown is not None else {}


def is_awaited(task: TaskRow, viewer: Viewer) -> bool:
    """Tell whether a task waits for the viewer: by name, by unit, or as one who holds the post in the round."""
    if task.by_role:
        return task.role.value in viewer.posts
    return task.person == viewer.person if task.person is not None else viewer.acts_for(task.unit, task.role)
