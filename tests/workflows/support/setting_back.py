"""A record that loses its latest entries, as one does that is restored from an older copy."""

import asyncio
import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.errors import RecordUnavailable
from tests.running.waiting import SOON
from tests.workflows.support.installation import Installation


class Copies:
    """Copies of an installation's database; while one is made or put back, every session ends."""

    def __init__(self, place: Installation) -> None:
        self._place = place
        self._url = place.ends.database_url
        self._name = str(conninfo_to_dict(self._url)["dbname"])

    async def keep(self) -> None:
        """Copy the record as it is now."""
        with self._alone() as connection:
            connection.execute(f'CREATE DATABASE "{self._name}-kept" TEMPLATE "{self._name}"'.encode())
        await self._until_answered()

    async def put_back(self) -> None:
        """Put the copy in the record's place."""
        with self._alone() as connection:
            connection.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}-kept"'.encode())
        await self._until_answered()

    async def _until_answered(self) -> None:
        """Let the pool of this process find out that its sessions ended."""
        async with asyncio.timeout(SOON.total_seconds()):
            while True:
                with contextlib.suppress(RecordUnavailable):
                    await self._place.ledger.reading.logs()
                    return

    @contextmanager
    def _alone(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(make_conninfo(self._url, dbname="postgres"), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{self._name}" CONNECTION LIMIT 0'.encode())
            connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false'.encode())
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(end, [self._name])
            try:
                yield connection
            finally:
                connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true'.encode())
                connection.execute(f'ALTER DATABASE "{self._name}" CONNECTION LIMIT -1'.encode())


@contextmanager
def refusing(place: Installation) -> Iterator[None]:
    """End every session of the record and let nobody in, as if PostgreSQL were away, until the block ends."""
    name = str(conninfo_to_dict(place.ends.database_url)["dbname"])
    with psycopg.connect(
        make_conninfo(place.ends.database_url, dbname="postgres"), autocommit=True
    ) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


def change_behind(place: Installation, *statements: str) -> None:
    """Write to the database as a superuser who switches the triggers off."""
    with psycopg.connect(place.ends.database_url, autocommit=True) as connection:
        connection.execute("SET search_path = selection")
        for statement in statements:
            connection.execute(statement.encode())
