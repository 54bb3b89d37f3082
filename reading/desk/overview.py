"""The desk of a round: how far it is, who is late, what its people can do."""

from collections.abc import Sequence

from ledger.log.reading import Row
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.desk.models import Late, QuotaUse, RoundDesk, Waiting, WaitingList
from reading.errors import Hidden
from reading.models import RoundTasksAsked, ShownRound
from reading.rounds import find_names, list_deadlines, list_levels
from reading.tasks import is_awaited, open_round, read_names, show_task
from selection.kernel.day_clock import start_of_day
from selection.kernel.named import Named
from selection.kernel.stages import Outcome, Stage
from selection.projections.possible import list_possible
from selection.round.state import RoundState, rules_of
from selection.rules.model import RoundRules
from selection.visibility.viewer import OVERSEEING, relation

LATE_SHOWN = 10
"""People and units that a desk names as late, at most [D]."""


class DeskReads(Part):
    """What who oversees a round can read of its course, and its staff of who is late in it."""

    async def get(self, subject: Subject, round_id: str) -> RoundDesk:
        """Return the desk of a round. Raises Hidden to who does not oversee it."""
        look = await self._source.look_at_round(subject, round_id)
        state: RoundState = look.state
        if not look.oversees or state.sealed is None:
            raise Hidden
        await self._source.note(subject, ReadKind.PROGRESS, state.stream)
        record = self._source.ledger.reading
        counts, ended = await record.counts(round_id), await record.outcomes(round_id)
        return RoundDesk(
            row=ShownRound(**look.get_row()),
            names=find_names(self._source.memory, state),
            opens=start_of_day(state.sealed.clock, state.sealed.calendar.call),
            deadlines=list_deadlines(state),
            stages={stage.value: counts[stage.value] for stage in Stage if stage.value in counts},
            outcomes={outcome.value: ended[outcome.value] for outcome in Outcome if outcome.value in ended},
            approval=list_levels(look),
            acts=list_possible(state, subject.person),
            waiting=await self._count_waiting(look) if look.viewer.is_staff else None,
            quotas=await self._list_quotas(state.rules_in_force, round_id) if look.viewer.is_staff else None,
            standings=frozenset(look.viewer.standings),
        )

    async def list_late(self, subject: Subject, round_id: str) -> tuple[Late, ...]:
        """Return who is late in a round, those with the most tasks first. Raises Hidden to who is not of its staff.

        That names people and units with what they owe, so it is noted as the tasks of others.
        """
        look = await self._source.look_at_round(subject, round_id)
        if not look.viewer.is_staff:
            raise Hidden
        found = await self._source.ledger.reading.late(round_id, LATE_SHOWN)
        if found:
            await self._source.note(subject, ReadKind.TASKS, look.state.stream)
        return tuple(Late(**item.model_dump()) for item in found)

    async def list_waiting(self, subject: Subject, round_id: str, asked: RoundTasksAsked) -> WaitingList:
        """Return a page of what waits in a round for anybody. Raises Hidden to who is not of its staff."""
        look = await self._source.look_at_round(subject, round_id)
        if not look.viewer.is_staff:
            raise Hidden
        page = await self._source.ledger.reading.round_tasks(round_id, asked)
        opened = await open_round(self._source, subject, look)
        await self._source.have([task.stream for task in page.tasks if task.person == subject.person])
        # Whom all tasks wait for is shown beside those of the page.
        if {*page.whos} - {subject.person} or any(not is_awaited(task, look.viewer) for task in page.tasks):
            await self._source.note(subject, ReadKind.TASKS, look.state.stream)
        tasks = [
            show_task(task, await read_names(self._source, subject, task.stream, opened))
            for task in page.tasks
        ]
        return WaitingList(**{**page._asdict(), "tasks": tuple(tasks)})

    async def list_overseen(self, subject: Subject) -> tuple[str, ...]:
        """Return the rounds that the subject oversees, which is their own to know."""
        return tuple(
            state.round
            for state in (await self._source.rounds()).values()
            if not OVERSEEING.isdisjoint(
                relation(state, subject.person, subject.fact, rules_of(state)).standings
            )
        )

    async def _count_waiting(self, look: Look) -> tuple[Waiting, ...]:
        counts = await self._source.ledger.reading.task_counts(look.state.round)
        return tuple(Waiting(**item.model_dump()) for item in counts)

    async def _list_quotas(self, rules: RoundRules, round_id: str) -> tuple[QuotaUse, ...]:
        lists = await self._source.ledger.reading.lists(round_id)
        return use_of_quotas(rules, lists)


def use_of_quotas(rules: RoundRules, lists: Sequence[Row]) -> tuple[QuotaUse, ...]:
    """Return for each recommending unit how many of its places its list takes, the fullest first."""
    rows = {row["unit"]: row for row in lists}
    found = []
    for unit in rules.recommenders:
        row = rows.get(unit.code)
        found.append(
            QuotaUse(
                unit=Named(code=unit.code, en=unit.en, zh=unit.zh),
                quota=rules.quota_of(unit.code),
                used=len(row["listed"]) if row else 0,
                closed=bool(row and row["closed"]),
            )
        )
    return tuple(sorted(found, key=lambda item: -item.used / item.quota))
