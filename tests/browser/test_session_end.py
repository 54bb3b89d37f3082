"""The end of a session is said before it comes, on every page; the clock is the browser's own, moved by the test."""

import re

from playwright.async_api import Page, expect

from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import PATIENCE, Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support.enrolling import enrol_passkey
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator

MINUTES = 60_000
"""Milliseconds."""
SOON = re.compile(r"If you do nothing, you will be signed out in [1-4] min\.")


async def put_off_by_another_tab(page: Page, origin: str) -> None:
    """Another tab that is used puts the end off in this one as well, and so this one in the other."""
    note, stay = page.locator("#session-end"), page.get_by_role("button", name="Stay signed in")
    async with await page.context.new_page() as other:
        await other.goto(f"{origin}/tasks")
        await expect(note).to_be_hidden(timeout=PATIENCE)
        await page.clock.fast_forward(25 * MINUTES)
        there = other.locator("#session-end")
        for one in (note, there):
            await expect(one.get_by_role("alert")).to_have_text(SOON, timeout=PATIENCE)
        await stay.click()
        for one in (note, there):
            await expect(one).to_be_hidden(timeout=PATIENCE)
    await page.bring_to_front()


async def put_off_by_a_key(page: Page) -> None:
    """Press Enter: one stands in the page again, where one was."""
    note, stay = page.locator("#session-end"), page.get_by_role("button", name="Stay signed in")
    await page.clock.fast_forward(25 * MINUTES)
    await expect(note).to_be_visible(timeout=PATIENCE)
    await stay.focus()
    await page.keyboard.press("Enter")
    await expect(note).to_be_hidden(timeout=PATIENCE)
    await expect(page.locator("#content")).to_be_focused()


async def put_off_by_what_the_page_asks(page: Page) -> None:
    """What the page itself asks for has been seen by the server too."""
    await page.clock.fast_forward(22 * MINUTES)
    await page.evaluate("document.dispatchEvent(new Event('answered'))")
    await page.clock.fast_forward(22 * MINUTES)
    await expect(page.locator("#session-end")).to_be_hidden()


async def test_the_end_is_said_put_off_by_a_press_and_said_again_when_it_came(
    tab: Tab, server: EmbeddedPostgres
) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place, serve_portal(url) as origin:
        passkey = Authenticator(site="localhost", origin=origin)
        await enrol_passkey(place, passkey)
        await page.clock.install()
        await page.goto(f"{origin}/language/en?back=/sessions")
        await give(tab, passkey, "officer-1")
        await page.locator("#passkey button").click()
        note = page.locator("#session-end")
        await page.get_by_role("button", name="Sign out").wait_for()
        # Its script begins to count once the page is whole.
        await page.wait_for_load_state()
        await expect(note).to_be_hidden()
        await page.clock.fast_forward(25 * MINUTES)
        await expect(note.get_by_role("alert")).to_have_text(SOON, timeout=PATIENCE)
        await narrow_and_wide(tab)
        await put_off_by_another_tab(page, origin)
        await put_off_by_a_key(page)
        await put_off_by_what_the_page_asks(page)
        await page.clock.fast_forward(7 * MINUTES)
        await expect(note.get_by_role("alert")).to_contain_text("You are signed out.", timeout=PATIENCE)
        await expect(note.get_by_role("link", name="Sign in")).to_be_visible()
        await narrow_and_wide(tab)
        # Nothing puts off the longest time.
        await page.reload()
        await page.clock.fast_forward(11 * 60 * MINUTES + 57 * MINUTES)
        await page.evaluate("document.dispatchEvent(new Event('answered'))")
        await page.clock.fast_forward(1 * MINUTES)
        await expect(note.get_by_role("alert")).to_contain_text("reached its longest time", timeout=PATIENCE)
        await page.reload()
        await expect(note).to_be_hidden()
        async with await page.context.new_page() as other:
            await other.goto(f"{origin}/tasks")
            await other.get_by_role("button", name="Sign out").click()
            await expect(note.get_by_role("alert")).to_contain_text("You are signed out.", timeout=PATIENCE)
    assert complaints == []
