"""Auditors' copies of records in one process: one of each person, gone with its time, and a turn for everybody."""

import asyncio
import os
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from ledger.record import Ledger
from portal.backend import Backend
from portal.faults import Fault
from portal.proofs.copying import Copy
from portal.proofs.folders import PREFIX, clear_left, hold_folder
from portal.proofs.jobs import Answer, Replay, Verify
from portal.proofs.keeping import Copies
from portal.proofs.working import WorkFailed, run_job
from reading.access.authentication import Entrance, LocalAssertion
from reading.access.subject import Subject
from runtime.logins import Login
from runtime.settings import Settings
from starter.archive.bundling import write_bundle
from starter.archive.export import ExportCounts, Tell
from tests.portal.support.archiving import keep_histories
from tests.running.waiting import STUCK_AFTER
from tests.selection import story


@pytest.fixture
async def copies(url: str) -> AsyncIterator[Copies]:
    made = Copies(Settings(databases={Login.AUDITOR: url}))
    yield made
    await made.close()


async def admit(recorder: Ledger, person: str) -> Subject:
    return await Entrance(recorder.people, recorder.keys).admit(LocalAssertion(person=person, session="test"))


async def test_of_two_copies_asked_for_at_once_one_is_made_and_none_is_left_behind(
    recorder: Ledger, copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep_histories(recorder)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    who = await admit(recorder, "auditor-1")
    asked = (copies.make(who, story.ROUND, redacted=False) for _ in range(2))
    first, second = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(first, Copy)
    assert isinstance(second, Fault)
    assert second.code == "proof-busy"
    assert copies.find("auditor-1", story.ROUND) is first
    await first.making.wait(STUCK_AFTER)
    again = await copies.make(who, story.ROUND, redacted=False)
    assert list(tmp_path.iterdir()) == [again.folder]
    await copies.close()
    assert not list(tmp_path.iterdir())


async def test_a_copy_deleted_while_it_is_made_gives_its_turn_back_once_its_thread_has_ended(
    recorder: Ledger, copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep_histories(recorder)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    who = await admit(recorder, "auditor-1")
    began, go_on = threading.Event(), threading.Event()
    at_the_end: list[tuple[bool, bool]] = []

    async def write(*asked: Any, tell: Tell, **named: Any) -> ExportCounts:
        def wait_and_tell(part: str, done: int, total: int) -> None:
            began.set()
            go_on.wait(STUCK_AFTER)
            at_the_end.append((copies.turns.copying.locked(), any(tmp_path.iterdir())))
            tell(part, done, total)

        return await write_bundle(*asked, tell=wait_and_tell, **named)

    monkeypatch.setattr("portal.proofs.copying.write_bundle", write)
    await copies.make(who, story.ROUND, redacted=False)
    assert await asyncio.to_thread(began.wait, STUCK_AFTER)
    dropping = asyncio.create_task(copies.drop("auditor-1"))
    # Time to go wrong in: one that waits for its thread waits however long this is.
    await asyncio.wait([dropping], timeout=0.3)
    go_on.set()
    await dropping
    assert at_the_end == [(True, True)]
    assert not copies.turns.copying.locked()
    assert not any(tmp_path.iterdir())


async def test_a_verification_takes_the_place_of_an_earlier_one_and_keeps_nobody_from_copying(
    recorder: Ledger, copies: Copies
) -> None:
    await keep_histories(recorder)
    copy = await copies.make(await admit(recorder, "auditor-1"), story.ROUND, redacted=False)
    assert await copy.making.wait(STUCK_AFTER)
    async with copies.turns.verifying:
        first, *others = [copy.work_on(Verify(key=key)) for key in ("one", "two", "three", "four", "")]
        assert await first.wait(STUCK_AFTER)
        assert first.fault == "stopped"
        waiting = others.pop()
        assert [await work.wait(STUCK_AFTER) for work in others] == [True] * 3
        assert waiting.running
        other = await copies.make(await admit(recorder, "admin-1"), story.ROUND, redacted=True)
        assert await other.making.wait(STUCK_AFTER)
        assert not other.making.fault
    assert copy.work_on(Verify()) is waiting
    assert await waiting.wait(STUCK_AFTER)
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


@pytest.mark.long
async def test_a_process_that_takes_too_long_is_ended_and_no_bundle_is_told(tmp_path: Path) -> None:
    bundle, answer = tmp_path / "round.zip", tmp_path / "answer.json"
    bundle.write_bytes(b"no bundle")
    with pytest.raises(WorkFailed, match="too-long"):
        await run_job(bundle, Verify(), answer, 0, lambda *_: None)
    assert not answer.exists()
    await run_job(bundle, Replay(number="0001"), answer, 60, lambda *_: None)
    assert Answer.model_validate_json(answer.read_bytes()).fault == "unreadable"


PORTAL = """
import asyncio, os
from portal.proofs.folders import hold_folder
from portal.proofs.folders import PREFIX, clear_left, hold_folder
from portal.proofs.jobs import Replay
from portal.proofs.working import run_job

held = hold_folder()
for name in ("round.zip", "a.part"):
    os.mkfifo(held.path / name)
print(held.path, flush=True)
asyncio.run(run_job(held.path / "round.zip", Replay(number="0001"), held.path / "a.json", 600, print))
"""
"""A process that works on what is no bundle, and whose answer nobody reads: it never comes to an end."""
SECRETS = {
    "TEMPORAL_API_KEY": "of-the-portal",
    "SELECTION_OIDC_SECRET": "of-the-portal",
    "SOMEBODYS_TOKEN": "of-nobody",
}
"""What a portal may have been given, and what reads a bundle must not be."""


async def read_on(bundle: Path) -> int:
    """Return a handle to write to a pipe, once somebody reads it."""
    while True:
        try:
            return os.open(bundle, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            await asyncio.sleep(0.02)


def goes_on(process: psutil.Process) -> bool:
    """Whether a process still does anything; whose end nobody heard of does not."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@pytest.mark.long
async def test_what_a_killed_portal_leaves_goes_and_what_others_hold_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    elsewhere, own, link = tmp_path / "data", hold_folder(), tmp_path / f"{PREFIX}link"
    (elsewhere / "kept").mkdir(parents=True)
    link.symlink_to(elsewhere)
    portal = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PORTAL),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **SECRETS, "TMPDIR": str(tmp_path)},
    )
    assert portal.stdout is not None
    folder = Path((await portal.stdout.readline()).decode().strip())
    async with asyncio.timeout(STUCK_AFTER):
        handle = await read_on(folder / "round.zip")
    (child,) = psutil.Process(portal.pid).children()
    assert child.environ().keys() & SECRETS.keys() == set()
    clear_left()
    assert folder.exists()
    portal.kill()
    await portal.wait()
    async with asyncio.timeout(STUCK_AFTER):
        while goes_on(child):
            await asyncio.sleep(0.02)
    os.close(handle)
    async with Backend(Settings(data=tmp_path)).open():
        assert sorted(tmp_path.iterdir()) == sorted([elsewhere, own.path, link])
    assert (elsewhere / "kept").exists()
    own.remove()
    assert not own.path.exists()
