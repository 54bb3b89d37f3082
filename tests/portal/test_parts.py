"""How the parts of the installation do, as administrators see it."""

import asyncio

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from runtime.embedded.ports import LOOPBACK
from runtime.logins import Login
from runtime.settings import Settings
from starter.doctor import by_login
from tests.portal.conftest import browse, sign_in
from tests.portal.support.browsing import ORIGIN, Browser


async def test_an_administrator_sees_what_answers_and_what_mends_the_rest(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, "admin-1")
    await browser.open("/do")
    assert "/parts" in browser.links
    assert (await browser.open("/parts")).status_code == 200
    for said in (
        "Database in order version",
        "Database schema in order all applied",
        "Clock of the database",
    ):
        assert said in browser.text
    # No Temporal runs here.
    for said in ("1 part is not in order", "Workflow server not in order", "selection doctor"):
        assert said in browser.text
    await browser.speak("zh")
    await browser.open("/parts")
    assert "流程服务器 异常 未设置其地址" in browser.text
    assert "server-unreachable" not in browser.page


async def test_nobody_else_sees_how_the_parts_do(app: Starlette, recorder: Ledger) -> None:
    for person in ("officer-1", "expert-1", "auditor-1", "supervisor-1"):
        async with browse(app) as browser:
            assert (await browser.client.get("/parts")).status_code == 303
            await sign_in(browser, recorder, person)
            assert (await browser.client.get("/parts")).status_code == 404
            await browser.open("/do")
            assert "/parts" not in browser.links


async def test_the_parts_are_looked_at_once_at_a_time_and_no_login_is_told(
    url: str, recorder: Ledger
) -> None:
    backend = Backend(Settings(databases={Login.PORTAL: url}))
    async with backend.open(), browse(create_app(backend, ORIGIN)) as browser:
        await browser.speak("en")
        await sign_in(browser, recorder, "admin-1")
        async with backend.examine_as("admin-1"):
            assert (await browser.open("/parts")).status_code == 429
            assert "being looked at for you" in browser.text
        assert (await browser.open("/parts")).status_code == 200
        assert url not in browser.page
        assert "postgresql://" not in browser.page


async def test_a_part_that_does_not_answer_hides_none_of_the_others(
    url: str, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_login, "WITHIN_S", 1)
    silent = await asyncio.start_server(lambda _, __: None, LOOPBACK)
    address = f"{LOOPBACK}:{silent.sockets[0].getsockname()[1]}"
    named = {"TEMPORAL_ADDRESS": address, Login.PORTAL.variable: url}
    backend = Backend(Settings.from_environment(named))
    async with silent, backend.open(), browse(create_app(backend, ORIGIN)) as browser:
        await browser.speak("en")
        await sign_in(browser, recorder, "admin-1")
        assert (await browser.open("/parts")).status_code == 200
        assert "Database in order version" in browser.text
        assert "Workflow server not in order it did not answer in time" in browser.text
        await browser.speak("zh")
        await browser.open("/parts")
        assert "流程服务器 异常 未在时限内应答" in browser.text
