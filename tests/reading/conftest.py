"""A record that holds one of everything that can happen in a round, with contents that are canaries."""

from collections.abc import AsyncIterator

import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from tests.ledger.conftest import server, url
from tests.reading.told import tell
from tests.sharing import lies_in

__all__ = ["server", "url"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "reading"):
            item.add_marker("stack")


@pytest.fixture
async def ledger(url: str) -> AsyncIterator[Ledger]:
    opened = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell(opened)
    yield opened
    await opened.close()
