"""Having a round's histories kept from a page: its progress, what came of it, and nobody else."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from portal.proofs.archiving import Archiving
from selection.refusals.refused import Refused
from starter.archive.archive import ArchiveResult
from starter.client.errors import Pending
from tests.portal.conftest import browse
from tests.portal.proofs.test_audit import AUDIT, app, arrive, backend, enter
from tests.portal.support.browsing import ORIGIN, Browser
from tests.selection import story

__all__ = ["app", "backend"]
PAGE = f"{AUDIT}/archive"
FOUND = ArchiveResult(looked=3, open=1, missing=0)


async def test_how_far_it_is_shows_to_who_comes_back_and_nothing_is_begun_twice(
    browser: Browser, recorder: Ledger, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.pages.audit.archiving.PATIENCE", 0.01)
    await enter(browser, recorder)
    await browser.open(AUDIT)
    assert PAGE in browser.links
    await browser.open(PAGE)
    assert "Keep them now" in browser.text
    begun, go_on = 0, asyncio.Event()

    async def keep(tell: Callable[[int], None]) -> ArchiveResult:
        nonlocal begun
        begun += 1
        tell(2)
        await go_on.wait()
        return FOUND

    for person in ("auditor-1", "admin-1"):
        backend.archivings.begin(story.ROUND, Archiving(person, "kept-1"), 3, keep)
    await browser.open(PAGE)
    await browser.open("/tasks")
    await browser.open(PAGE)
    assert "Histories 2 of 3" in browser.text
    await browser.open(f"{PAGE}?lang=zh")
    assert "正在处理历史 已完成 2/3" in browser.text
    go_on.set()
    await browser.speak("en")
    await arrive(browser, PAGE)
    for shown in ("The histories were kept.", "auditor-1", "Of workflows that go on 1"):
        assert shown in browser.text, shown
    assert "/receipts/kept-1" in browser.links
    assert begun == 1


@pytest.mark.parametrize(
    ("failure", "english", "chinese"),
    [
        (
            Refused("command-reused"),
            "You used this command id for another act",
            "该操作编号已用于您的另一操作",
        ),
        (Pending("kept-1", "archive/r1"), "It was begun and nothing answers for it just now.", "处理已开始"),
        (RuntimeError("secret"), "Something broke while this was worked out.", "处理过程中出现故障"),
    ],
    ids=["refused", "pending", "broken"],
)
async def test_why_nothing_came_of_it_is_told_in_both_languages_and_it_can_be_begun_anew(
    browser: Browser, recorder: Ledger, backend: Backend, failure: Exception, english: str, chinese: str
) -> None:
    await enter(browser, recorder)

    async def keep(_: Callable[[int], None]) -> ArchiveResult:
        raise failure

    async def keep_again(_: Callable[[int], None]) -> ArchiveResult:
        return FOUND

    backend.archivings.begin(story.ROUND, Archiving("auditor-1", "kept-1"), 3, keep)
    for language, sentence, button in (("en", english, "Keep them now"), ("zh", chinese, "立即归档")):
        await browser.open(f"/language/{language}")
        await arrive(browser, PAGE)
        assert sentence in browser.text, browser.text
        assert button in browser.text
        assert "secret" not in browser.text
    backend.archivings.begin(story.ROUND, Archiving("admin-1", "kept-2"), 3, keep_again)
    await arrive(browser, PAGE)
    assert "历史已归档。" in browser.text
    # Another's receipt is another's.
    assert "/receipts/kept-2" not in browser.links


async def test_nobody_else_sees_or_begins_it_and_is_told_so_in_both_languages(
    app: Starlette, recorder: Ledger, backend: Backend
) -> None:
    for person in ("officer-1", "approver-1", "agent-1", "stranger-1"):
        async with browse(app) as browser:
            await enter(browser, recorder, person)
            for language, said in (("en", "it is not for you to see"), ("zh", "您无权查看")):
                await browser.open(f"/language/{language}")
                assert (await browser.open(PAGE)).status_code == 404, person
                assert said in browser.text
                await browser.open("/tasks")
                assert (await browser.send(PAGE, {})).status_code == 404, person
                assert said in browser.text
    assert backend.archivings.find(story.ROUND) is None


async def test_where_temporal_is_away_that_is_said_and_nothing_is_in_the_way(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await enter(browser, recorder)
    await browser.open(PAGE)
    answer = await browser.send(PAGE, {})
    assert (answer.status_code, "Try again in a minute" in browser.text) == (503, True)
    assert backend.archivings.find(story.ROUND) is None
    await browser.open(PAGE)
    assert "Keep them now" in browser.text


@pytest.mark.parametrize(
    ("refused", "shown"),
    [
        (None, "The histories were kept."),
        (Refused("command-reused"), "You used this command id for another act"),
    ],
    ids=["kept", "refused"],
)
async def test_it_shows_at_every_process_of_the_machine(
    browser: Browser,
    recorder: Ledger,
    backend: Backend,
    monkeypatch: pytest.MonkeyPatch,
    refused: Any,
    shown: str,
) -> None:
    monkeypatch.setattr("portal.pages.audit.archiving.PATIENCE", 0.01)
    await enter(browser, recorder)
    go_on, begun = asyncio.Event(), 0

    async def keep(tell: Callable[[int], None]) -> ArchiveResult:
        nonlocal begun
        begun += 1
        tell(2)
        await go_on.wait()
        if refused:
            raise refused
        return FOUND

    other = Backend(backend.settings)
    async with other.open(), browse(create_app(other, ORIGIN)) as elsewhere:
        elsewhere.client.cookies = browser.client.cookies
        for process in (other, backend):
            process.archivings.begin(story.ROUND, Archiving("auditor-1", "kept-1"), 3, keep)
        for page in (browser, elsewhere):
            while "Histories 2 of 3" not in page.text:
                await page.open(PAGE)
        go_on.set()
        for page in (browser, elsewhere):
            await arrive(page, PAGE)
            assert shown in page.text
        assert begun == 1
    # The process that had it done is gone, and what it knew with it.
    await browser.open(PAGE)
    assert shown not in browser.text
