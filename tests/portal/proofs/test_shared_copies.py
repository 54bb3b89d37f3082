"""Copies of records where several processes of the portal stand behind one address: made by one, found by each."""

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import Backend
from portal.faults import Fault
from portal.proofs.beside import name_installation
from portal.proofs.copying import Copy
from portal.proofs.jobs import Answer, Job, Replay, Verify
from portal.proofs.keeping import Copies
from runtime.logins import Login
from runtime.settings import Settings
from starter.archive.bundling import write_bundle
from starter.archive.export import ExportCounts, Tell
from tests.portal.conftest import browse
from tests.portal.proofs.test_audit import AUDIT, REPLAY, arrive, begin, enter
from tests.portal.proofs.test_copies import admit
from tests.portal.support.archiving import keep_histories
from tests.portal.support.browsing import ORIGIN, Browser
from tests.running.waiting import STUCK_AFTER
from tests.selection import story

Two = tuple[Copies, Copies]
JOB = Replay(number="0001")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of the machine."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
async def two(url: str, recorder: Ledger, folder: Path) -> AsyncIterator[Two]:
    """What two processes keep."""
    await keep_histories(recorder)
    first, second = (Copies(Settings(databases={Login.AUDITOR: url})) for _ in range(2))
    yield first, second
    await first.close()
    await second.close()
    assert not list(folder.iterdir())


async def make(copies: Copies, recorder: Ledger, *, made: bool = True) -> Copy:
    copy = await copies.make(await admit(recorder, "auditor-1"), story.ROUND, redacted=False)
    if made:
        assert await copy.making.wait(STUCK_AFTER)
        assert not copy.making.fault
    return copy


def find(copies: Copies) -> Copy | None:
    return copies.find("auditor-1", story.ROUND)


def find_there(copies: Copies) -> Copy:
    found = find(copies)
    assert found is not None
    return found


