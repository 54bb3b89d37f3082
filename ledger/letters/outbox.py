"""The outbox: what couriers claim, send and close. The row is the progress, never the courier's memory."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Literal

from ledger.database.error_translation import translate_errors
from ledger.database.queries import load_queries
from ledger.database.store import Connection, Store, open_session
from ledger.errors import RecordUnavailable
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("outbox")


class ClaimedRow(Frozen):
    """A row under lease. `attempt` fences: once another courier claims the row, this claim closes nothing."""

    id: int
    log: str
    stream: str
    version: int
    key: str
    kind: Literal["letter", "message", "wake"]
    body: dict[str, Any]
    message_id: str
    due: Instant
    attempt: int


class Outbox:
    """Claims rows for sending. One courier needs one Outbox; any number of couriers may run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listener: Connection | None = None

    async def claim(self, limit: int, lease: timedelta, now: datetime | None = None) -> list[ClaimedRow]:
        """Lease rows that are due, the oldest first; `now` replaces the database's clock for `due` only.

        Reminders whose task is no longer open are dropped on the way, and those whose task is due later by now, such
        as after an extension, wait as much longer. A courier that dies loses its lease,
        and the row is sent again by another with the same Message-ID.
        """
        asked = {"limit": limit, "lease": lease, "now": now}
        rows = await self._store.rows(QUERIES["claim"], asked)
        claimed = [
            ClaimedRow(
                **{k: v for k, v in row.items() if k not in ("state", "attempts")}, attempt=row["attempts"]
            )
            for row in rows
            if row["state"] == "pending"
        ]
        return sorted(claimed, key=lambda item: (item.due, item.id))

    async def mark_sent(self, item: ClaimedRow) -> bool:
        """Close a row as accepted by the receiver; false when a later claim holds it."""
        return await self._close(item, "sent", None)

    async def mark_refused(self, item: ClaimedRow, error: str) -> bool:
        """Close a row as refused for good; from then on it is an open task of the officer."""
        return await self._close(item, "refused", error[:500])

    async def renew(self, item: ClaimedRow, lease: timedelta) -> bool:
        """Lease a row anew just before it is sent; false when a later claim holds it, which then sends it."""
        asked = {"id": item.id, "attempt": item.attempt, "lease": lease}
        return bool(await self._store.rows(QUERIES["renew"], asked))

    async def mark_failed(self, item: ClaimedRow, error: str, pause: timedelta) -> bool:
        """Give a row back, to be tried again after a pause, by the database's clock."""
        asked = {"id": item.id, "attempt": item.attempt, "error": error[:500], "pause": pause}
        return bool(await self._store.rows(QUERIES["postpone"], asked))

    async def counts(self, log: str | None = None) -> dict[tuple[str, str], int]:
        """Return how many rows there are per (kind, state), of a log or of all."""
        rows = await self._store.rows(QUERIES["count_states"], {"log": log})
        return {(row["kind"], row["state"]): int(row["n"]) for row in rows}

    async def letters(self, log: str | None = None) -> list[dict[str, Any]]:
        """Return the letters of a log with their fate, oldest first."""
        return [dict(row) for row in await self._store.rows(QUERIES["list_letters"], {"log": log})]

    async def wait_for_work(self, timeout: timedelta) -> None:
        """Return when something may be claimed, at the latest after `timeout`.

        A notification only wakes; what is due is read from the table, so a lost one costs time, not mail.
        """
        try:
            listener = await self._listen()
            row = await self._store.row(QUERIES["seconds_to_next"])
            due_in = row["seconds"] if row and row["seconds"] is not None else timeout.total_seconds()
            seconds = min(due_in, timeout.total_seconds())
            if seconds <= 0:
                return
            with translate_errors():
                async for _ in listener.notifies(timeout=seconds, stop_after=1):
                    return
        except RecordUnavailable:
            await self.close()
            await asyncio.sleep(min(1.0, timeout.total_seconds()))

    async def close(self) -> None:
        """Close the listening session."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.close()

    async def _listen(self) -> Connection:
        if self._listener is None or self._listener.closed:
            self._listener = await open_session(self._store.url, self._store.role)
            with translate_errors():
                await self._listener.execute(QUERIES["listen"])
        return self._listener

    async def _close(self, item: ClaimedRow, state: str, error: str | None) -> bool:
        asked = {"id": item.id, "attempt": item.attempt, "state": state, "error": error}
        return bool(await self._store.rows(QUERIES["close"], asked))
