"""`python -m tests.kill.support.worker NAME PORT`: a worker that tells a tower what comes next and waits for its nod.

Composed like worker.run.run_worker, with a ledger and a mailer that announce; nothing else differs.
"""

import asyncio
import json
import sys
from datetime import datetime, timedelta

from activities.mail import Mailer
from ledger.append.append import Batch, FoldedStates, Reads, Record
from ledger.database.store import RECORDER_ROLE
from ledger.letters.outbox import ClaimedRow, Outbox
from ledger.log.reading import Snapshot
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.logging import configure_logging
from runtime.logins import Login
from runtime.settings import Settings
from selection.wording.round_words import USUAL, RoundWords
from tests.kill.support.faulty_ledgers import recording_by
from worker.run import POOL_SIZE, make_worker, open_ledger
from worker.signer import sign_where_the_key_is
from workflows.lasting import start_courier

LEASE = timedelta(seconds=5)
"""Shorter than a real courier's, so that what a dead one had claimed is sent soon."""


class Line:
    """The line to the tower. One announcement at a time; each waits until the tower nods."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = 0
        self._nods: dict[int, asyncio.Event] = {}

    @classmethod
    async def open(cls, port: int, name: str) -> "Line":
        line = cls(*await asyncio.open_connection("127.0.0.1", port))
        line._write({"name": name})
        return line

    async def listen(self) -> None:
        """Take the tower's nods until it is gone."""
        while number := await self._reader.readline():
            self._nods.pop(int(number)).set()
        for nod in self._nods.values():
            nod.set()

    def tell(self, moment: str, key: str) -> None:
        self._write({"moment": moment, "key": key})

    async def ask(self, moment: str, key: str) -> None:
        """Tell, and go on only when the tower nods."""
        self._numbers += 1
        self._nods[self._numbers] = nod = asyncio.Event()
        self._write({"moment": moment, "key": key, "number": self._numbers})
        await nod.wait()

    def _write(self, told: dict[str, object]) -> None:
        self._writer.write(json.dumps(told).encode() + b"\n")


class AnnouncingRecord(Record):
    """Announces each append before it begins and between its commit and its answer."""

    line: Line

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        key = f"{batch.stream}@{batch.leaves[0].version}"
        await self.line.ask("append-begun", key)
        try:
            first = await super().write(batch, snapshot, reads, folded)
        except BaseException:
            self.line.tell("append-failed", key)
            raise
        if first is None:
            self.line.tell("append-failed", key)
            return None
        await self.line.ask("append-committed", key)
        self.line.tell("append-done", key)
        return first


class ShortLeases(Outbox):
    """What a dead courier had claimed is soon sent by another."""

    async def claim(self, limit: int, lease: timedelta, now: datetime | None = None) -> list[ClaimedRow]:
        return await super().claim(limit, min(lease, LEASE), now)

    async def renew(self, item: ClaimedRow, lease: timedelta) -> bool:
        return await super().renew(item, min(lease, LEASE))


class AnnouncingOutbox(ShortLeases):
    """Announces that a row is closed."""

    line: Line

    async def mark_sent(self, item: ClaimedRow) -> bool:
        closed = await super().mark_sent(item)
        self.line.tell("send-done", item.message_id)
        return closed


class AnnouncingMailer(Mailer):
    """Announces each letter before it is handed over and after it was accepted."""

    line: Line

    async def send(self, item: ClaimedRow, words: RoundWords = USUAL) -> None:
        await self.line.ask("send-begun", item.message_id)
        try:
            await super().send(item, words)
        except BaseException:
            self.line.tell("send-failed", item.message_id)
            raise
        await self.line.ask("send-accepted", item.message_id)


async def main(name: str, port: int) -> None:
    """Run until killed, or until the tower is gone."""
    settings = Settings.from_environment()
    configure_logging(json=False, level="WARNING")
    ends = Endpoints.find(settings)
    client = await connect(ends.temporal_address, ends.temporal_namespace, settings, identity=name)
    ledger = await open_ledger(
        lambda: Ledger.connect(ends.databases.url(Login.WORKER), role=RECORDER_ROLE, size=POOL_SIZE)
    )
    line = await Line.open(port, name)
    recording_by(ledger, AnnouncingRecord).line = line
    ledger.outbox = outbox = AnnouncingOutbox(ledger.store)
    outbox.line = line
    mailer = AnnouncingMailer(ends.mail, ledger.people, ledger.contents)
    mailer.line = line
    async with (
        make_worker(client, ledger, mailer, ends.task_queue),
        sign_where_the_key_is(client, settings, ends),
    ):
        await start_courier(client, ends.task_queue)
        await line.listen()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
