"""What the function beneath every append looks at by itself, whoever calls it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from ledger.database.store import OWNER_ROLE, RECORDER_ROLE, Store
from ledger.errors import LedgerError, RecordDiverged, RecordHalted
from ledger.record import Ledger
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, leaf_bytes
from tests.ledger.support.privileges import drop_privileges
from tests.ledger.support.stand_in import AT, leaf

STREAM = "application/r/1"


async def append(ledger: Ledger, *leaves: Leaf, log: str = "r", stream: str = STREAM) -> str:
    """Append by the function beneath all others; return the constraint that refuses it."""
    bodies = [leaf_bytes(item) for item in leaves]
    store = await Store.open(ledger.store.url, role=OWNER_ROLE, size=1)
    asked = {"log": log, "stream": stream, "expected": leaves[0].version - 1, "bodies": bodies}
    try:
        await store.rows(
            "SELECT append_entries(%(log)s, %(stream)s, %(expected)s, %(bodies)s::bytea[])", asked
        )
    except LedgerError as error:
        cause = error.__cause__
        assert isinstance(cause, psycopg.Error)
        return cause.diag.constraint_name or ""
    finally:
        await store.close()
    return ""


def date_leaf(version: int, at: datetime, recorded: datetime | None = None, **changes: Any) -> Leaf:
    told = leaf(STREAM, version, **changes)
    return told.with_(at=at, recorded=recorded or at)


async def test_no_entry_is_dated_after_the_clock_or_after_it_was_recorded(ledger: Ledger) -> None:
    now = datetime.now(UTC)
    soon, early = now + timedelta(minutes=1), now - timedelta(minutes=1)
    assert await append(ledger, date_leaf(1, soon)) == "entries_dated"
    assert await append(ledger, date_leaf(1, early, soon)) == "entries_dated"
    assert await append(ledger, date_leaf(1, now, early)) == "entries_dated"
    assert await append(ledger, date_leaf(1, early, now)) == ""


async def test_no_entry_is_dated_before_the_one_that_it_follows_but_a_deadline(ledger: Ledger) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    earlier = AT - timedelta(days=1)
    assert await append(ledger, date_leaf(2, earlier, AT)) == "entries_dated"
    # A deadline is the engine's: nobody else's act is dated back by its name.
    assert await append(ledger, date_leaf(2, earlier, AT, command_id="deadline/check/2")) == "entries_dated"
    passed = date_leaf(2, earlier, AT, command_id="deadline/check/2").with_(actor=SYSTEM)
    assert await append(ledger, passed) == ""


@pytest.mark.parametrize(
    ("log", "stream"),
    [
        ("x", STREAM),
        ("r", "application/x/1"),
        ("r", "installation"),
        ("installation", STREAM),
        ("installation", "round/installation"),
    ],
)
async def test_a_stream_stands_in_the_log_of_its_name(ledger: Ledger, log: str, stream: str) -> None:
    refused = await append(ledger, leaf(stream, 1), log=log, stream=stream)
    assert refused == "entries_stream_continues"
    assert await ledger.reading.logs() == {"installation": 1}


async def test_a_halted_log_takes_nothing_until_it_is_opened_again(ledger: Ledger) -> None:
    await ledger.halts.halt("r", "lost")
    await ledger.halts.halt("r", "found a second time")
    assert set(await ledger.halts.list_all()) == {"r"}
    assert await append(ledger, leaf(STREAM, 1)) == "record_halted"
    with pytest.raises(RecordHalted):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    other = leaf("application/other/1", 1)
    assert await append(ledger, other, log="other", stream=other.stream) == ""
    assert await ledger.halts.lift("r")
    assert not await ledger.halts.lift("r")
    assert await append(ledger, leaf(STREAM, 1)) == ""


async def test_the_append_function_checks_what_it_is_given(ledger: Ledger, url: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    right, wrong = leaf_bytes(leaf(STREAM, 2)), leaf_bytes(leaf("application/r/2", 2))
    calls = [("r", STREAM, 0, [right]), ("r", STREAM, 2, [right]), ("r", STREAM, 1, [wrong])]
    calls += [("r", STREAM, 1, [right, right]), ("x", STREAM, 1, [right]), ("r", STREAM, 1, [])]
    calls.append(("r", STREAM, 2, [leaf_bytes(leaf(STREAM, 3))]))
    store = await Store.open(url, role=OWNER_ROLE)
    for call in calls:
        with pytest.raises((RecordDiverged, LedgerError)):
            await store.rows("SELECT append_entries(%s, %s, %s, %s::bytea[])", call)  # type: ignore[arg-type]
    assert await ledger.reading.logs() == {"r": 1, "installation": 1}
    await store.close()


async def test_a_table_of_the_same_name_catches_nothing_that_is_recorded(ledger: Ledger, url: str) -> None:
    caught = ("entries", "head", "snapshots", "outbox", "tasks", "people")
    async with await drop_privileges(url, RECORDER_ROLE) as connection:
        await connection.execute(b"SET search_path = pg_temp")
        for table in caught:
            await connection.execute(f"CREATE TEMP TABLE {table} (LIKE selection.{table})".encode())
        asked = "SELECT selection.record_leaves('r', %s, 0, %s::bytea[], 1, '{}', NULL, '[]', NULL, NULL, NULL, NULL)"
        await connection.execute(asked.encode(), (STREAM, [leaf_bytes(leaf(STREAM, 1))]))
        for table in caught:
            found = await connection.execute(f"SELECT FROM pg_temp.{table}".encode())
            assert await found.fetchall() == []
    assert [e.leaf for e in await ledger.reading.entries("r")] == [leaf(STREAM, 1)]
