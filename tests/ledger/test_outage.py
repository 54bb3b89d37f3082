import asyncio
import itertools
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from ledger.database.migrate import migrate
from ledger.database.store import RECORDER_ROLE
from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from portal.backend import ROLE as PORTAL
from selection.kernel.leaf import Receipt
from selection.signing.reading import COUNTS_FOR
from tests.ledger.support.logins import new_postgres
from tests.ledger.support.stand_in import StandIn, leaf
from tests.running.waiting import STUCK_AFTER

STREAM = "application/r/1"


async def append_until_recorded(ledger: Ledger, stream: str, version: int) -> Receipt:
    """Repeat an append as the record activity does: the same bytes until the record answers."""
    while True:
        try:
            return (await ledger.record.append("r", stream, [leaf(stream, version)]))[0]
        except RecordUnavailable:
            await asyncio.sleep(0.05)


@pytest.mark.stack
async def test_killed_under_load_the_log_has_no_hole_and_no_double(tmp_path: Path) -> None:
    postgres = new_postgres(tmp_path, synced=True)
    await postgres.start()
    await migrate(postgres.url)
    ledger = await Ledger.connect(postgres.url, fold=StandIn(), role=RECORDER_ROLE)

    enough = asyncio.Event()
    answered: list[int] = []

    async def write(writer: int) -> None:
        for version in itertools.count(1):
            receipt = await append_until_recorded(ledger, f"application/r/{writer}", version)
            answered.append(receipt.seq)
            if enough.is_set():
                break

    async def further() -> None:
        """Wait until the writers have come further, and all of them go on."""
        goal = len(answered) + 40
        async with asyncio.timeout(STUCK_AFTER):
            while len(answered) < goal:
                await asyncio.sleep(0.01)

    writing = asyncio.gather(*(write(n) for n in range(4)))
    for _ in range(2):
        await further()
        postgres.kill()
        await postgres.start()
    await further()
    enough.set()
    await asyncio.wait_for(writing, STUCK_AFTER)
    entries = [entry async for entry in ledger.reading.all_entries("r")]
    assert sorted(answered) == [entry.seq for entry in entries] == list(range(len(entries)))
    assert len({(entry.leaf.stream, entry.leaf.version) for entry in entries}) == len(entries)
    await ledger.close()
    await postgres.stop()


@pytest.mark.stack
async def test_what_was_answered_at_the_sign_in_counts_no_second_time_after_a_crash(tmp_path: Path) -> None:
    """Within the five minutes of a question the database is back, and its seal with it."""
    postgres = new_postgres(tmp_path, synced=True)
    await postgres.start()
    await migrate(postgres.url)
    until = datetime.now(UTC) + COUNTS_FOR
    for first in (True, False):
        ledger = await Ledger.connect(postgres.url, fold=StandIn(), role=PORTAL)
        assert await ledger.portal_questions.use("random", until) is first
        await ledger.close()
        postgres.kill()
        await postgres.start()
    await postgres.stop()


async def test_a_session_that_sleeps_on_the_head_does_not_stop_the_log(ledger: Ledger, url: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    sleeper = await psycopg.AsyncConnection.connect(url)
    await sleeper.execute(b"UPDATE selection.head SET size = size + 1 WHERE log = 'r'")
    async with asyncio.timeout(STUCK_AFTER):
        # It gives up by itself: the other session sleeps on until its own limit ends it.
        with pytest.raises(RecordUnavailable):
            await ledger.record.append("r", STREAM, [leaf(STREAM, 2)])
        await sleeper.execute(b"SET idle_in_transaction_session_timeout = '1s'")
        receipt = await append_until_recorded(ledger, STREAM, 2)
    assert receipt.seq == 1
    await sleeper.close()
