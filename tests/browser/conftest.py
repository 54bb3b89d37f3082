from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.support.chromium import Tab, launch, needs_chromium, open_tab
from tests.browser.support.site import Site, serve
from tests.run_properties import read_properties
from tests.sharing import lies_in

SIGNED_IN_A_BROWSER = "signed in a browser"
LIVED_THROUGH = "lived through in pages"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "browser"):
            item.add_marker("browser")
            item.add_marker(needs_chromium)
            # One browser for all of them, so one loop: it belongs to the loop that started it.
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launch() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def tab(browser: Browser) -> AsyncIterator[Tab]:
    async with open_tab(browser) as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how long it took to sign and how much is stored of it, and what a round came to that was lived through."""
    for name in (SIGNED_IN_A_BROWSER, LIVED_THROUGH):
        for line in read_properties(config, name):
            terminalreporter.write_line(f"{name}: {line}")
