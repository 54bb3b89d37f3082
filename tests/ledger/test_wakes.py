import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

from ledger.record import Ledger
from tests.ledger.support.stand_in import leaf

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
