"""The auditor's pages on the tour: a copy of the record, what it shows, and what it says when there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.record import Ledger
from portal.app import create_app
from portal.proofs.archiving import Archiving
from starter.archive.archive import ArchiveResult
from tests.audit.what_if.rounds import bundle_of
from tests.browser.support.guide import Guide
from tests.portal.conftest import browse, sign_in
from tests.portal.proofs.test_audit import AUDIT, OF_LIST, OF_ROUND, REPLAY, arrive, begin
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.archiving import keep_histories
from tests.portal.support.browsing import ORIGIN
from tests.reading.streams import DRAWING
from tests.selection import story

WHAT_IF = f"{AUDIT}/what-if?weight.technical=60&without=expert-2&runs=5"
FAULTY = f"{AUDIT}/what-if?runs=x&places=x"
REPLAYED = f"{REPLAY}?at=30&as=expert-2"
WATCHED = tuple(f"/rounds/{story.ROUND}/{place}" for place in ("timeline", "reads"))
UNSIGNED = f"/rounds/{DRAWING}/audit"
SEND = """async address => {
  const shown = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const form = shown.querySelector('main form');
  await fetch(form.getAttribute('action'), {method: 'POST', body: new URLSearchParams(new FormData(form))});
  while ((await (await fetch(address)).text()).includes('data-pending'));
}"""
"""Sends the form of a page, and waits until what the page then waits for is there."""


async def prepare_copy(backend: DecidingBackend, recorder: Ledger) -> None:
    """Make the auditor's copy, and have all be done that the pages ask of it."""
    await keep_histories(recorder)
    async with browse(create_app(backend, ORIGIN)) as auditor:
        await sign_in(auditor, recorder, "auditor-1")
        await begin(auditor)
        await auditor.send(f"{AUDIT}/verify", {"key": ""})
        await arrive(auditor, f"{AUDIT}/report")
        copy = backend.copies.find("auditor-1", story.ROUND)
        assert copy is not None
        # A round that was told as a process goes, in place of stories.
        bundle_of(Path(copy.folder))
        for address in (WHAT_IF, FAULTY, REPLAYED, OF_ROUND, OF_LIST):
            await arrive(auditor, address)

    async def keep(tell: Callable[[int], None]) -> ArchiveResult:
        tell(3)
        return ArchiveResult(looked=3, open=1, missing=0)

    backend.archivings.begin(story.ROUND, Archiving("auditor-1", "kept"), 3, keep)


async def audit(guide: Guide) -> None:
    """What the copy shows to an auditor; to an administrator, what there is before it, meanwhile, and in its stead."""
    tour, copies = guide.tour, guide.backend.copies
    await guide.enter("auditor-1")
    await tour.visit(
        f"{AUDIT}/report", WHAT_IF, FAULTY, REPLAYED, OF_ROUND, OF_LIST, f"{AUDIT}/archive", *WATCHED
    )
    await tour.go(AUDIT)
    await tour.page.locator("#key").fill("no key")
    await tour.press("main form button")
    await guide.enter("admin-1")
    await tour.visit(AUDIT)
    async with copies.turns.copying:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("portal.pages.audit.shared.PATIENCE", 0.01)
            await tour.press("main form button")
        await tour.go("/tasks")
        await copies.drop("admin-1")
    await tour.page.evaluate(SEND, UNSIGNED)
    await tour.visit(UNSIGNED)
