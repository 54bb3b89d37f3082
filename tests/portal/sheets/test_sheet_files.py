"""The files of a sheet: what its draft has is shown, and nothing goes or comes unless a button was pressed."""

import re

from starlette.applications import Starlette

from ledger.record import Ledger
from selection.kernel.actor import Role
from tests.portal.conftest import browse, sign_in
from tests.portal.sheets.test_sheets import app, backend
from tests.portal.support.acting import retell
from tests.portal.support.browsing import Browser
from tests.portal.support.sheets import EACH, fill_in, person_of, read_hidden, send_with_files
from tests.registering import register
from tests.selection import story

__all__ = ["app", "backend"]
PATH = f"/do/raise-objection/{story.ROUND}/0300"
TYPED = EACH["raise-objection"][2]
FIRST, SECOND = (
    {"u.evidence": ("first.pdf", b"%PDF-1.7 one")},
    {"u.evidence": ("second.pdf", b"%PDF-1.7 two")},
)


async def test_a_page_that_was_overtaken_shows_the_files_that_are_kept_and_says_which_is_not(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    await retell(recorder, "0300", 57)
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "objector-1")
        # The second window was opened before the first sent its file.
        assert await send_with_files(page, PATH, {}, FIRST) == 422
        stored = await recorder.contents.list_stored_by("objector-1")
        assert await send_with_files(page, PATH, {**TYPED, "version": "0"}, SECOND) == 409
        assert "The file that you sent with this page was not kept" in page.text
        assert "first.pdf" in page.text
        assert "second.pdf" not in page.text
        assert "Not their work" in page.page
        assert await recorder.contents.list_stored_by("objector-1") == stored
        # What is kept over it has the file that the page showed.
        assert (await page.send(PATH, {**read_hidden(page), **TYPED, "do": "check"})).status_code == 200
        assert "first.pdf" in page.text
        await _leaves(page)


async def _leaves(page: Browser) -> None:
    """A file that is ticked to be removed as somebody pauses is there still, until a button is pressed."""
    await page.open(PATH)
    (file,) = re.findall(r'name="drop.evidence" value="([^"]+)"', page.page)
    dropped = {**read_hidden(page), **TYPED, "drop.evidence": file}
    left = await page.send(PATH, {**dropped, "do": "leave"})
    assert left.status_code == 200
    await page.open(PATH)
    assert "first.pdf" in page.text
    assert await fill_in(page, PATH, {**TYPED, "drop.evidence": file}) == 422, "an objection needs evidence"
    assert "first.pdf" not in page.text
