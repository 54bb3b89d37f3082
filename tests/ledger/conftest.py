import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from activities.key_files import write_key
from ledger.database.migrate import migrate
from ledger.database.store import RECORDER_ROLE, SIGNER_ROLE, Store
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.databases import drop_database, found_local
from tests.ledger.support.deciding import open_round
from tests.ledger.support.logins import new_postgres
from tests.ledger.support.signer_bench import KEY, Bench
from tests.ledger.support.stand_in import StandIn
from tests.sharing import lies_in

NUMBERS = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "ledger") and "server" in getattr(item, "fixturenames", ()):
            item.add_marker("stack")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    folder = tmp_path_factory.mktemp("postgres")
    postgres = new_postgres(folder, synced=False)
    asyncio.run(postgres.start())
    asyncio.run(_make_templates(postgres.url))
    yield postgres
    asyncio.run(postgres.stop())


async def _make_templates(url: str) -> None:
    await run_statement(url, "CREATE DATABASE migrated")
    await migrate(make_conninfo(url, dbname="migrated"))
    await run_statement(url, "CREATE DATABASE founded TEMPLATE migrated")
    await found_local(make_conninfo(url, dbname="founded"))


async def copy_database(url: str, template: str) -> str:
    name = f"test_{next(NUMBERS)}"
    await run_statement(url, f"CREATE DATABASE {name} TEMPLATE {template}")
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


@pytest.fixture
async def empty_url(server: EmbeddedPostgres) -> AsyncIterator[str]:
    async with copy_for_test(server.url, "template1") as made:
        yield made


@pytest.fixture
async def url(server: EmbeddedPostgres) -> AsyncIterator[str]:
    """A migrated database of the test's own, its installation founded as local."""
    async with copy_for_test(server.url, "founded") as made:
        yield made


@pytest.fixture
async def unfounded_url(server: EmbeddedPostgres) -> AsyncIterator[str]:
    """One whose log has not begun."""
    async with copy_for_test(server.url, "migrated") as made:
        yield made


@pytest.fixture
async def ledger(url: str) -> AsyncIterator[Ledger]:
    opened = await Ledger.connect(url, fold=StandIn(), role=RECORDER_ROLE, eraser=url)
    yield opened
    await opened.close()


@pytest.fixture
async def bench(ledger: Ledger, url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    write_key(tmp_path / "signing.key", KEY)
    store = await Store.open(url, role=SIGNER_ROLE, size=1)
    yield Bench(ledger, store, tmp_path / "signing.key")
    await store.close()


@pytest.fixture
async def place(url: str) -> AsyncIterator[Ledger]:
    """A record with people and an open round, on the recorder's rights and a clock that can be moved."""
    async with open_round(url) as ledger:
        yield ledger
