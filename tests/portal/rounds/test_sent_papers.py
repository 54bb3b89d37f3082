"""A letter on an outcome that was undone since: it is recorded as what it is, and another letter is asked for."""

import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.application import events as a
from selection.kernel.actor import SYSTEM
from selection.register.sent_papers import SentPaper, SentPapers
from selection.streams import application_stream, log_of
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import FAR, DecidingBackend, DecidingClient, tell_round
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.sheets import Typed, send_with_files
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


async def tell(recorder: Ledger, *, again: bool) -> tuple[int, ...]:
    """Record an application whose failed check was undone, and failed again; return the versions of its ends."""
    told = Story(application_stream(story.ROUND, NUMBER))
    told.tell(story.AGENT, story.make_application_submitted(1, f"form-{NUMBER}"))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=FAR))
    told.tell(story.OFFICER, FAILED).tell(story.SUPERVISOR, UNDONE)
    if again:
        told.tell(story.OFFICER, FAILED)
    for leaf in told.leaves:
        await recorder.record.append(log_of(leaf.stream), leaf.stream, [leaf])
    return tuple(leaf.version for leaf in told.leaves if leaf.type == a.CheckFailed.TYPE)


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
        await page.open("/language/en")
        await sign_in(page, recorder, "officer-1")
        await page.open(PATH)
        assert "Send one on the present outcome" not in page.text
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
