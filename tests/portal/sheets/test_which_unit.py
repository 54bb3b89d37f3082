"""Who acts for several recommending units says for which, before they type anything."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from tests.portal.conftest import browse, sign_in
from tests.portal.sheets.test_sheets import list_more_people, read_statement
from tests.portal.support.acting import DecidingBackend, retell
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.sheets import EACH, faults_in, fill_in
from tests.registering import register
from tests.selection import story

__all__ = ["app", "client"]


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    async with decide(url, recorder) as made:
        yield made


async def test_who_acts_for_several_units_says_for_which_before_they_type(
    app: Starlette, recorder: Ledger
) -> None:
    """Seen before: the page said that it could not tell, and sent them to the command line."""
    await register(recorder, list_more_people(), command_id="more")
    steps, _, typed = EACH["recommend"]
    await retell(recorder, "0201", steps)
    path = f"/do/recommend/{story.ROUND}/0201"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "recommender-8")
        assert (await page.open(path)).status_code == 200
        assert [link for link in page.links if link.startswith(path)] == [
            f"{path}?unit=bj",
            f"{path}?unit=sh",
        ]
        assert "Shanghai" in page.text
        assert (await page.open(f"{path}?unit=tj")).status_code == 404
        await page.open(f"{path}?unit=sh")
        assert await fill_in(page, f"{path}?unit=sh", typed) == 200, faults_in(page, "recommend")
        assert read_statement(page) == ("recommender", f"recommender/{story.ROUND}/sh")
        unsaid = await page.send(path, {"version": "0", "do": "check"})
        assert unsaid.status_code == 409
