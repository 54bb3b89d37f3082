"""What reaches many and what it may reach exclude each other: neither order of two transactions misses anybody."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
import pytest

from ledger.append import append
from ledger.append.append import Batch, Record
from ledger.database.store import Connection
from ledger.decision.decide import Deciding, DecisionResult
from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from selection.application import commands as c
from selection.round import commands as r
from tests import factories as f
from tests.ledger.people.test_touched import carry, lead_to_check, tasks
from tests.ledger.support.deciding import CALENDAR, ONE, ROUND, act, code, decide, register, types

BACK = act(ONE, c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER, "back")
LATER = r.ExtendDeadline(
    cause="organiser",
    name="submission",
    until=CALENDAR["submission"] + timedelta(days=2),
    reason=f.ref("why"),
)
EXTEND = act(ROUND, LATER, f.OFFICER, "extend")
WAITING: LiteralString = """SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE NOT l.granted AND a.datname = current_database()"""

Step = Callable[[], Awaitable[Any]]


async def insist(step: Step) -> Any:
    """Take a step, again where it waited too long for another, as a worker does."""
    while True:
        try:
            return await step()
        except RecordUnavailable:
            continue


async def begin(url: str, step: Step) -> "asyncio.Task[Any]":
    """Begin a step in a transaction of its own; return once it is done, or waits for a lock that another holds."""
    task = asyncio.ensure_future(insist(step))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        while not task.done():
            row = await (await superuser.execute(WAITING)).fetchone()
            if row != (0,):
                break
            await asyncio.sleep(0)
    return task


class Crossing(Record):
    """Begins a step before it commits what it has recorded."""

    def __init__(self, place: Ledger, begin_step: Step) -> None:
        super().__init__(place.store, place.fold, place.reading)
        self.begin_step = begin_step
        self.met: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def _lend_session(self, batch: Batch) -> AsyncIterator[Connection]:
        async with super()._lend_session(batch) as connection, connection.transaction():
            yield connection
            if self.met is None:
                self.met = await self.begin_step()


async def move(place: Ledger) -> None:
    await register(place, f.person("officer-1", "officer", employer=f.HOST), "moves")


async def decide_crossing(place: Ledger, task: Any, begin_step: Step) -> tuple[DecisionResult, Any]:
    """Decide, with a step begun before the commit; return both answers."""
    record = Crossing(place, begin_step)
    result = await Deciding(place.store, record, place.facts, place.halts).decide(task.envelope.stream, task)
    assert record.met is not None
    return result, await record.met


def stop_after(monkeypatch: pytest.MonkeyPatch, name: str, step: Step) -> None:
    """Have a step begin once what is reached was read, before it is recorded."""
    read = getattr(append, name)
    begun: list[Any] = []

    async def read_and_begin(*args: Any) -> Any:
        found = await read(*args)
        if not begun:
            begun.append(await step())
        return found

    monkeypatch.setattr(append, name, read_and_begin)


async def test_who_acts_while_a_registration_binds_them_is_refused(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lead_to_check(place, url)
    await carry(place)
    acts: list[asyncio.Task[DecisionResult]] = []

    async def send_back() -> None:
        acts.append(await begin(url, lambda: decide(place, BACK)))

    stop_after(monkeypatch, "_list_touched", send_back)
    await move(place)
    answer = code(await acts[0])
    await carry(place)
    assert (answer, (await types(place, ONE))[-1]) == ("same-employer", "act.refused.v1")


async def test_a_registration_finds_who_acted_and_had_not_committed(place: Ledger, url: str) -> None:
    await lead_to_check(place, url)
    await carry(place)
    back, _ = await decide_crossing(place, BACK, lambda: begin(url, lambda: move(place)))
    assert code(back) == ""
    assert await carry(place) == [ONE]
    assert (await types(place, ONE))[-1] == "conflict.found.v1"
    assert await tasks(place) == [(ONE, "rule-on-conflict")]


async def list_recipients(place: Ledger) -> list[str]:
    letters = await place.outbox.letters(f.ROUND)
    return sorted(item["body"]["to"] for item in letters if item["body"]["template"] == "deadline-extended")


async def test_an_extension_is_told_to_who_applied_and_had_not_committed(place: Ledger, url: str) -> None:
    handed_in, extended = await decide_crossing(
        place, act(ONE, f.submit()), lambda: begin(url, lambda: decide(place, EXTEND))
    )
    assert (code(handed_in), code(extended)) == ("", "")
    assert await list_recipients(place) == ["applicant-1", "officer-1", "officer-2", "recommender-1"]


async def test_who_applies_while_an_extension_is_told_has_read_it(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[asyncio.Task[DecisionResult]] = []

    async def hand_in() -> None:
        acts.append(await begin(url, lambda: decide(place, act(ONE, f.submit()))))

    stop_after(monkeypatch, "_list_concerned", hand_in)
    assert code(await decide(place, EXTEND)) == ""
    assert code(await acts[0]) == ""
    entries = await place.reading.entries(f.ROUND)
    told = [entry.leaf.type for entry in entries][-2:]
    assert told == ["round.deadline-extended.v1", "application.submitted.v1"]
