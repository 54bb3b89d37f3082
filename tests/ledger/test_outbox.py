import asyncio
from datetime import UTC, datetime, timedelta

from ledger.append.outgoing import message_id
from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from tests.ledger.support.stand_in import AT, StandIn, leaf, letter
from tests.running.waiting import SOON

STREAM = "application/r/1"
LEASE = timedelta(seconds=30)
PAST = datetime(2020, 1, 1, tzinfo=UTC)
FAR = datetime(2090, 1, 1, tzinfo=UTC)


async def send(ledger: Ledger, *letters: dict[str, object], version: int = 1, **data: object) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, version, letters=list(letters), **data)])


async def test_two_couriers_never_hold_the_same_row(ledger: Ledger, url: str) -> None:
    await send(ledger, *(letter(f"l-{n}") for n in range(200)))
    other = await Ledger.connect(url, fold=StandIn(), role=RECORDER_ROLE)
    taken: list[int] = []

    async def courier(book: Ledger) -> None:
        while claimed := await book.outbox.claim(7, LEASE):
            taken.extend(item.id for item in claimed)
            for item in claimed:
                assert await book.outbox.mark_sent(item)

    await asyncio.gather(*(courier(book) for book in (ledger, other) for _ in range(3)))
    assert len(taken) == 200
    assert len(set(taken)) == 200
    assert await ledger.outbox.counts() == {("letter", "sent"): 200}
    await other.close()


async def test_the_message_id_is_there_before_the_first_attempt_and_stays(ledger: Ledger) -> None:
    await send(ledger, letter("told"))
    (stored,) = await ledger.outbox.letters("r")
    assert (stored["attempts"], stored["message_id"]) == (0, message_id(STREAM, 1, "told"))
    (first,) = await ledger.outbox.claim(10, timedelta(0))
    (second,) = await ledger.outbox.claim(10, LEASE)
    assert first.message_id == second.message_id == stored["message_id"]
    assert (first.attempt, second.attempt) == (1, 2)
    assert not await ledger.outbox.mark_sent(first)
    assert await ledger.outbox.mark_sent(second)
    assert not await ledger.outbox.mark_refused(second, "late answer")


async def test_a_failed_row_comes_back_when_its_time_has_come(ledger: Ledger) -> None:
    await send(ledger, letter("told"))
    (item,) = await ledger.outbox.claim(10, LEASE)
    assert await ledger.outbox.claim(10, LEASE) == []
    assert await ledger.outbox.mark_failed(item, "421 busy", timedelta(days=365))
    assert await ledger.outbox.claim(10, LEASE) == []
    (again,) = await ledger.outbox.claim(10, LEASE, now=FAR)
    assert again.id == item.id


async def test_what_is_not_due_waits(ledger: Ledger) -> None:
    await send(ledger, letter("later", due=FAR.isoformat()), letter("now", due=PAST.isoformat()))
    assert [item.key for item in await ledger.outbox.claim(10, LEASE)] == ["now"]


async def test_a_reminder_of_what_is_due_later_by_now_waits_as_much_longer(ledger: Ledger) -> None:
    due, day = AT + timedelta(days=1), timedelta(days=1)
    promised, right = (
        letter(key, task="act-in/open", due=PAST.isoformat(), params={"until": until.isoformat()})
        for key, until in (("promised", due - day), ("right", due))
    )
    await send(ledger, promised, right)
    assert [item.key for item in await ledger.outbox.claim(10, LEASE, now=PAST)] == ["right"]
    (item,) = await ledger.outbox.claim(10, LEASE, now=PAST + day)
    assert (item.key, item.due) == ("promised", PAST + day)
    assert datetime.fromisoformat(item.body["params"]["until"]) == due


async def test_a_reminder_is_sent_only_while_its_task_is_open(ledger: Ledger) -> None:
    await send(
        ledger,
        letter("remind-1", task="act-in/check", due=PAST.isoformat()),
        letter("remind-2", task="act-in/check", due=FAR.isoformat()),
        stage="check",
    )
    (item,) = await ledger.outbox.claim(10, LEASE)
    assert item.key == "remind-1"
    await ledger.outbox.mark_sent(item)
    await send(ledger, version=2, stage="ended")
    claimed = await ledger.outbox.claim(10, LEASE, now=FAR)
    assert [item.kind for item in claimed] == ["wake"]
    assert (await ledger.outbox.counts())["letter", "dropped"] == 1


async def test_waiting_ends_with_the_commit_that_queues(ledger: Ledger) -> None:
    # It would wait for longer than the test does.
    long = 10 * SOON
    waiting = asyncio.create_task(ledger.outbox.wait_for_work(long))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    async with asyncio.timeout(SOON.total_seconds()):
        await send(ledger, letter("told"))
        await waiting
        await ledger.outbox.wait_for_work(long)


async def test_waiting_ends_in_time_when_nothing_comes(ledger: Ledger) -> None:
    await asyncio.wait_for(ledger.outbox.wait_for_work(timedelta(seconds=0.2)), SOON.total_seconds())


async def test_a_lease_is_renewed_only_by_the_claim_that_holds_the_row(ledger: Ledger) -> None:
    await send(ledger, letter("told"))
    (first,) = await ledger.outbox.claim(10, timedelta(0))
    (second,) = await ledger.outbox.claim(10, timedelta(0))
    assert not await ledger.outbox.renew(first, LEASE)
    assert await ledger.outbox.renew(second, LEASE)
    assert await ledger.outbox.claim(10, LEASE) == []
