"""One PostgreSQL server for all tests of a process, and databases on it: copies of what was made there once.

A fixture that a module imports is another one to pytest: `server` stands in tests/conftest.py alone; once each module
that named it had a server of its own.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from ledger.database.migrate import migrate
from runtime.embedded.postgres import EmbeddedPostgres
from tests.databases import drop_database, found_local
from tests.ledger.support.logins import new_postgres

NUMBERS = itertools.count(1)
COPY = 'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
"""Makes a copy. Postgres otherwise writes each page of it into its log as well."""
_MADE: set[tuple[str, str]] = set()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """The server, with a database that is migrated and one whose installation was founded as local."""
    postgres = new_postgres(tmp_path_factory.mktemp("postgres"), synced=False)
    asyncio.run(postgres.start())
    asyncio.run(make_templates(postgres.url))
    yield postgres
    asyncio.run(postgres.stop())


async def make_templates(url: str) -> None:
    await run_statement(url, "CREATE DATABASE migrated")
    await migrate(make_conninfo(url, dbname="migrated"))
    await run_statement(url, COPY.format(name="founded", template="migrated"))
    await found_local(make_conninfo(url, dbname="founded"))


def make_once(url: str, name: str, template: str, fill: Callable[[str], Awaitable[None]]) -> str:
    """Make a database from another and have it filled, once on this server, to copy from; return its name."""

    async def make() -> None:
        await run_statement(url, COPY.format(name=name, template=template))
        await fill(make_conninfo(url, dbname=name))

    if (url, name) not in _MADE:
        asyncio.run(make())
        _MADE.add((url, name))
    return name


async def copy_database(url: str, template: str) -> str:
    name = f"test_{next(NUMBERS)}"
    await run_statement(url, COPY.format(name=name, template=template))
    return make_conninfo(url, dbname=name)


@asynccontextmanager
async def copy_for_test(url: str, template: str) -> AsyncIterator[str]:
    """A copy of a database that is dropped at the end, for one test."""
    made = await copy_database(url, template)
    yield made
    await drop_database(made)


async def run_statement(url: str, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(statement.encode())
