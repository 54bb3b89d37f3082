"""The portal over a record that holds one of everything that can happen in a round, asked in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings
from tests.portal.support.browsing import ORIGIN, Browser, make_link
from tests.portal.support.signing import signed_template
from tests.reading.conftest import story_template, url
from tests.sharing import lies_in

__all__ = ["signed_template", "story_template", "url"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "portal") and "server" in getattr(item, "fixturenames", ()):
            item.add_marker("stack")


@pytest.fixture
async def recorder(url: str) -> AsyncIterator[Ledger]:
    """The record of a local installation with people and a round, on the worker's rights."""
    opened = await Ledger.connect(url, role=RECORDER_ROLE)
    yield opened
    await opened.close()


@pytest.fixture
async def app(url: str) -> AsyncIterator[Starlette]:
    backend = Backend(Settings(databases={Login.PORTAL: url}))
    async with backend.open():
        yield create_app(backend, ORIGIN)


@asynccontextmanager
async def browse(app: Starlette, address: str = "127.0.0.1") -> AsyncIterator[Browser]:
    """Another browser, with cookies of its own."""
    transport = httpx.ASGITransport(app=app, client=(address, 123))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Browser(client)


@pytest.fixture
async def browser(app: Starlette) -> AsyncIterator[Browser]:
    async with browse(app) as opened:
        yield opened


async def sign_in(browser: Browser, recorder: Ledger, person: str, *, leads: str = "/tasks") -> None:
    """Sign in by a link, as on a local installation; it leads to where one wanted to go, else to one's tasks."""
    link = await make_link(recorder)
    await browser.open(link)
    answer = await browser.send(link, {"person": person})
    assert answer.status_code == 200, browser.text
    assert answer.url.path == leads


@pytest.fixture
async def officer(browser: Browser, recorder: Ledger) -> Browser:
    """The browser of an officer who is signed in and reads English."""
    await browser.speak("en")
    await sign_in(browser, recorder, "officer-1")
    return browser
