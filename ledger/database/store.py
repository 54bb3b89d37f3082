"""Connections: a pool whose sessions hold the fewest rights that suffice, with limits on every wait."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import timedelta
from math import ceil
from typing import Any

import psycopg
from psycopg.pq import PipelineStatus
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from ledger.database.error_translation import translate_errors
from ledger.database.queries import load_queries

Connection = psycopg.AsyncConnection[DictRow]
Params = Mapping[str, Any]
Look = Callable[[Connection], Awaitable[None]]

OWNER_ROLE = "selection_owner"
APP_ROLE = "selection_app"
RECORDER_ROLE = "selection_recorder"
ERASER_ROLE = "selection_eraser"
AUDITOR_ROLE = "selection_auditor"
SIGNER_ROLE = "selection_signer"
PORTAL_ROLE = "selection_portal"

# The record activity is given 3 to 5 s: a statement must give up before its caller does, and a session
# that was stopped while it held a head must not hold it for longer than that.
STATEMENT_LIMIT = timedelta(seconds=2.5)
LOCK_LIMIT = timedelta(seconds=2)
IDLE_LIMIT = timedelta(seconds=3)
CONNECT_LIMIT = timedelta(seconds=2.5)
FIRST_CONTACT = timedelta(seconds=20)
"""How long a program waits for its first session. A server that is away says so at once; one that is busy does not.

No decision waits for it."""

HELD_LIMIT = timedelta(seconds=10)
"""How long a transaction in which a whole decision is made may think between two statements."""

SESSION = load_queries("session")


_HELD: "ContextVar[tuple[Store, Connection] | None]" = ContextVar("held", default=None)
"""The session by which a task does all that it does in a store, for as long as one transaction lasts."""


class Store:
    """A pool of sessions in one role. Errors of psycopg leave it as errors of the record."""

    def __init__(self, url: str, pool: AsyncConnectionPool[Connection], role: str) -> None:
        self.url = url
        self.role = role
        self._pool = pool

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        role: str = APP_ROLE,
        size: int = 8,
        wait: timedelta = CONNECT_LIMIT,
        look: Look | None = None,
    ) -> "Store":
        """Connect; raises RecordUnavailable when Postgres is away, NotMigrated when the roles are missing.

        `wait` is how long a connection that others use is waited for, before it counts as none. At the first contact
        `look` may find that the database does not fit, by the rights of the login itself.
        """
        with translate_errors():
            async with await _connect(url, FIRST_CONTACT) as connection:
                if look is not None:
                    await look(connection)
                await _begin_session(connection, role)

        async def configure(connection: Connection) -> None:
            await _begin_session(connection, role)

        pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[DictRow],
            kwargs=_connect_options(CONNECT_LIMIT),
            min_size=1,
            max_size=size,
            timeout=wait.total_seconds(),
            # Otherwise the pool backs off by doubling and is still waiting when Postgres is long back;
            # with this it gives up at once and tries anew with the next request.
            reconnect_timeout=CONNECT_LIMIT.total_seconds(),
            configure=configure,
            open=False,
        )
        await pool.open()
        return cls(url, pool, role)

    async def close(self) -> None:
        """Close the pool; open transactions are rolled back."""
        await self._pool.close(timeout=5)

    @asynccontextmanager
    async def connection(self, stream: str = "", version: int = 0) -> AsyncIterator[Connection]:
        """Lend a session in autocommit; within `one_transaction`, that of this."""
        with translate_errors(stream, version):
            if (held := self._find_session()) is not None:
                yield held
                return
            try:
                async with self._pool.connection() as connection:
                    yield connection
            except psycopg.OperationalError as error:
                await self._mend(error)
                raise

    @asynccontextmanager
    async def one_transaction(self) -> AsyncIterator[Connection]:
        """Have all that the running task reads and writes here be one transaction of one session."""
        async with self.connection() as connection, connection.transaction():
            await connection.execute(SESSION["think_longer"], {"idle_timeout": milliseconds(HELD_LIMIT)})
            token = _HELD.set((self, connection))
            try:
                yield connection
            finally:
                _HELD.reset(token)

    def _find_session(self) -> Connection | None:
        held = _HELD.get()
        return held[1] if held is not None and held[0] is self else None

    async def _mend(self, error: psycopg.OperationalError) -> None:
        """See after the other sessions: a restart broke all idle ones at once, and each caller would meet one."""
        if error.sqlstate is None or error.sqlstate.startswith("57P"):
            await self._pool.check()

    @asynccontextmanager
    async def transaction(self, stream: str = "", version: int = 0) -> AsyncIterator[Connection]:
        """Lend a session inside one transaction; statements travel together (pipeline)."""
        async with self.connection(stream, version) as connection:
            try:
                async with connection.pipeline(), connection.transaction():
                    yield connection
            finally:
                # Who was given up amid the answers left some: whoever is lent the session would take them for theirs.
                if connection.pgconn.pipeline_status != PipelineStatus.OFF:
                    await connection.close()

    async def rows(self, query: str, params: Params | None = None) -> list[DictRow]:
        """Run one query and return its rows."""
        with translate_errors():
            if (held := self._find_session()) is not None:
                cursor = await held.execute(query, params)
                return await cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []
            try:
                # As `connection` lends one; a lone statement in autocommit leaves nothing to commit or to take back.
                connection = await self._pool.getconn()
                try:
                    cursor = await connection.execute(query, params)
                    # Of a statement without rows a cursor has no row to fetch; `description` would describe every
                    # column.
                    return await cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []
                finally:
                    await self._pool.putconn(connection)
            except psycopg.OperationalError as error:
                await self._mend(error)
                raise

    async def row(self, query: str, params: Params | None = None) -> DictRow | None:
        """Run one query and return its first row, if any."""
        found = await self.rows(query, params)
        return found[0] if found else None


async def open_session(url: str, role: str) -> Connection:
    """Open a session outside the pool, for LISTEN and bulk work."""
    with translate_errors():
        connection = await _connect(url, CONNECT_LIMIT)
        try:
            await _begin_session(connection, role)
        except BaseException:
            await connection.close()
            raise
        return connection


async def _connect(url: str, within: timedelta) -> Connection:
    return await psycopg.AsyncConnection.connect(url, **_connect_options(within))


async def _begin_session(connection: Connection, role: str) -> None:
    await connection.execute(
        SESSION["begin_session"],
        {
            "role": role,
            "statement_timeout": milliseconds(STATEMENT_LIMIT),
            "lock_timeout": milliseconds(LOCK_LIMIT),
            "idle_timeout": milliseconds(IDLE_LIMIT),
        },
    )


def milliseconds(limit: timedelta) -> str:
    """Return a duration as Postgres settings take it."""
    return f"{round(limit.total_seconds() * 1000)}ms"


def _connect_options(within: timedelta) -> dict[str, Any]:
    # libpq counts whole seconds.
    limit = ceil(within.total_seconds())
    return {
        "autocommit": True,
        "connect_timeout": limit,
        "application_name": "center-selection",
        "row_factory": dict_row,
    }
