"""A letter on an outcome that was undone since: it is recorded as what it is, and another letter is asked for."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from reading.service import ReadService
from selection.application import events as a
from selection.kernel.actor import SYSTEM
from selection.register.commands import RecordPapers
from selection.register.sent_papers import SentPaper, SentPapers
from selection.streams import application_stream, log_of
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import FAR, DecidingBackend, DecidingClient, tell_round
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.sheets import Typed, send_with_files
from tests.reading.functions import as_person
from tests.registering import act_on_register
from tests.selection import story
from tests.selection.story import Story

__all__ = ["app", "client"]
NUMBER = "0077"
PATH = f"/rounds/{story.ROUND}/sent"
FAILED = a.CheckFailed(grounds=("excluded-field",), text=story.ref("grounds-text"))
UNDONE = a.DecisionReversed(
    decision="check", was="failed", void=("end",), people=("officer-1",), text=story.ref("undone")
)
LETTER: Typed = {"kind": "letter", "application": NUMBER, "language": "zh"}
FILE = {"paper": ("letter.pdf", b"%PDF-1.7 it failed the check")}
OTHER_FILE = {"paper": ("letter.pdf", b"%PDF-1.7 it failed the check again")}


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_round(recorder)
    async with decide(url, recorder) as made:
        yield made


async def tell(recorder: Ledger, *, again: bool, left_between: bool = False) -> tuple[int, ...]:
    """Record an application whose failed check was undone, and failed again; return the versions of its ends.

    With `left_between` a letter left before it was undone, which is now.
    """
    told = Story(application_stream(story.ROUND, NUMBER))
    told.tell(story.AGENT, story.make_application_submitted(1, f"form-{NUMBER}"))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=FAR))
    told.tell(story.OFFICER, FAILED).tell(story.SUPERVISOR, UNDONE)
    if again:
        told.tell(story.OFFICER, FAILED)
    now = False
    for each in told.leaves:
        if left_between and each.type == UNDONE.TYPE:
            await let_leave(recorder)
            now = True
        leaf = each.with_(at=datetime.now(UTC), recorded=datetime.now(UTC)) if now else each
        await recorder.record.append(log_of(leaf.stream), leaf.stream, [leaf])
    return tuple(leaf.version for leaf in told.leaves if leaf.type == a.CheckFailed.TYPE)


async def let_leave(recorder: Ledger) -> None:
    """Record a letter on the application, in a list that names no end."""
    letter = SentPaper(kind="letter", application=NUMBER, language="zh", sha256="0" * 64)
    body = SentPapers(papers=(letter,)).text().encode()
    card = await recorder.contents.put(
        "papers-77", body, kind="text", media_type="text/plain", stored_by="officer-1"
    )
    left = RecordPapers(round=story.ROUND, papers=card.ref)
    await act_on_register(recorder, left, story.OFFICER, "papers-77")


async def read_listed(recorder: Ledger, client: DecidingClient) -> SentPaper:
    """What the last list that was recorded holds."""
    _, body = await recorder.contents.get(client.sent[-1].command["papers"]["id"])
    (paper,) = SentPapers.model_validate_json(body).papers
    return paper


async def record(page: Browser, file: dict[str, tuple[str, bytes]], **typed: str) -> None:
    assert await send_with_files(page, PATH, {**LETTER, **typed}, file) == 200, page.text
    await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
    assert "Recorded" in page.text


@pytest.mark.parametrize("again", [False, True])
async def test_what_left_on_an_undone_outcome_is_recorded_so_and_another_letter_is_asked_for(
    app: Starlette, recorder: Ledger, client: DecidingClient, again: bool
) -> None:
    first, *present = await tell(recorder, again=again)
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "officer-1")
        await page.open(PATH)
        assert "Send one on the present outcome" not in page.text
        assert await send_with_files(page, PATH, LETTER, {}) == 422
        assert "Choose the file that you send or publish." in page.text
        # Which outcome it tells is asked for: the file does not say it.
        assert await send_with_files(page, PATH, LETTER, FILE) == 422
        assert "Choose which outcome the file tells" in page.text
        offered = re.findall(r'<option value="(\d+)"[^>]*>([^<]*)<', page.page)
        assert [int(version) for version, _ in offered] == [first, *present]
        assert [said.endswith("(reversed since)") for _, said in offered] == [True, *(False for _ in present)]
        assert await send_with_files(page, PATH, {**LETTER, "ended": "1"}, FILE) == 422
        assert await send_with_files(page, PATH, {**LETTER, "ended": str(first)}, FILE) == 200
        assert "Yes: it left all the same, and the record says so" in page.text
        assert client.sent == []
        await record(page, FILE, ended=str(first))
        told = await read_listed(recorder, client)
        assert (told.ended, told.overtaken) == (first, True)
        await page.open(PATH)
        assert f"Send one on the present outcome, and record it: {NUMBER}" in page.text
        assert ("is being decided again" in page.text) is not again
        for version in present:
            await record(page, OTHER_FILE, ended=str(version))
            told = await read_listed(recorder, client)
            assert (told.ended, told.overtaken) == (version, False)
            await page.open(PATH)
            assert "Send one on the present outcome" not in page.text


@pytest.mark.parametrize(
    ("again", "left_between", "due"),
    [
        # It left after all of it, on the end that stood; or on none that does.
        (True, False, None),
        (False, False, False),
        # What it told was undone only after it left.
        (True, True, True),
        (False, True, False),
    ],
)
async def test_a_letter_whose_list_names_no_end_told_the_one_that_stood_when_it_was_recorded(
    recorder: Ledger, again: bool, left_between: bool, due: bool | None
) -> None:
    await tell_round(recorder)
    await tell(recorder, again=again, left_between=left_between)
    if not left_between:
        await let_leave(recorder)
    who = await as_person(recorder, "officer-1")
    found = await ReadService(recorder).papers.list_overtaken(who, story.ROUND)
    assert [(item.number, item.decided) for item in found] == ([] if due is None else [(NUMBER, due)])
