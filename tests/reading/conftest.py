"""A record that holds one of everything that can happen in a round, with contents that are canaries."""

from collections.abc import AsyncIterator

import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.reading.streams import tell
from tests.running.servers import copy_for_test, make_once
from tests.sharing import lies_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "reading"):
            item.add_marker("stack")


@pytest.fixture(scope="session")
def story_template(server: EmbeddedPostgres) -> str:
    """A database from which each test has its own: a local installation with people and a round."""
    return make_once(server.url, "told", "founded", _tell_once)


async def _tell_once(url: str) -> None:
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell(ledger)
    await ledger.close()


@pytest.fixture
async def url(server: EmbeddedPostgres, story_template: str) -> AsyncIterator[str]:
    async with copy_for_test(server.url, story_template) as made:
        yield made


@pytest.fixture
async def ledger(url: str) -> AsyncIterator[Ledger]:
    opened = await Ledger.connect(url, role=RECORDER_ROLE)
    yield opened
    await opened.close()
