"""`/health` says in JSON whether the portal is alive, ready and deciding, in parts to its own machine."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from temporalio.envconfig import ClientConfigProfile

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from portal.guard.requests import FOR_MONITORS
from portal.pages import health
from portal.pages.health import Look, Workers
from runtime.logins import Login
from runtime.settings import Settings
from tests.portal.conftest import browse
from tests.portal.test_guard import away

__all__ = ["away"]
ELSEWHERE = "203.0.113.9"
PUBLIC = "https://portal.example"
OWN_NAMES = ("127.0.0.1:8700", "localhost:8700", "[::1]:8700")
OTHERS = ("evil.example", "localhost.evil.example", "[")


async def test_what_answers_is_told_in_parts_on_this_machine_alone(app: Starlette, recorder: Ledger) -> None:
    async with browse(app) as here, browse(app, ELSEWHERE) as there:
        answer = await here.client.get("/health")
        assert answer.status_code == 200
        # The record's portal has no Temporal beside it: pages are shown, and nothing can be done.
        assert answer.json() == {
            "alive": True,
            "ready": True,
            "deciding": False,
            "postgres": "answers",
            "temporal": "away",
            "workers": None,
        }
        told = await there.client.get("/health")
        assert told.json() == {"alive": True, "ready": True, "deciding": False}
        answers = {word: await there.client.get(f"/health/{word}") for word in ("alive", "ready", "deciding")}
    assert {word: answer.json() for word, answer in answers.items()} == {
        "alive": {"alive": True},
        "ready": {"ready": True},
        "deciding": {"deciding": False},
    }
    assert [answer.status_code for answer in answers.values()] == [200, 200, 503]


@pytest.mark.parametrize(
    ("workers", "decided"),
    [
        (Workers(deciding=1, silent_s=0.0, waiting=9, behind_s=60.0), True),
        # Acts wait although a worker shows up: its build may not be the current one.
        (Workers(deciding=1, silent_s=0.0, waiting=9, behind_s=60.1), False),
        (Workers(deciding=0, silent_s=0.0, waiting=0, behind_s=0.0), False),
        (None, False),
    ],
)
def test_acts_are_decided_where_a_worker_reaches_the_record_and_none_waits_long(
    workers: Workers | None, decided: bool
) -> None:
    assert Look("answers", "answers", workers).deciding is decided
    assert not Look("away", "unknown", workers).deciding


async def test_however_many_ask_the_parts_are_looked_at_once(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    look = health._look

    async def count(backend: Backend) -> Look:
        nonlocal looks
        looks += 1
        return await look(backend)

    monkeypatch.setattr(health, "_look", count)
    monkeypatch.setattr(health, "LOOKS_EVERY_S", 600.0)
    async with browse(app) as browser:
        asked = (browser.client.get(path) for path in sorted(FOR_MONITORS) * 25)
        answers = await asyncio.gather(*asked)
    assert len(answers) == 100
    assert looks == 1


async def test_while_the_record_is_away_that_is_told_without_where_it_is(away: Starlette) -> None:
    async with browse(away) as here, browse(away, ELSEWHERE) as there:
        answer, told = await here.client.get("/health"), await there.client.get("/health")
    assert (answer.status_code, told.status_code) == (503, 503)
    assert told.json() == {"alive": True, "ready": False, "deciding": False}
    assert answer.json() == told.json() | {"postgres": "away", "temporal": "unknown", "workers": None}
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_probe_asks_the_port_by_the_machines_own_name_whatever_the_public_one_is(url: str) -> None:
    backend = Backend(Settings(databases={Login.PORTAL: url}))
    async with backend.open():
        app = create_app(backend, PUBLIC)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 123))
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
            told = {
                host: await client.get("/health", headers={"host": host})
                for host in (*OWN_NAMES, "portal.example", *OTHERS)
            }
            pages = [await client.get("/", headers={"host": host}) for host in OWN_NAMES]
    assert [answer.status_code for answer in told.values()] == [200, 200, 200, 200, 421, 421, 421]
    # By the public name it may be a stranger whom a server in front lets through.
    assert [len(told[host].json()) for host in (*OWN_NAMES, "portal.example")] == [6, 6, 6, 3]
    assert [answer.status_code for answer in pages] == [421, 421, 421]


async def test_pages_do_not_wait_for_a_temporal_that_accepts_and_never_answers(url: str) -> None:
    called = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(hold, "127.0.0.1", 0) as silent:
        host, port = silent.sockets[0].getsockname()
        temporal = ClientConfigProfile(address=f"{host}:{port}")
        backend = Backend(Settings(databases={Login.PORTAL: url}, temporal=temporal))
        async with backend.open():
            asking = asyncio.create_task(backend.client())
            await called.wait()
            await backend.reach()
            assert not asking.done()
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
