"""Who read what is confidential: one row for each read, kept for six months beside the record."""

import json
from collections.abc import Sequence
from datetime import datetime

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("read_log")


class Read(Frozen):
    """One read: who, in which session, by what means known to be who they are; what, and of which stream.

    `item` is the id of the content that was read, empty where none was.
    """

    person: str
    session: str
    means: str
    what: str
    log: str
    target: str
    item: str = ""


class NotedRead(Read):
    """A read as it was noted; `at` is the database's clock."""

    id: int
    at: Instant


async def prune_reads(url: str) -> int:
    """Remove the reads that have been kept long enough, and return how many. Raises what the record raises."""
    store = await Store.open(url, size=1)
    try:
        return await ReadLog(store).prune()
    finally:
        await store.close()


class ReadLog:
    """The log of reads. No login can change what stands in it, nor remove it before its time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, reads: Sequence[Read]) -> None:
        """Note reads, all or none. Raises what the record raises, and then nothing may be shown."""
        noted = json.dumps([read.model_dump(mode="json") for read in reads])
        await self._store.rows(QUERIES["note_reads"], {"reads": noted})

    async def prune(self) -> int:
        """Remove the reads that have been kept long enough, and return how many. Raises what the record raises."""
        gone = 0
        while (row := await self._store.row(QUERIES["prune_reads"])) and row["gone"]:
            gone += int(row["gone"])
        return gone

    async def find(
        self,
        log: str,
        *,
        person: str | None = None,
        target: str | None = None,
        what: str | None = None,
        since: datetime | None = None,
        before: int | None = None,
        limit: int = 1000,
    ) -> list[NotedRead]:
        """Return the latest reads in a log, newest first; each filter narrows, `before` to those before a read's id."""
        asked = {
            "log": log,
            "person": person,
            "target": target,
            "what": what,
            "since": since,
            "before": before,
        }
        return [
            NotedRead(**row)
            for row in await self._store.rows(QUERIES["find_reads"], {**asked, "limit": limit})
        ]
