"""What tests of acts in pages have in common: a portal over a `backend` of their own, and who opens it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from selection.application.state import ApplicationState
from selection.streams import aggregate
from tests.portal.support.acting import DecidingBackend, DecidingClient
from tests.portal.support.browsing import ORIGIN


@asynccontextmanager
async def decide(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    """Open a portal's backend whose acts are decided at the record in this process."""
    backend = DecidingBackend(url, recorder)
    async with backend.open():
        yield backend


@pytest.fixture
async def client(backend: DecidingBackend) -> DecidingClient:
    return await backend.client()


@pytest.fixture
async def app(backend: DecidingBackend) -> Starlette:
    return create_app(backend, ORIGIN)


async def state_of(recorder: Ledger, stream: str) -> ApplicationState:
    """Return the state of an application as the record holds it."""
    snapshot = await recorder.reading.snapshot(stream)
    assert snapshot is not None
    found = aggregate(stream).load(snapshot.state)
    assert isinstance(found, ApplicationState)
    return found
