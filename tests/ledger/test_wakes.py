import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

import psycopg

from ledger.record import Ledger
from tests.ledger.support.stand_in import leaf, letter

LEASE = timedelta(seconds=30)


async def fill(ledger: Ledger, count: int, stage: str) -> list[str]:
    streams = [f"application/r/{n}" for n in range(count)]
    await asyncio.gather(*(ledger.record.append("r", s, [leaf(s, 1, stage=stage)]) for s in streams))
    return streams


async def test_the_last_of_many_at_once_wakes_the_round_exactly_once(ledger: Ledger) -> None:
    for attempt in range(5):
        log = f"r{attempt}"
        streams = [f"application/{log}/{n}" for n in range(8)]
        await asyncio.gather(*(ledger.record.append(log, s, [leaf(s, 1, stage="check")]) for s in streams))
        assert await ledger.outbox.counts(log) == {}
        await asyncio.gather(*(ledger.record.append(log, s, [leaf(s, 2, stage="review")]) for s in streams))
        assert await ledger.outbox.counts(log) == {("wake", "pending"): 1}


async def test_no_wake_while_one_is_left(ledger: Ledger) -> None:
    streams = await fill(ledger, 3, "check")
    for stream in streams[:2]:
        await ledger.record.append("r", stream, [leaf(stream, 2, stage="review")])
    await ledger.record.append("r", streams[2], [leaf(streams[2], 2, note="still here")])
    assert await ledger.outbox.counts("r") == {}
    await ledger.record.append("r", streams[2], [leaf(streams[2], 3, stage="review")])
    wakes = await ledger.outbox.claim(10, LEASE)
    assert [wake.body for wake in wakes] == [{"round": "r", "stage": "check"}]


async def test_a_stage_that_empties_again_wakes_again_also_while_the_first_is_being_sent(
    ledger: Ledger,
) -> None:
    (stream,) = await fill(ledger, 1, "check")
    await ledger.record.append("r", stream, [leaf(stream, 2, stage="mending")])
    (first,) = await ledger.outbox.claim(10, LEASE)
    await ledger.record.append("r", stream, [leaf(stream, 3, stage="check")])
    await ledger.record.append("r", stream, [leaf(stream, 4, stage="review")])
    assert not await ledger.outbox.mark_sent(first)
    woken = await ledger.outbox.claim(10, LEASE)
    assert sorted(wake.body["stage"] for wake in woken) == ["check", "mending"]
    assert all([await ledger.outbox.mark_sent(wake) for wake in woken])


async def test_wakes_of_one_stage_are_bounded(ledger: Ledger) -> None:
    (stream,) = await fill(ledger, 1, "check")
    sent, began = 0, monotonic()
    for turn in range(30):
        await ledger.record.append("r", stream, [leaf(stream, 2 * turn + 2, stage="review")])
        await ledger.record.append("r", stream, [leaf(stream, 2 * turn + 3, stage="check")])
        for wake in await ledger.outbox.claim(10, LEASE):
            sent += wake.body["stage"] == "check"
            await ledger.outbox.mark_sent(wake)
    # The next waits a second, the one after it two; on a busy machine some of them come due meanwhile.
    late = sent - 21
    assert late >= 0
    assert late * (late + 1) / 2 <= monotonic() - began


async def test_a_stage_that_empties_more_often_still_wakes_but_up_to_a_minute_later(ledger: Ledger) -> None:
    (stream,) = await fill(ledger, 1, "check")
    for turn in range(85):
        await ledger.record.append("r", stream, [leaf(stream, 2 * turn + 2, stage="review")])
        for wake in await ledger.outbox.claim(10, LEASE, datetime.now(UTC) + timedelta(hours=1)):
            await ledger.outbox.mark_sent(wake)
        await ledger.record.append("r", stream, [leaf(stream, 2 * turn + 3, stage="check")])
    await ledger.record.append("r", stream, [leaf(stream, 172, stage="review")])
    now = datetime.now(UTC)
    assert [wake.body["stage"] for wake in await ledger.outbox.claim(10, LEASE, now)] == []
    due = await ledger.outbox.claim(10, LEASE, now + timedelta(seconds=61))
    assert "check" in [wake.body["stage"] for wake in due]


async def test_a_later_stage_of_the_round_is_woken_anew(ledger: Ledger) -> None:
    (stream,) = await fill(ledger, 1, "check")
    await ledger.record.append("r", stream, [leaf(stream, 2, stage="review")])
    await ledger.record.append("r", "round/r", [leaf("round/r", 1, stage="checking")])
    await ledger.record.append("r", stream, [leaf(stream, 3, stage="check")])
    await ledger.record.append("r", stream, [leaf(stream, 4, stage="review")])
    keys = sorted(wake.key for wake in await ledger.outbox.claim(10, LEASE))
    assert keys == ["wake/check/", "wake/check/checking", "wake/review/checking"]


async def list_announced(url: str, *steps: Callable[[], Awaitable[object]]) -> list[int]:
    """Return how many announcements to couriers each step brings."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as listener:
        await listener.execute("LISTEN selection_outbox")
        for step in steps:
            await step()
            await listener.execute("SELECT pg_notify('selection_outbox', 'end')")
        counts = [0]
        async for notice in listener.notifies():
            if notice.payload != "end":
                counts[-1] += 1
            elif len(counts) == len(steps):
                return counts
            else:
                counts.append(0)
    raise AssertionError("the listener was closed")


async def test_couriers_are_told_of_what_is_queued_and_of_nothing_else(ledger: Ledger, url: str) -> None:
    one, two = await fill(ledger, 2, "check")

    def record(stream: str, version: int, **data: object) -> Callable[[], Awaitable[object]]:
        return lambda: ledger.record.append("r", stream, [leaf(stream, version, **data)])

    async def send_all() -> None:
        for item in await ledger.outbox.claim(10, LEASE):
            await ledger.outbox.mark_sent(item)

    assert await list_announced(
        url,
        record(one, 2, stage="review"),  # one is left in the stage
        record(two, 2, stage="review", letters=[letter("a"), letter("b")]),  # and now none is
        send_all,
        record(two, 3, stage="check"),
        record(one, 3, stage="check"),  # the stage of both is empty once more
        record(two, 4, note="stays"),
        record(two, 5, letters=[letter("c")]),
        record(two, 6, stage="review"),
        record(one, 4, stage="review"),  # wakes again, by the row of the wake before
        record(two, 7, stage="check"),
        record(two, 8, stage="review"),  # that wake still waits
    ) == [0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0]
