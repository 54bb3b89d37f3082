"""What `selection doctor` and workers ask of the database: version, time, who holds up others, if it takes entries."""

import asyncio
from datetime import timedelta

import psycopg
from psycopg.rows import dict_row

from ledger.database.error_translation import translate_errors
from ledger.database.queries import load_queries
from ledger.database.store import APP_ROLE, CONNECT_LIMIT, Store, open_session
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("health")
LONG = timedelta(seconds=3)
"""How long a transaction may hold a table before it is told of [D]: longer than the product lets a statement run."""


class DatabaseHealth(Frozen):
    """The server's version and the instant of its clock when it answered."""

    version: str
    at: Instant


class Holder(Frozen):
    """A session that holds up others, or would: it has held tables for LONG in one `transaction`.

    `waiting` sessions wait for it, the `longest` for so long. Since when it holds and its last statement are known of
    the sessions of one's own login, and to a superuser.
    """

    pid: int
    login: str
    program: str
    transaction: str
    tables: tuple[str, ...]
    since: Instant | None
    statement: str
    waiting: int
    longest: timedelta | None


async def look(url: str) -> DatabaseHealth:
    """Ask a migrated database. Raises RecordUnavailable, or NotMigrated when its roles are missing."""
    connection = await open_session(url, APP_ROLE)
    async with connection:
        row = await (await connection.execute(QUERIES["look"])).fetchone()
    assert row is not None
    return DatabaseHealth(**row)


async def takes_entries(store: Store) -> bool:
    """Tell whether what is recorded would stay: a copy that only reads answers too. Raises RecordUnavailable."""
    row = await store.row(QUERIES["takes_entries"])
    return row is not None and bool(row["takes_entries"])


async def list_holders(url: str, long: timedelta = LONG) -> list[Holder]:
    """Return the sessions that hold up others for longer than that. It takes as long where any holds a table at all.

    Raises RecordUnavailable.
    """
    with translate_errors():
        # In the role of its part a login would see less of its own sessions.
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True, connect_timeout=round(CONNECT_LIMIT.total_seconds()), row_factory=dict_row
        ) as connection:
            before = {(item.pid, item.transaction) for item in await _list_holders(connection)}
            if not before:
                return []
            await asyncio.sleep(long.total_seconds())
            now = await _list_holders(connection)
            return [item for item in now if (item.pid, item.transaction) in before]


async def _list_holders(connection: psycopg.AsyncConnection[dict[str, object]]) -> list[Holder]:
    rows = await (await connection.execute(QUERIES["list_holders"])).fetchall()
    return [Holder.model_validate(row) for row in rows]
