"""What rests on a deadline is recorded only while that deadline is in force, and a repeat is answered as before."""

import asyncio
from datetime import timedelta

import psycopg
from activities.record import RecordActivities

from activities.messages import RecordRequest
from ledger.record import Ledger
from selection.actor import SYSTEM
from selection.aggregate import leaf_of
from selection.application.events import CheckOpened
from selection.round.commands import ExtendDeadline
from selection.streams import application_stream
from tests import factories as f
from tests.whole_round import WholeRound

ONE = application_stream(f.ROUND, "0001")


async def begun(url: str) -> tuple[Ledger, WholeRound, RecordRequest]:
    """Record a recommended application; return also what its deadline will ask to record."""
    made = WholeRound(f.RULES, f.people().values())
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    ledger = await Ledger.connect(url)
    for leaf in made.log:
        await ledger.append(f.ROUND, leaf.stream, [leaf])
    until = f.deadline("recommendation")
    opened = leaf_of(
        CheckOpened(deadline=until),
        state=made.app("0001").state,
        offset=1,
        actor=SYSTEM,
        at=until,
        command_id="deadline/recommendation/3",
    )
    in_force = await ledger.reading.deadlines(f.ROUND)
    return ledger, made, RecordRequest(log=f.ROUND, stream=ONE, leaves=(opened,), deadlines=in_force)


async def extend(ledger: Ledger, made: WholeRound) -> None:
    made.now += timedelta(days=1)
    command = ExtendDeadline(name="recommendation", until=f.RULES.calendar.check, reason=f.ref())
    made.round.act(command, f.OFFICER)
    await ledger.append(f.ROUND, made.log[-1].stream, [made.log[-1]])


async def test_nothing_is_recorded_that_rests_on_a_deadline_which_was_moved(url: str) -> None:
    ledger, made, request = await begun(url)
    await extend(ledger, made)
    told = await RecordActivities(ledger).record(request)
    assert not told.done
    assert told.moved == made.round.state.deadlines
    assert told.moved["recommendation"] > f.deadline("recommendation")
    snapshot = await ledger.reading.snapshot(ONE)
    assert snapshot is not None
    assert snapshot.version == 2
    await ledger.close()


async def test_no_deadline_moves_between_the_comparison_and_the_record(url: str) -> None:
    ledger, made, request = await begun(url)
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [ONE])
        recording = asyncio.create_task(RecordActivities(ledger).record(request))
        waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        async with asyncio.timeout(10):
            while not await (await connection.execute(waiting)).fetchone():
                await asyncio.sleep(0.01)
        await extend(ledger, made)
    assert (await recording).moved == made.round.state.deadlines
    assert len(await ledger.reading.stream_entries(ONE)) == 2
    await ledger.close()


async def test_a_repeat_of_what_was_recorded_before_the_move_gets_the_same_answer(url: str) -> None:
    ledger, made, request = await begun(url)
    record = RecordActivities(ledger).record
    told = await record(request)
    assert told.done
    await extend(ledger, made)
    assert await record(request) == told
    await ledger.close()


def test_a_request_that_rests_on_no_deadline_reads_as_it_always_did() -> None:
    plain = RecordRequest(log=f.ROUND, stream=ONE, leaves=())
    assert plain.model_dump_json() == f'{{"log":"{f.ROUND}","stream":"{ONE}","leaves":[]}}'