class Jobs:
    """Jobs that are done once they are let: none of what they are about, but counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[Job] = []
        self.go_on = asyncio.Event()
        monkeypatch.setattr("portal.proofs.copying.run_job", self.run)

    async def run(self, _: Path, job: Job, answer: Path, __: float, tell: Tell) -> None:
        self.begun.append(job)
        while not self.go_on.is_set():
            tell("entries", 2, 3)
            await asyncio.sleep(0.01)
        answer.write_bytes(Answer(found={"by": len(self.begun)}).model_dump_json().encode())


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    return Jobs(monkeypatch)


async def test_a_copy_is_found_by_another_process_while_it_is_made_and_once_it_is(
    two: Two, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    began, go_on = threading.Event(), threading.Event()

    async def write(*asked: Any, tell: Tell, **named: Any) -> ExportCounts:
        tell("entries", 1, 9)
        began.set()
        await asyncio.to_thread(go_on.wait, STUCK_AFTER)
        return await write_bundle(*asked, tell=tell, **named)

    monkeypatch.setattr("portal.proofs.copying.write_bundle", write)
    copy = await make(first, recorder, made=False)
    assert await asyncio.to_thread(began.wait, STUCK_AFTER)
    found = find_there(second)
    assert not await found.making.wait(0.01)
    assert (found.making.part, found.making.done, found.making.total) == ("entries", 1, 9)
    assert found.exported is None
    with pytest.raises(Fault, match="proof-busy"):
        await make(second, recorder)
    go_on.set()
    assert await found.making.wait(STUCK_AFTER)
    assert find(second) is found
    assert found.exported == copy.exported is not None
    assert (found.bundle, found.redacted, found.until) == (copy.bundle, False, copy.until)
    assert second.find("admin-1", story.ROUND) is None
    assert second.find("auditor-1", "another-round") is None


async def test_a_copy_that_could_not_be_made_is_told_so_by_each(
    two: Two, recorder: Ledger, monkeypatch: Any
) -> None:
    async def write(*_: Any, **__: Any) -> ExportCounts:
        raise RuntimeError("secret")

    monkeypatch.setattr("portal.proofs.copying.write_bundle", write)
    copy = await make(two[0], recorder, made=False)
    assert await copy.making.wait(STUCK_AFTER)
    found = find_there(two[1])
    assert await found.making.wait(STUCK_AFTER)
    assert found.making.fault == copy.making.fault == "broken"


async def test_another_installations_copies_are_found_by_none_of_this_one(
    two: Two, recorder: Ledger, url: str
) -> None:
    await make(two[0], recorder)
    others = (
        Settings(databases={Login.AUDITOR: f"{url}&application_name=x"}),
        Settings(databases={Login.PORTAL: url}),
    )
    assert [bool(name_installation(settings, Login.AUDITOR)) for settings in others] == [True, False]
    for settings in others:
        assert find(Copies(settings)) is None


async def test_a_job_is_done_by_one_process_and_its_answer_read_by_each(
    two: Two, recorder: Ledger, jobs: Jobs
) -> None:
    first, second = two
    copy = await make(first, recorder)
    there = find_there(second)
    works = [copy.work_on(JOB), there.work_on(JOB)]
    while {(work.part, work.done) for work in works} != {("entries", 2)}:
        assert not await works[1].wait(0.01)
    jobs.go_on.set()
    assert [await work.wait(STUCK_AFTER) for work in works] == [True, True]
    assert [work.fault for work in works] == ["", ""]
    assert jobs.begun == [JOB]
    assert await there.read_answer(JOB) == await copy.read_answer(JOB) == Answer(found={"by": 1})
    # What made room for others is done anew.
    (copy.folder / next(copy.folder.glob("replay-*.json")).name).unlink()
    assert await there.work_on(JOB).wait(STUCK_AFTER)
    assert await there.read_answer(JOB) == Answer(found={"by": 2})


async def test_a_verification_takes_the_place_of_one_in_another_process(
    two: Two, recorder: Ledger, jobs: Jobs
) -> None:
    first, second = two
    copy = await make(first, recorder)
    there = find_there(second)
    copy.verify(Verify(key="one"))
    earlier = copy.work_on(Verify(key="one"))
    while not jobs.begun:
        await asyncio.sleep(0.01)
    assert there.verification == Verify(key="one")
    there.verify(Verify(key="two"))
    assert copy.verification == Verify(key="two")
    assert await earlier.wait(STUCK_AFTER)
    assert earlier.fault == "stopped"
    jobs.go_on.set()
    assert await there.work_on(Verify(key="two")).wait(STUCK_AFTER)
    assert jobs.begun == [Verify(key="one"), Verify(key="two")]


async def test_what_another_process_deletes_is_gone_for_who_made_it_and_its_work_ends(
    two: Two, recorder: Ledger, jobs: Jobs
) -> None:
    first, second = two
    copy = await make(first, recorder)
    work, waiting = copy.work_on(JOB), find_there(second).work_on(Replay(number="0002"))
    while len(jobs.begun) < 2:
        await asyncio.sleep(0.01)
    await second.drop("auditor-1")
    assert await work.wait(STUCK_AFTER)
    assert await waiting.wait(STUCK_AFTER)
    assert (work.fault, waiting.fault) == ("stopped", "stopped")
    assert (find(first), find(second)) == (None, None)
    assert not copy.folder.exists()


async def test_of_one_person_there_is_one_copy_whoever_made_it(
    two: Two, recorder: Ledger, folder: Path
) -> None:
    first, second = two
    earlier = await make(first, recorder)
    later = await make(second, recorder)
    assert find_there(first).folder == later.folder != earlier.folder
    while len(list(folder.iterdir())) > 1:
        await asyncio.sleep(0.01)
    # A process that ends takes what it made along, and nothing else.
    again = await make(first, recorder)
    await second.close()
    assert find_there(first) is again
    found = find_there(second)
    await first.close()
    assert find(second) is None
    assert not found.folder.exists()


async def test_of_two_that_are_made_at_once_in_two_processes_the_later_one_stays(
    two: Two, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    with monkeypatch.context() as blind:
        blind.setattr("portal.proofs.keeping.list_facts", lambda *_: ())
        earlier, later = await make(first, recorder), await make(second, recorder)
    assert find_there(second) is later
    assert find_there(first).folder == later.folder
    while await asyncio.to_thread(earlier.folder.exists):
        await asyncio.sleep(0.01)


@asynccontextmanager
async def serve(url: str) -> AsyncIterator[Backend]:
    backend = Backend(Settings(databases={Login.PORTAL: url, Login.AUDITOR: url}))
    async with backend.open():
        yield backend


async def test_an_auditor_goes_on_at_another_process(recorder: Ledger, url: str, folder: Path) -> None:
    await keep_histories(recorder)
    async with AsyncExitStack() as stack:
        apps = [create_app(await stack.enter_async_context(serve(url)), ORIGIN) for _ in range(2)]
        first, second = [await stack.enter_async_context(browse(app)) for app in apps]
        await enter(first, recorder)
        second.client.cookies = first.client.cookies
        await begin(first)
        await arrive(second, f"{REPLAY}?at=1")
        assert "Step 1 of" in second.text
        await second.open(AUDIT)
        await second.send(f"{AUDIT}/verify", {"key": ""})
        for page in (first, second):
            await arrive(page, f"{AUDIT}/report")
            assert "First point of difference" in page.text
        assert (await first.client.get(f"{AUDIT}/bundle")).content == await fetch(second)
        await second.open(AUDIT)
        await second.send(f"{AUDIT}/drop", {})
        for page in (first, second):
            await page.open(AUDIT)
            assert "There is no copy for you to work with" in page.text
    assert not list(folder.iterdir())


async def fetch(browser: Browser) -> bytes:
    answer = await browser.client.get(f"{AUDIT}/bundle")
    assert answer.status_code == 200
    return answer.content


async def test_what_another_process_deleted_makes_room_where_it_was_made(
    two: Two, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.proofs.keeping.COPIES_AT_MOST", 1)
    first, second = two
    await make(first, recorder)
    await second.drop("auditor-1")
    # Whoever may not read the record gets no copy, but a place for one.
    another = await first.make(await admit(recorder, "officer-1"), story.ROUND, redacted=False)
    assert await another.making.wait(STUCK_AFTER)
