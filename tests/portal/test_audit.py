"""The auditor's pages: a copy of the record, its replay, its verification, what if; and nobody else has any of it."""

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from portal.faults import Fault
from portal.proofs.jobs import Answer, Replay, Verify
from portal.proofs.keeping import Copies, Copy
from portal.proofs.working import WorkFailed, run_job
from reading.access.authentication import Entrance, LocalAssertion
from reading.access.subject import Subject
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.note import NoteSigner
from starter.archive.bundling import write_bundle
from starter.archive.export import Exported, Tell
from tests.audit.what_if.rounds import bundle_of
from tests.ledger.test_exporting import sign
from tests.portal.conftest import browse, sign_in
from tests.portal.support.audited import keep_histories
from tests.portal.support.browsing import ORIGIN, OWN, Browser
from tests.reading.told import MAIN
from tests.selection import story

AUDIT = f"/rounds/{story.ROUND}/audit"
REPLAY = f"/applications/{MAIN.stream.partition('/')[2]}/replay"
PAGES = (
    AUDIT,
    f"{AUDIT}/bundle",
    f"{AUDIT}/report",
    f"{AUDIT}/what-if",
    REPLAY,
    f"{REPLAY}?at=2&as=expert-1",
)
LAST = len(MAIN.steps)


@pytest.fixture
async def backend(url: str) -> AsyncIterator[Backend]:
    made = Backend(Settings(databases={Login.PORTAL: url, Login.AUDITOR: url}))
    async with made.opened():
        yield made


@pytest.fixture
async def app(backend: Backend) -> Starlette:
    return create_app(backend, ORIGIN)


async def enter(browser: Browser, recorder: Ledger, person: str = "auditor-1") -> None:
    await browser.open("/language/en")
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
        "host unit credit code 91110000MA00000000",
    ):
        assert shown in browser.text, shown
    assert {f"{REPLAY}?at={step}#steps" for step in (1, 2, 4, LAST)} <= set(browser.links)
    assert "style=" not in browser.page
    assert "&lt;time" not in browser.page
    await arrive(browser, f"{REPLAY}?at=9999&lang=zh")
    assert f"第 {LAST} 步，共 {LAST} 步" in browser.text

    await browser.open("/language/en")
    await arrive(browser, f"{REPLAY}?at={LAST}&as=expert-1")
    assert "What expert-1 could see at this step" in browser.text
    assert f"{REPLAY}?at={LAST - 1}&as=expert-1#steps" in browser.links
    await arrive(browser, f"{REPLAY}?at={LAST}&as=nobody-1")
    assert "The record registers nobody of this id." in browser.text

    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    copy.bundle.write_bytes(b"no bundle")
    await arrive(browser, f"{REPLAY}?at={LAST}&as=expert-2")
    assert "The copy cannot be read. Make a new one." in browser.text
    assert "nobody of this id" not in browser.text


async def test_a_copy_is_verified_downloaded_and_deleted(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    assert "146 of the round" in browser.text
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
    async with other.opened(), browse(create_app(other, ORIGIN)) as elsewhere:
        await enter(elsewhere, recorder)
        await begin(elsewhere)
        assert "was not given the auditor's login" in elsewhere.text
    refused = await browser.client.post(AUDIT, data={"next": "/"}, headers=OWN)
    assert refused.status_code == 403


async def admit(recorder: Ledger, person: str) -> Subject:
    return await Entrance(recorder.people, recorder.keys).admit(LocalAssertion(person=person, session="test"))


async def test_of_two_copies_asked_for_at_once_one_is_made_and_none_is_left_behind(
    recorder: Ledger, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep_histories(recorder)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    who = await admit(recorder, "auditor-1")
    copies = Copies(Settings(databases={Login.AUDITOR: url}))
    asked = (copies.make(who, story.ROUND, redacted=False) for _ in range(2))
    first, second = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(first, Copy)
    assert isinstance(second, Fault)
    assert second.code == "proof-busy"
    assert copies.find("auditor-1", story.ROUND) is first
    await first.making.wait(60)
    again = await copies.make(who, story.ROUND, redacted=False)
    assert list(tmp_path.iterdir()) == [again.folder]
    await copies.close()
    assert not list(tmp_path.iterdir())


async def test_a_copy_deleted_while_it_is_made_gives_its_turn_back_once_its_thread_has_ended(
    recorder: Ledger, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep_histories(recorder)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    who = await admit(recorder, "auditor-1")
    began, go_on = threading.Event(), threading.Event()
    at_the_end: list[tuple[bool, bool]] = []

    async def write(*asked: Any, tell: Tell, **named: Any) -> Exported:
        def wait_and_tell(part: str, done: int, total: int) -> None:
            began.set()
            go_on.wait(60)
            at_the_end.append((copies.turns.copying.locked(), any(tmp_path.iterdir())))
            tell(part, done, total)

        return await write_bundle(*asked, tell=wait_and_tell, **named)

    monkeypatch.setattr("portal.proofs.keeping.write_bundle", write)
    copies = Copies(Settings(databases={Login.AUDITOR: url}))
    await copies.make(who, story.ROUND, redacted=False)
    assert await asyncio.to_thread(began.wait, 60)
    dropping = asyncio.create_task(copies.drop("auditor-1"))
    # Time to go wrong in: one that waits for its thread waits however long this is.
    await asyncio.wait([dropping], timeout=0.3)
    go_on.set()
    await dropping
    assert at_the_end == [(True, True)]
    assert not copies.turns.copying.locked()
    assert not any(tmp_path.iterdir())


async def test_a_verification_takes_the_place_of_an_earlier_one_and_keeps_nobody_from_copying(
    browser: Browser, recorder: Ledger, backend: Backend
) -> None:
    await keep_histories(recorder)
    await enter(browser, recorder)
    await begin(browser)
    copy = backend.copies.find("auditor-1", story.ROUND)
    assert copy is not None
    async with backend.copies.turns.verifying:
        first, *others = [copy.work_on(Verify(key=key)) for key in ("one", "two", "three", "four", "")]
        assert await first.wait(60)
        assert first.fault == "stopped"
        waiting = others.pop()
        assert [await work.wait(60) for work in others] == [True] * 3
        assert waiting.running
        other = await backend.copies.make(await admit(recorder, "admin-1"), story.ROUND, redacted=True)
        assert await other.making.wait(60)
        assert not other.making.fault
    assert copy.work_on(Verify()) is waiting
    assert await waiting.wait(60)
    assert not waiting.fault
    assert copy.work_on(Verify(key="one")) is not first


async def test_a_copy_ends_with_its_time(recorder: Ledger, url: str) -> None:
    await keep_histories(recorder)
    who = await admit(recorder, "auditor-1")
    copies = Copies(Settings(databases={Login.AUDITOR: url}), kept=timedelta())
    copy = await copies.make(who, story.ROUND, redacted=False)
    assert copy.folder.exists()
    while copies.find("auditor-1", story.ROUND) is not None or await asyncio.to_thread(copy.folder.exists):
        await asyncio.sleep(0)
    assert not copy.making.running


async def test_a_process_that_takes_too_long_is_ended_and_no_bundle_is_told(tmp_path: Path) -> None:
    bundle, answer = tmp_path / "round.zip", tmp_path / "answer.json"
    bundle.write_bytes(b"no bundle")
    with pytest.raises(WorkFailed, match="too-long"):
        await run_job(bundle, Verify(), answer, 0, lambda *_: None)
    assert not answer.exists()
    await run_job(bundle, Replay(number="0001"), answer, 60, lambda *_: None)
    assert Answer.model_validate_json(answer.read_bytes()).fault == "unreadable"
