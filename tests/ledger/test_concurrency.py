import asyncio
from random import Random

from ledger.database.store import RECORDER_ROLE, Store
from ledger.record import Ledger
from tests.ledger.support.stand_in import StandIn, leaf
from tests.running.waiting import STUCK_AFTER

WRITERS = 8
EACH = 30
GIVEN_UP = 400


async def test_eight_writers_leave_no_hole_and_no_double(ledger: Ledger) -> None:
    async def write(writer: int) -> None:
        stream = f"application/r/{writer}"
        for version in range(1, EACH + 1):
            await ledger.record.append("r", stream, [leaf(stream, version)])

    seen: list[int] = []

    async def poll() -> None:
        while len(seen) < WRITERS * EACH:
            after = seen[-1] if seen else -1
            seen.extend(entry.seq for entry in await ledger.reading.entries("r", after=after))
            await asyncio.sleep(0.001)

    await asyncio.wait_for(asyncio.gather(poll(), *(write(n) for n in range(WRITERS))), STUCK_AFTER)
    assert seen == list(range(WRITERS * EACH))
    for writer in range(WRITERS):
        versions = [e.leaf.version for e in await ledger.reading.stream_entries(f"application/r/{writer}")]
        assert versions == list(range(1, EACH + 1))


async def test_the_same_append_at_once_from_two_processes_is_recorded_once(ledger: Ledger, url: str) -> None:
    other = await Ledger.connect(url, fold=StandIn(), role=RECORDER_ROLE)
    stream = "application/r/1"
    for version in range(1, 21):
        batch = [leaf(stream, version)]
        calls = [book.record.append("r", stream, batch) for book in (ledger, other) for _ in range(3)]
        answers = await asyncio.gather(*calls)
        assert all(answer == answers[0] for answer in answers)
    assert await ledger.reading.head("r") == 20
    await other.close()


async def test_who_is_given_up_leaves_nothing_for_who_is_lent_the_session_next(url: str) -> None:
    chance = Random(11)

    async def write(store: Store) -> None:
        async with store.transaction() as connection:
            for _ in range(3):
                await connection.execute("select 1 as one")

    store = await Store.open(url, size=1)
    try:
        for _ in range(GIVEN_UP):
            writing = asyncio.create_task(write(store))
            for _ in range(chance.randrange(30)):
                await asyncio.sleep(0)
            await asyncio.sleep(chance.choice((0, 0.0005, 0.001, 0.002)))
            writing.cancel()
            await asyncio.wait([writing])
            assert await store.rows("select 2 as two") == [{"two": 2}]
    finally:
        await store.close()
