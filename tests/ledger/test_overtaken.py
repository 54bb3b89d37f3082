"""A decision that others come before again and again: after some tries nobody comes before it any more."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from typing import Any

import psycopg
import pytest

from ledger.append.append import Record
from ledger.decision.decide import OVERTAKEN_AT_MOST
from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from tests import factories as f
from tests.ledger.support.deciding import ONE, code, register, submit

WAITING = """SELECT EXISTS (
    SELECT FROM pg_locks WHERE NOT granted AND relation = 'selection.append_gate'::regclass
)"""
PATIENCE = 60
TOO_OFTEN = 4 * OVERTAKEN_AT_MOST


class Import:
    """Registers somebody each time that an application is about to be recorded, as an import of thousands does."""

    def __init__(self, ledger: Ledger, url: str) -> None:
        self.overtaken = 0
        self.blocked: asyncio.Task[None] | None = None
        self.ledger, self._url, self._names = ledger, url, count(1)

    @contextmanager
    def running(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        write: Callable[..., Any] = Record.write

        async def overtake(record: Record, batch: Any, *rest: Any) -> int | None:
            if batch.stream == ONE and self.blocked is None:
                await self._register()
            found: int | None = await write(record, batch, *rest)
            return found

        with monkeypatch.context() as patch:
            patch.setattr(Record, "write", overtake)
            yield

    async def _register(self) -> None:
        """Register one more, and return when that is done or has to wait."""
        assert self.overtaken < TOO_OFTEN, "overtaken without end"
        fact = f.people()["expert-1"].with_(person=f"imported-{next(self._names)}")
        other = asyncio.create_task(register(self.ledger, fact))
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as watching:
            while not other.done():
                [[waits]] = await (await watching.execute(WAITING)).fetchall()
                if waits:
                    self.blocked = other
                    return
                await asyncio.sleep(0.01)
        other.result()
        self.overtaken += 1


async def test_an_import_of_the_register_does_not_keep_a_decision_from_its_end(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing = Import(await Ledger.connect(url, role=place.store.role), url)
    with importing.running(monkeypatch):
        async with asyncio.timeout(PATIENCE):
            assert code(await submit(place)) == ""
    assert importing.overtaken == OVERTAKEN_AT_MOST
    assert importing.blocked is not None
    # Who waited meanwhile goes on.
    await asyncio.wait_for(importing.blocked, PATIENCE)
    await importing.ledger.close()


async def test_what_was_not_committed_alone_does_not_look_lost_to_the_next_decision(
    place: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, alone = Record.write, Record.alone
    overtaken = count(1)

    async def overtake(record: Record, batch: Any, *rest: Any) -> int | None:
        return None if next(overtaken) <= OVERTAKEN_AT_MOST else await write(record, batch, *rest)

    @asynccontextmanager
    async def cut_off(record: Record) -> AsyncIterator[None]:
        async with alone(record):
            yield
            raise RecordUnavailable("cut off before its commit")

    with monkeypatch.context() as patch:
        patch.setattr(Record, "write", overtake)
        patch.setattr(Record, "alone", cut_off)
        with pytest.raises(RecordUnavailable):
            await submit(place)
    assert code(await submit(place)) == ""
