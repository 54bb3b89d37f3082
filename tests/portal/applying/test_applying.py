"""An application in pages: filled in section by section, checked, handed in, changed and mended."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.application import events as a
from selection.decision.aggregate import leaf_of
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import FAR, DecidingBackend
from tests.portal.support.applying import (
    ANSWERS,
    APPLICANT,
    APPLY,
    PDF,
    ROUND,
    fill_in,
    save_section,
    send,
    state_of,
    tell_open_round,
    upload,
)
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import app, decide
from tests.selection import story
from tests.selection.forms.test_checking import FORM

__all__ = ["app"]
MEND = f"/applications/{ROUND}/0001/mend"
SECTIONS = {part.code: part for part in FORM.sections}


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_open_round(recorder)
    async with decide(url, recorder) as made:
        yield made


@pytest.fixture
async def page(browser: Browser, recorder: Ledger) -> Browser:
    """The applicant's browser, signed in, in English."""
    await browser.speak("en")
    await sign_in(browser, recorder, APPLICANT)
    return browser


async def test_an_application_is_filled_in_checked_signed_changed_and_mended(
    page: Browser, app: Starlette, recorder: Ledger
) -> None:
    await page.open(f"/rounds/{ROUND}")
    assert APPLY in page.links
    await page.open(APPLY)
    assert page.text.count("not begun") == len(FORM.sections)
    early = await send(page, APPLY, {})
    assert early.status_code == 422
    assert f"{APPLY}/annexes?check=1#a.pledge" in page.links
    assert "Annexes: Integrity pledge not there yet" in page.text
    await page.open(f"{APPLY}/annexes?check=1")
    assert "Integrity pledge not there yet: add the file" in page.text
    assert "Annexes: Integrity pledge" not in page.text
    await fill_in(page)
    await page.open(APPLY)
    assert page.text.count("complete") == len(FORM.sections) + 1, page.text
    checked = await send(page, APPLY, {})
    assert checked.url.path.startswith("/acts/"), page.text
    for shown in (
        f"{ROUND}/0001",
        "证明 0.pdf (PDF, 20 B)",
        ANSWERS["leader"]["name"],
        "(public once it is published)",
    ):
        assert shown in page.text
    await page.send(checked.url.path, {})
    assert f"/applications/{ROUND}/0001" in page.links
    handed_in = (await state_of(recorder)).submission
    assert handed_in is not None
    assert handed_in.name_zh == ANSWERS["name_zh"]
    assert len(handed_in.personal) == 2 + 1 + len(ANSWERS["team"])
    # The draft is gone; the next one begins a new application.
    await page.open(APPLY)
    assert page.text.count("not begun") == len(FORM.sections)
    await _change(page, recorder)
    await _is_hidden_from_others(app, recorder)
    await _mend(page, recorder)


async def _change(page: Browser, recorder: Ledger) -> None:
    """Hand in a new version, filled with what was handed in, files too."""
    await page.open(f"/applications/{ROUND}/0001")
    assert "Hand in a new version" in page.text
    await page.open(f"{MEND}/centre")
    assert ANSWERS["name_en"] in page.page
    await save_section(page, SECTIONS["centre"], MEND, **{"a.summary": "Changed for the public."})
    checked = await send(page, MEND, {})
    assert checked.url.path.startswith("/acts/"), page.text
    await page.send(checked.url.path, {})
    changed = await state_of(recorder)
    assert changed.revision == 2
    await page.open(f"{MEND}/centre")
    assert "Changed for the public." in page.page


async def _mend(page: Browser, recorder: Ledger) -> None:
    """Mend what the check sent back, with what it found beside the field that it is about."""
    await send_back(recorder)
    await page.open("/tasks")
    assert MEND in page.links
    await page.open(MEND)
    assert "seals are missing" in page.text
    assert "Please add the page with the seals." in page.text
    await page.open(f"{MEND}/annexes")
    assert "Found by the check: seals are missing" in page.text
    await upload(page, f"{MEND}/annexes/a.seals", PDF + b"seals")
    assert "scan.pdf" in page.text
    await page.open("/tasks")
    assert "draft begun" in page.text
    checked = await page.open(MEND)
    checked = await send(page, MEND, {})
    await page.send(checked.url.path, {})
    mended = await state_of(recorder)
    assert (mended.stage, mended.revision) == ("checking", 3)
    assert mended.submission is not None
    assert mended.submission.seals is not None
    assert (await page.open(MEND)).status_code == 404


async def _is_hidden_from_others(app: Starlette, recorder: Ledger) -> None:
    """An officer, who may read the application, is shown no draft of it, and puts nothing into it."""
    async with browse(app) as theirs:
        await sign_in(theirs, recorder, "officer-1")
        for path in (MEND, f"{MEND}/annexes", f"{MEND}/annexes/a.pledge", f"{MEND}/annexes/a.pledge/1"):
            assert (await theirs.open(path)).status_code == 404
        for path in (MEND, f"{MEND}/annexes", f"{MEND}/annexes/a.pledge"):
            await theirs.open("/tasks")
            assert (await send(theirs, path, {"version": "0", "do": "save"})).status_code == 404


async def send_back(recorder: Ledger) -> None:
    """Record that the check found no seals."""
    text = "Please add the page with the seals."
    await recorder.contents.put(
        "asked", text.encode(), kind="text", media_type="text/plain", stored_by="officer-1"
    )
    for event in (
        a.CheckOpened(deadline=FAR),
        a.SentBack(faults=("seals-missing",), text=story.ref("asked"), until=FAR),
    ):
        state = await state_of(recorder)
        leaf = leaf_of(
            event,
            state=state,
            offset=1,
            actor=story.OFFICER,
            at=datetime.now(UTC),
            command_id=f"told-{event.TYPE}",
        )
        await recorder.record.append(ROUND, leaf.stream, [leaf])
