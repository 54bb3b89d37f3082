"""What the read service remembers between requests is what the record says now."""

import asyncio

from ledger.record import Ledger
from reading.access.memory import NONE, READ_WHOLE_EVERY, KnownRounds, KnownRow, KnownRows, Memory
from reading.access.one_request import OneRequest
from reading.access.subject import Subject
from reading.models import TaskList, TasksAsked
from reading.service import ReadService
from selection.projections.open_tasks import OpenTask
from selection.projections.rows import ApplicationRow
from selection.streams import aggregate
from selection.visibility.reading import visible_tasks
from selection.visibility.viewer import Viewer, relation
from tests.reading.functions import as_person
from tests.reading.streams import MAIN, everybody
from tests.selection.story import ROUND

PAGE = 3


async def test_a_state_that_is_known_is_read_again_once_its_text_is_another(ledger: Ledger) -> None:
    memory, stream = Memory(ledger.reading), MAIN.stream
    first = (await memory.states([stream]))[stream]
    assert (await memory.states([stream]))[stream] is first
    found = await ledger.reading.snapshot(stream)
    assert found is not None
    assert first == aggregate(stream).load(found.state)
    # As after a restoration: at the same version something else is known.
    memory._states[stream] = (b"of another text", "another state")
    assert (await memory.states([stream, "application/none/1"])) == {stream: first}


async def test_rows_are_those_of_the_record_whatever_was_known(ledger: Ledger) -> None:
    stored = await ledger.reading.applications(ROUND)
    wanted = {row["number"]: ApplicationRow.model_validate(row) for row in stored}

    def list_rows(rows: KnownRows) -> dict[str, ApplicationRow]:
        return {known.row.number: known.row for known in rows.by_stream.values()}

    memory = Memory(ledger.reading)
    whole = await memory.rows(ROUND)
    assert list_rows(whole) == wanted
    assert await memory.rows(ROUND) is whole
    assert await memory.rows("no-round") is NONE
    entries = await ledger.reading.entries(ROUND)
    for size in (1, len(entries) // 2, len(entries) - 1):
        # As if it had been read when the log held so many entries: what changed since is wrong, the rest is kept.
        changed = {entry.leaf.stream for entry in entries[size:]}
        kept = {name: row for name, row in whole.by_stream.items() if name not in changed}
        memory._rounds[ROUND] = KnownRows(size, entries[size - 1].leaf_hash, kept, _now())
        assert list_rows(await memory.rows(ROUND)) == wanted
    # A rebuild mended a row, and the log is as it was: what was known goes after a while, also as the log goes on.
    wrong = dict.fromkeys(
        whole.by_stream, KnownRow(next(iter(wanted.values())).model_copy(update={"host": "x"}))
    )
    for size, ago in ((len(entries), READ_WHOLE_EVERY), (len(entries) - 1, READ_WHOLE_EVERY)):
        mark, since = entries[size - 1].leaf_hash, _now() - ago
        memory._rounds[ROUND] = KnownRows(size, mark, wrong, since)
        assert list_rows(await memory.rows(ROUND)) == wanted
    memory._rounds[ROUND] = KnownRows(
        len(entries) - 1, entries[-2].leaf_hash, whole.by_stream, since := since + 9
    )
    assert (await memory.rows(ROUND)).whole_at == since
    # Another log was there before a restoration, as long as this one or longer: nothing of it is kept.
    for size in (len(entries), len(entries) + 5, 1):
        memory._rounds[ROUND] = KnownRows(size, b"of another log", {"application/gone/1": NONE})  # type: ignore[dict-item]
        assert list_rows(await memory.rows(ROUND)) == wanted


async def test_pages_of_tasks_together_are_the_whole_list_of_everybody(ledger: Ledger) -> None:
    reads = ReadService(ledger)
    seen = 0
    for person in everybody():
        who = await as_person(ledger, person)
        whole = await reads.tasks.list_open(who)
        for sort in ("", "since"):
            pages = await _read_pages(reads, who, sort)
            if pages is None:
                continue
            assert {page.total for page in pages} <= {len(whole)}
            told = [task for page in pages for task in page.tasks]
            assert sorted(told, key=str) == sorted(whole, key=str)
            assert sort or told == list(whole)
            seen += len(told)
            assert [task.since for task in told] == sorted(task.since for task in told) or sort != "since"
    assert seen


async def test_tasks_are_listed_by_the_rounds_as_they_are_whatever_was_known_of_them(ledger: Ledger) -> None:
    now = await _read_rounds(ledger)
    empty = {stream: aggregate(stream).initial(stream) for stream in now.states}
    gone = "round/gone"
    before = (
        KnownRounds({}, {}),
        KnownRounds(dict.fromkeys(now.marks, b"of another text"), empty),
        KnownRounds({**now.marks, gone: b"gone"}, {**now.states, gone: aggregate(gone).initial(gone)}),
    )
    told = 0
    for person in everybody():
        who = await as_person(ledger, person)
        wanted = await ReadService(ledger).tasks.list_open(who)
        told += len(wanted)
        for known in before:
            memory = Memory(ledger.reading)
            memory._known_rounds = known
            source = OneRequest(ledger, who, memory)
            assert await ReadService(ledger, source).tasks.list_open(who) == wanted
            assert memory.recall_rounds() == now
            assert await source.state(next(iter(now.states))) is not None
    assert told


async def test_a_round_that_is_known_is_the_same_for_whoever_asks(ledger: Ledger) -> None:
    memory = Memory(ledger.reading)
    first = await memory.rounds()
    assert (await memory.states(list(first))) == first
    assert all(found is first[stream] for stream, found in (await memory.states(list(first))).items())
    memory._known_rounds = KnownRounds({}, {})
    assert all(found is first[stream] for stream, found in (await memory.rounds()).items())


async def test_of_every_task_the_list_is_as_told_one_by_one(ledger: Ledger) -> None:
    reads, memory = ReadService(ledger), Memory(ledger.reading)
    rounds = {state.round: state for state in (await memory.rounds()).values()}
    for person in everybody():
        who, wanted = await as_person(ledger, person), set()
        for task in await ledger.reading.open_tasks():
            state = rounds.get(task.log)
            viewer = relation(state, person, who.fact, state.sealed) if state else Viewer(person=person)
            by_role = viewer.acts_for(task.unit, task.role) or task.role.value in viewer.standings
            mine = task.person == person if task.person is not None else by_role
            open_task = OpenTask(**task.model_dump(exclude={"log", "stream"}))
            if mine and visible_tasks([open_task], viewer):
                wanted.add((task.stream, task.key))
        found = await reads.tasks.list_open(who)
        assert {(task.stream, task.key) for task in found} == wanted, person


async def _read_rounds(ledger: Ledger) -> KnownRounds:
    memory = Memory(ledger.reading)
    await memory.rounds()
    return memory.recall_rounds()


async def _read_pages(reads: ReadService, who: Subject, sort: str) -> list[TaskList] | None:
    first = await reads.tasks.list_page(who, TasksAsked(sort=sort, limit=PAGE))
    if first is None:
        return None
    rest = [
        await reads.tasks.list_page(who, TasksAsked(sort=sort, limit=PAGE, page=number))
        for number in range(2, -(-first.total // PAGE) + 1)
    ]
    beyond = await reads.tasks.list_page(who, TasksAsked(sort=sort, limit=PAGE, page=first.total + 50))
    assert beyond == (rest[-1] if rest else first)
    return [first, *(page for page in rest if page is not None)]


def _now() -> float:
    return asyncio.get_running_loop().time()
