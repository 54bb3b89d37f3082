"""An officer passes several applications in Chromium with one touch, over the list that our own script hashes."""

import asyncio
import re
from typing import Literal

from playwright.async_api import Page, expect

from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.streams import application_stream
from tests.browser.support.chromium import PATIENCE, Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support.acting import DecidingBackend, tell_round
from tests.portal.support.checking import DESK, SOUND, tell_checks
from tests.portal.support.enrolling import enrol_expert
from tests.running.servers import copy_database
from tests.selection import story
from tests.selection.signing.keys import Authenticator

LOOKS = 3_000
"""Milliseconds between two looks of the page that waits."""


class Turns(asyncio.Event):
    """What acts that are sent wait for: one turn each."""

    def __init__(self) -> None:
        super().__init__()
        self._left = asyncio.Semaphore(0)

    async def wait(self) -> Literal[True]:
        return await self._left.acquire()

    def give(self) -> None:
        self._left.release()


async def see_it_written_in_place(page: Page, turns: Turns) -> None:
    """Have the acts answered; whatever is found, none of them is left to wait."""
    try:
        await _answer_one_by_one(page, turns)
    finally:
        for _ in SOUND:
            turns.give()


async def _answer_one_by_one(page: Page, turns: Turns) -> None:
    """Have the acts answered one by one: the page says so where it stands, and takes nothing from under a reader."""
    status, look = page.locator("[role=status]"), page.get_by_role("link", name="Look now")
    await expect(status).to_contain_text("3 not answered", timeout=PATIENCE)
    await page.evaluate("window.stillThisPage = true")
    await look.focus()
    await answer_next(page, turns, "1 recorded, 0 refused, 2 not answered")
    await expect(page).to_have_title(re.compile("1 of 3 answered"))
    await expect(page.locator("h1")).to_contain_text("1 of 3 answered")
    await expect(look).to_be_focused()
    receipt = page.locator("td a")
    await receipt.focus()
    await answer_next(page, turns, "2 recorded, 0 refused, 1 not answered")
    await expect(receipt).to_have_count(1)
    await expect(receipt).to_be_focused()
    assert await page.evaluate("window.stillThisPage")
    # Once all are answered the whole page is another one.
    await look.focus()
    turns.give()
    await expect(status).to_contain_text("3 recorded, 0 refused", timeout=PATIENCE)
    assert not await page.evaluate("window.stillThisPage ?? false")


async def answer_next(page: Page, turns: Turns, said: str) -> None:
    turns.give()
    status = page.locator("[role=status]")
    while said not in (await status.inner_text()):
        await page.clock.run_for(LOOKS)


async def sign_what_was_put_into_the_page(page: Page) -> None:
    """Put another application into a statement: it is not signed; put it right again."""
    first = page.locator("pre.statement").first
    said = await first.text_content() or ""
    await first.evaluate("(part) => { part.textContent = part.textContent.replace('0060', '0063'); }")
    await page.get_by_role("button", name="Sign and submit").click()
    await page.locator("#altered").wait_for()
    await first.evaluate("(part, said) => { part.textContent = said; }", said)


async def see_one_signature(ledger: Ledger) -> None:
    """One signature stands under each of the acts, at its place in the list that was signed."""
    leaves = []
    for number in SOUND:
        (*_, entry) = await ledger.reading.stream_entries(application_stream(story.ROUND, number))
        leaves.append(entry.leaf)
    signed = [leaf.signed for leaf in leaves if leaf.signed is not None]
    assert [item.proof.manifest.index for item in signed if item.proof.manifest] == [0, 1, 2]
    assert len({item.proof.signature for item in signed}) == 1


async def test_three_checks_are_signed_with_one_touch(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place:
        await tell_round(place.ledger)
        await tell_checks(place.ledger)
        backend, turns = DecidingBackend(url, place.ledger), Turns()
        (await backend.client()).held = turns
        async with serve_portal(url, backend) as origin:
            passkey = Authenticator(site="localhost", origin=origin)
            await enrol_expert(place, passkey, "officer-1", Role.OFFICER)
            await page.goto(f"{origin}/language/en?back={DESK}")
            await give(tab, passkey, "officer-1")
            await page.locator("#passkey button").click()
            for number in SOUND:
                await page.locator(f'[id="m.{number}"]').check()
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Pass them").click()
            await page.locator('[id="c.co-builder-unconfirmed"]').check()
            # What was typed is saved before the form goes.
            async with page.expect_navigation():
                await page.get_by_role("button", name="Try").click()
            for number in SOUND:
                await page.locator(f'[id="ruling.{number}"]').fill("It was confirmed on paper.")
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Check and sign 3 acts").click()
            await page.wait_for_url("**/together/*")
            await sign_what_was_put_into_the_page(page)
            await narrow_and_wide(tab)
            await page.clock.install()
            await page.get_by_role("button", name="Sign and submit").click()
            await see_it_written_in_place(page, turns)
            await narrow_and_wide(tab)
        await see_one_signature(place.ledger)
    assert complaints == []
