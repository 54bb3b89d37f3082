from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.key_files import write_key
from ledger.database.store import RECORDER_ROLE, SIGNER_ROLE, Store
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.ledger.support.deciding import open_round
from tests.ledger.support.signer_bench import KEY, Bench
from tests.ledger.support.stand_in import StandIn
from tests.running.servers import copy_for_test
from tests.sharing import lies_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "ledger") and "server" in getattr(item, "fixturenames", ()):
            item.add_marker("stack")


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
