"""Tasks kept as they show to somebody: what reading all of it anew tells, whatever changed in between."""

from datetime import timedelta

from ledger.database.store import OWNER_ROLE, open_session
from ledger.record import Ledger
from reading.access.memory import STATES, Memory
from reading.access.one_request import OneRequest
from reading.access.subject import Subject
from reading.models import ShownTask, TasksAsked
from reading.service import ReadService
from reading.tasks import READERS
from selection.application import events as a
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.projections.rows import row_of
from selection.round import events as r
from selection.round.state import rules_of
from selection.streams import log_of
from selection.visibility.reading import visible_row
from selection.visibility.viewer import RowRelations, relation
from tests.reading.functions import as_person, list_otherwise
from tests.reading.streams import STORIES, everybody, under_review
from tests.selection import round_stories, story
from tests.selection.story import Story

EXPERT, OFFICER = "expert-3", "officer-1"
NAME, CORRECTED = "Centre for Stage Engineering", "Centre for Corrected Engineering"
STREAM = under_review().stream


class Portal:
    """What one process of the portal reads, each list of tasks in a request of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.memory = ledger, Memory(ledger.reading)

    async def list_tasks(self, who: Subject) -> list[ShownTask]:
        """Return what waits for somebody: twice the same, and the same as to who remembers nothing."""
        first, again, anew = [
            await ReadService(self.ledger, OneRequest(self.ledger, who, memory)).tasks.list_open(who)
            for memory in (self.memory, self.memory, Memory(self.ledger.reading))
        ]
        assert first == again == anew
        return list(first)

    async def list_on(self, person: str, stream: str = STREAM) -> list[ShownTask]:
        """Return what waits for somebody on one stream."""
        who = await as_person(self.ledger, person)
        return [task for task in await self.list_tasks(who) if task.stream == stream]

    async def tell(self, told: Story, *events: tuple[Actor, object]) -> None:
        """Have more happen on a stream."""
        known = len(told.leaves)
        for actor, event in events:
            told.tell(actor, event)  # type: ignore[arg-type]
        for leaf in told.leaves[known:]:
            await self.ledger.record.append(log_of(leaf.stream), leaf.stream, [leaf])


async def correct(url: str, stream: str) -> None:
    """Have another name stand in an application's state and its row, at whatever stage it is."""
    async with await open_session(url, OWNER_ROLE) as connection:
        for table, column, kind in (("snapshots", "state", "text"), ("applications", '"row"', "jsonb")):
            await connection.execute(
                f"UPDATE {table} SET {column} = replace({column}::text, %s, %s)::{kind} WHERE stream = %s",
                [NAME, CORRECTED, stream],
            )


async def test_tasks_that_are_kept_are_those_of_the_very_reader(ledger: Ledger) -> None:
    portal, told = Portal(ledger), 0
    for person in everybody():
        who = await as_person(ledger, person)
        for subject in (who, *list_otherwise(who), who):
            told += len(await portal.list_tasks(subject))
    assert told


def test_who_is_the_same_to_rows_is_the_same_to_states() -> None:
    rules, seen = rules_of(round_stories.round_story().state), dict[object, object]()
    states = [step.after for told in STORIES for step in told.steps if told.stream.startswith("application/")]
    for person in everybody():
        for sealed in (rules, None):
            relations = RowRelations(person, None, sealed)
            shown = [visible_row(row_of(state), relation(state, person, None, sealed)) for state in states]
            assert seen.setdefault(relations.key, shown) == shown, person
    assert len(seen) == 2 * len(everybody())


async def test_a_name_that_was_corrected_shows_at_once(ledger: Ledger, url: str) -> None:
    portal = Portal(ledger)
    assert [task.name_en for task in await portal.list_on(EXPERT)] == [NAME]
    await correct(url, STREAM)
    assert [task.name_en for task in await portal.list_on(EXPERT)] == [CORRECTED]


async def test_to_staff_a_corrected_name_shows_at_once_too(ledger: Ledger, url: str) -> None:
    portal, told = Portal(ledger), Story(f"application/{story.ROUND}/0077")
    await portal.tell(
        told,
        (story.AGENT, story.make_application_submitted(1)),
        (SYSTEM, story.make_recommendation(1)),
        (SYSTEM, a.CheckOpened(deadline=story.UNTIL)),
    )
    assert [task.name_en for task in await portal.list_on(OFFICER, told.stream)] == [NAME]
    await correct(url, told.stream)
    assert [task.name_en for task in await portal.list_on(OFFICER, told.stream)] == [CORRECTED]


async def test_who_gave_up_the_seat_has_no_task_any_more(ledger: Ledger) -> None:
    portal, told = Portal(ledger), under_review()
    assert await portal.list_on(EXPERT)
    vacated = a.SeatVacated(seat=3, expert=EXPERT, why="conflict")
    await portal.tell(told, (Actor(person=EXPERT, role=Role.EXPERT), vacated))
    assert await portal.list_on(EXPERT) == []


async def test_a_deadline_that_was_moved_shows_at_once(ledger: Ledger) -> None:
    portal, told = Portal(ledger), round_stories.round_story()
    (before,) = await portal.list_on(EXPERT)
    assert before.until is not None
    later = before.until + timedelta(days=30)
    moved = r.DeadlineExtended(name="invitation", old=None, until=later, reason=story.ref("x"))
    await portal.tell(told, (story.OFFICER, moved))
    assert [task.until for task in await portal.list_on(EXPERT)] == [later]


async def test_the_very_state_of_a_hash_is_named_and_no_later_one(ledger: Ledger, url: str) -> None:
    """An act between the list and the look at its applications must not have a name kept under the former hash."""
    portal, who = Portal(ledger), await as_person(ledger, EXPERT)
    source = OneRequest(ledger, who, portal.memory)
    have = source.have

    async def act_before(streams: object) -> None:
        if STREAM in streams:  # type: ignore[operator]
            await correct(url, STREAM)
        await have(streams)  # type: ignore[arg-type]

    source.have = act_before  # type: ignore[method-assign]
    await ReadService(ledger, source).tasks.list_page(who, TasksAsked(limit=25))
    kept = [known for known in portal.memory._tasks.values() if known.task.stream == STREAM]
    assert kept
    assert not any(known.made for known in kept)
    assert [task.name_en for task in await portal.list_on(EXPERT)] == [CORRECTED]


async def test_what_is_kept_is_bounded_and_holds_no_stored_text(ledger: Ledger) -> None:
    portal = Portal(ledger)
    who = await as_person(ledger, OFFICER)
    await portal.list_tasks(who)
    for unit in range(2 * READERS):
        units = who.fact.with_(roles={**who.fact.roles, Role.RECOMMENDER.value: (f"unit-{unit}",)})
        await portal.list_tasks(who.with_(fact=units))
    kept = portal.memory._tasks
    assert max(len(known.made) for known in kept.values()) == READERS
    (text, *_) = kept
    for number in range(STATES + 5):
        portal.memory.task(text.replace('"key":"', f'"key":"{number}-'))
    assert len(kept) == STATES
    assert "canary" not in str(kept)
