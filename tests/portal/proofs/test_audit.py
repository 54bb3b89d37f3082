"""The auditor's pages: a copy of the record, its replay, its verification, what if; and nobody else has any of it."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.note import NoteSigner
from tests.audit.what_if.rounds import bundle_of
from tests.ledger.test_exporting import sign
from tests.portal.conftest import browse, sign_in
from tests.portal.support.archiving import keep_histories
from tests.portal.support.browsing import ORIGIN, OWN, Browser
from tests.reading.streams import MAIN
from tests.selection import story

AUDIT = f"/rounds/{story.ROUND}/audit"
REPLAY = f"/applications/{MAIN.stream.partition('/')[2]}/replay"
OF_ROUND = f"/rounds/{story.ROUND}/replay"
OF_LIST = f"/rounds/{story.ROUND}/list/bj/replay"
PAGES = (
    AUDIT,
    f"{AUDIT}/bundle",
    f"{AUDIT}/report",
    f"{AUDIT}/what-if",
    REPLAY,
    f"{REPLAY}?at=2&as=expert-1",
    OF_ROUND,
    OF_LIST,
)
LAST = len(MAIN.steps)


@pytest.fixture
async def backend(url: str) -> AsyncIterator[Backend]:
    made = Backend(Settings(databases={Login.PORTAL: url, Login.AUDITOR: url}))
    async with made.open():
        yield made


@pytest.fixture
async def app(backend: Backend) -> Starlette:
    return create_app(backend, ORIGIN)


async def enter(browser: Browser, recorder: Ledger, person: str = "auditor-1") -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, person)


async def arrive(browser: Browser, path: str) -> None:
    """Open a page, and again as it asks for it, until what it waits for is there."""
    await browser.open(path)
    while "/static/pending.js" in browser.page:
        await browser.open(path)


async def begin(browser: Browser, path: str = AUDIT) -> None:
    """Begin a copy, and go on to a page that needs it."""
    await browser.open(path)
    await browser.send(AUDIT, {"next": path})
    await arrive(browser, path)


async def test_an_application_is_replayed_step_by_step_by_links(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await browser.open(REPLAY.removesuffix("/replay"))
    assert REPLAY in browser.links
    await browser.open(f"{REPLAY}?at=3")
    assert "There is no copy for you to work with" in browser.text
    await begin(browser, f"{REPLAY}?at=3")
    for shown in (
        f"Step 3 of {LAST}",
        "Version 2 of the application was submitted.",
        "agent-1 (applicant)",
        "the act: Hand in the application",
        "version handed in 1 2",
        "calendar.submission",
        "host unit (credit code: 91110000MA00000000, ",
    ):
        assert shown in browser.text, shown
    assert {f"{REPLAY}?at={step}#steps" for step in (1, 2, 4, LAST)} <= set(browser.links)
    assert "style=" not in browser.page
    assert "&lt;time" not in browser.page
    await arrive(browser, f"{REPLAY}?at=9999&lang=zh")
    assert f"第 {LAST} 步，共 {LAST} 步" in browser.text

    await browser.speak("en")
    await arrive(browser, f"{REPLAY}?at={LAST}&as=expert-1")
    assert "What Nm-expert-1 could see at this step" in browser.text
    assert f"{REPLAY}?at={LAST - 1}&as=expert-1#steps" in browser.links
    await arrive(browser, f"{REPLAY}?at={LAST}&as=nobody-1")
    assert "The record registers nobody of this id." in browser.text

    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    copy.bundle.write_bytes(b"no bundle")
    await arrive(browser, f"{REPLAY}?at={LAST}&as=expert-2")
    assert "The copy cannot be read. Make a new one." in browser.text
    assert "nobody of this id" not in browser.text


async def test_a_round_and_a_list_are_replayed_by_the_same_links(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    assert OF_ROUND in browser.links
    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    # A round that was told as a process goes, in place of stories.
    bundle_of(Path(copy.folder))
    await arrive(browser, f"{OF_ROUND}?at=1")
    for shown in ("Replay of the round", "Step 1 of", "The round after it", "the act: Open a round"):
        assert shown in browser.text, shown
    assert f"{OF_ROUND}?at=2#steps" in browser.links
    assert "What somebody could see then" not in browser.text
    assert (await browser.open(f"{AUDIT}/replay?unit=bj")).url.path == OF_LIST
    await arrive(browser, f"{OF_LIST}?at=1")
    assert "Replay of the recommendation list" in browser.text, browser.text
    assert "on the list" in browser.text
    await arrive(browser, f"/rounds/{story.ROUND}/list/no-unit/replay")
    assert "The copy holds nothing of" in browser.text


async def test_a_copy_is_verified_downloaded_and_deleted(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    held = (await recorder.reading.logs())[story.ROUND]
    assert f"{held} of the round" in browser.text
    assert "If the portal is killed, its file stays on the server" in browser.text
    await browser.send(f"{AUDIT}/verify", {"key": "no key"})
    assert "This is no public key." in browser.text
    key = NoteSigner("test.example", bytes(range(32))).verifier.vkey
    await browser.send(f"{AUDIT}/verify", {"key": key})
    await arrive(browser, f"{AUDIT}/report")
    # The stories of this record follow no process; that they were signed so is true.
    for shown in ("refuted", "不属实", "First point of difference", key, "selection audit verify"):
        assert shown in browser.text, shown
    assert "No public key was given" not in browser.text
    assert "<style" not in browser.page

    answer = await browser.client.get(f"{AUDIT}/bundle")
    assert answer.headers["content-disposition"] == f'attachment; filename="{story.ROUND}.zip"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    with ZipFile(BytesIO(answer.content)) as bundle:
        assert any(name.startswith("contents/") for name in bundle.namelist())

    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    await browser.open(AUDIT)
    assert f"{AUDIT}/report" in browser.links
    await browser.send(f"{AUDIT}/drop", {})
    assert "There is no copy for you to work with" in browser.text
    assert not copy.folder.exists()


async def test_work_goes_on_alone_and_one_of_each_person(
    browser: Browser, recorder: Ledger, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.pages.audit.shared.PATIENCE", 0.01)
    await keep_histories(recorder)
    await enter(browser, recorder)
    async with backend.copies.turns.copying:
        await browser.open(AUDIT)
        await browser.send(AUDIT, {"next": AUDIT})
        assert "Waiting for its turn" in browser.text
        assert "<progress" in browser.page
        assert AUDIT in browser.links
        assert "http-equiv" not in browser.page
        await browser.open("/tasks")
        again = await browser.send(AUDIT, {"next": AUDIT})
        assert again.status_code == 429
        assert "still going on" in browser.text
    await arrive(browser, AUDIT)
    assert "Start the verification" in browser.text


async def test_nobody_else_learns_that_the_pages_exist(app: Starlette, recorder: Ledger) -> None:
    await keep_histories(recorder)
    for person in ("officer-1", "approver-1", "agent-1", "stranger-1"):
        async with browse(app) as browser:
            await enter(browser, recorder, person)
            assert AUDIT not in browser.links
            for path in PAGES:
                hidden = await browser.open(path)
                assert hidden.status_code == 404, (person, path)
            there_is_none = await browser.open(path.replace(story.ROUND, "no-such-round"))
            assert hidden.text.replace(story.ROUND, "no-such-round") == there_is_none.text, person
            for path in (AUDIT, f"{AUDIT}/verify", f"{AUDIT}/drop"):
                await browser.open("/tasks")
                assert (await browser.send(path, {"next": "/"})).status_code == 404, (person, path)


async def test_copies_are_of_their_person_and_an_administrators_is_without_contents(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    async with browse(app) as other:
        await enter(other, recorder, "admin-1")
        await other.open(AUDIT)
        assert "There is no copy for you to work with" in other.text
        await begin(other)
        assert "without people's texts and files" in other.text
        answer = await other.client.get(f"{AUDIT}/bundle")
    with ZipFile(BytesIO(answer.content)) as bundle:
        held = [name for name in bundle.namelist() if name.startswith("contents/")]
    assert not any("check-text" in name or "form" in name for name in held), held


async def test_the_round_is_run_again_as_the_address_says(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    # A round that was told as a process goes, in place of stories.
    bundle_of(copy.folder)
    await arrive(browser, f"{REPLAY}?at=30&as=expert-2")
    for shown in ("What expert-2 could see at this step", "Stood to it as", "Entries that showed"):
        assert shown in browser.text, shown
    path = f"{AUDIT}/what-if?weight.technical=60&without=expert-2,&runs=5"
    await arrive(browser, path)
    for shown in ("模拟 SIMULATION", "It decides nothing", "Sealed: 25", "expert-2"):
        assert shown in browser.text, shown
    assert browser.page.count("<svg") == 2
    assert "style=" not in browser.page
    assert 'name="weight.technical" type="text" value="60"' in browser.page
    for asked, fault in (
        ("runs=1001", "Enter a whole number from 0 to 1000."),
        ("places=x", "Places: Enter a whole number."),
        ("without=agent-1", "agent-1 reviewed nothing in this round."),
        ("weight.technical=1000", 'href="#weight.technical"'),
    ):
        await arrive(browser, f"{AUDIT}/what-if?{asked}")
        assert fault in browser.text or fault in browser.page, asked
        assert "<svg" not in browser.page


async def test_what_came_to_nothing_is_told_with_what_to_do(
    browser: Browser, recorder: Ledger, url: str, backend: Backend
) -> None:
    await enter(browser, recorder)
    await begin(browser)
    assert "What was recorded last is not signed yet." in browser.text
    await sign(recorder, story.ROUND, "installation")
    await begin(browser)
    assert "have not been kept yet" in browser.text
    other = Backend(Settings(databases={Login.PORTAL: url}))
    async with other.open(), browse(create_app(other, ORIGIN)) as elsewhere:
        await enter(elsewhere, recorder)
        await begin(elsewhere)
        assert "was not given the auditor's login" in elsewhere.text
    refused = await browser.client.post(AUDIT, data={"next": "/"}, headers=OWN)
    assert refused.status_code == 403
