"""Alive, ready and deciding are three answers: workers that are cut off from the record decide nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from temporalio.envconfig import ClientConfigProfile

import portal.pages.health as health
from ledger.database.store import RECORDER_ROLE, Store
from portal.app import create_app
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings
from runtime.temporal import namespace
from starter.doctor.checks import look_at_temporal
from starter.doctor.finding import Finding
from tests.portal.support.browsing import ORIGIN
from tests.running.waiting import SOON
from tests.workflows.support.installation import Installation
from worker.beats import beat_while_running

OFTEN = timedelta(milliseconds=100)
RECENT = timedelta(seconds=10)
"""How long a sign counts here: a busy machine may leave some out."""


class OwnLogin:
    """A login of one worker, which can be kept from the record without anybody else."""

    def __init__(self, place: Installation) -> None:
        self.name = f"worker_{uuid4().hex[:12]}"
        self.admin = place.ends.database_url
        self.url = make_conninfo(self.admin, user=self.name, password="secret")
        self.run(f"CREATE ROLE {self.name} LOGIN PASSWORD 'secret' IN ROLE {RECORDER_ROLE}")

    def run(self, *statements: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def cut_off(self) -> None:
        self.change("NOLOGIN")

    def only_read(self) -> None:
        """As a database that was made a copy of another: each new session reads, and records nothing."""
        self.change("SET default_transaction_read_only = on")

    def let_in(self) -> None:
        self.change("LOGIN", "RESET default_transaction_read_only")

    def change(self, *settings: str) -> None:
        """Change the login, and end its sessions: those that come are as it is now."""
        self.run(*(f"ALTER ROLE {self.name} {setting}" for setting in settings))
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{self.name}'")


@pytest.fixture
def login(place: Installation) -> OwnLogin:
    return OwnLogin(place)


@asynccontextmanager
async def ask_portal(place: Installation) -> AsyncIterator[httpx.AsyncClient]:
    """The portal beside an installation, asked by a program of its own machine."""
    temporal = ClientConfigProfile(address=place.ends.temporal_address, namespace=place.temporal.namespace)
    settings = Settings(
        databases={Login.PORTAL: place.ends.database_url}, temporal=temporal, task_queue=place.ends.task_queue
    )
    backend = Backend(settings)
    async with backend.open():
        transport = httpx.ASGITransport(app=create_app(backend, ORIGIN), client=("127.0.0.1", 123))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            yield client


async def soon(told: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SOON.total_seconds()):
        while not await told():
            await asyncio.sleep(0.1)


async def find_worker(place: Installation) -> Finding:
    found = await look_at_temporal(Settings(), place.ends, record=False)
    (worker,) = [item for item in found if item.part == "worker"]
    return worker


@asynccontextmanager
async def beat_by(login: OwnLogin, place: Installation) -> AsyncIterator[None]:
    """Show, on a login of its own, that a worker decides."""
    store = await Store.open(login.url, role=RECORDER_ROLE, size=2)
    try:
        async with beat_while_running(place.temporal, store, place.ends.task_queue, OFTEN):
            yield
    finally:
        await store.close()


@pytest.mark.parametrize("put_off", [OwnLogin.cut_off, OwnLogin.only_read])
async def test_workers_that_ask_for_work_and_are_cut_off_from_the_record_decide_nothing(
    place: Installation, login: OwnLogin, monkeypatch: pytest.MonkeyPatch, put_off: Callable[[OwnLogin], None]
) -> None:
    monkeypatch.setattr(namespace, "BEATS_WITHIN", RECENT)
    monkeypatch.setattr(health, "LOOKS_EVERY_S", 0.0)
    async with place.worker(), ask_portal(place) as portal, beat_by(login, place):

        async def decides(*, so: bool = True) -> bool:
            return ((await portal.get("/health/deciding")).status_code == 200) is so

        await soon(decides)
        assert (await find_worker(place)).fine
        put_off(login)
        await soon(partial(decides, so=False))
        told = (await portal.get("/health")).json()
        assert (told["alive"], told["ready"], told["deciding"]) == (True, True, False)
        # It asks for work as before.
        assert told["workers"]["silent_s"] <= namespace.POLLS_EVERY.total_seconds()
        others = [await portal.get(f"/health/{word}") for word in ("alive", "ready")]
        assert [answer.status_code for answer in others] == [200, 200]
        worker = await find_worker(place)
        assert not worker.fine
        assert "none reaches the record" in worker.found[0]
        assert "SELECTION_WORKER_DATABASE_URL" in worker.cure[0]
        login.let_in()
        await soon(decides)


async def test_a_worker_process_shows_that_it_decides(place: Installation) -> None:
    async def shows_up() -> bool:
        return len(await namespace.find_deciders(place.temporal, place.ends.task_queue)) == 1

    async with place.worker_process():
        await soon(shows_up)
