"""An expert accepts an invitation and submits a review in Chromium, each signed by their passkey on our own pages."""

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Page, Route, expect

from portal.routing import WITHIN
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.proof import WebAuthnSignature
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_portal import WIDTHS, give, make_closed_place
from tests.portal.support.acting import EXPERT, PLACE, STREAM, DecidingBackend, tell_panel, tell_round
from tests.portal.support.enrolling import enrol_expert
from tests.running.servers import copy_database
from tests.selection import story
from tests.selection.signing.keys import Authenticator

CRITERIA = [item.code for item in story.RULES.criteria]

ALTERED = {
    "#command": "part => { part.dataset.was = ''; part.textContent = part.textContent += ' 1'; }",
    "[data-salt]": "part => { part.dataset.was = ''; part.textContent += ' '; }",
    "pre[data-salt]": "part => { part.dataset.was = ''; delete part.dataset.salt; }",
}
"""What is changed where on a page that shows an act to be signed."""


async def narrow_and_wide(tab: Tab) -> None:
    """See that nothing of the page that is open stands out at the side."""
    for width in WIDTHS:
        await tab.page.set_viewport_size({"width": width, "height": 800})
        assert await tab.page.evaluate("document.documentElement.scrollWidth") <= width, tab.page.url


async def sign_nothing_altered(tab: Tab) -> None:
    """See that nothing is signed of a page on which act or text was altered, and put it right again."""
    for part, script in ALTERED.items():
        first = tab.page.locator(part).first
        before = await first.evaluate("part => part.outerHTML")
        await first.evaluate(script)
        await tab.page.get_by_role("button", name="Sign and submit").click()
        await tab.page.locator("#altered").wait_for()
        changed = tab.page.locator("[data-was]")
        await changed.evaluate("(part, before) => { part.outerHTML = before; }", before)


async def test_an_expert_accepts_and_reviews_with_a_passkey(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    async with make_closed_place(url := await copy_database(server.url, "migrated")) as place:
        await tell_round(place.ledger)
        await tell_panel(place.ledger)
        async with serve_portal(url, DecidingBackend(url, place.ledger)) as origin:
            passkey = Authenticator(site="localhost", origin=origin)
            await enrol_expert(place, passkey, EXPERT)
            await page.goto(f"{origin}/language/en?back=/invitations/{PLACE}")
            await give(tab, passkey, EXPERT)
            await page.locator("#passkey button").click()
            await page.locator("#answer-1").check()
            await page.locator("#pledge").check()
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Check the answer").click()
            await page.wait_for_url("**/acts/**")
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Sign and submit").click()
            await page.wait_for_url("**/done")
            await narrow_and_wide(tab)
            await page.clock.install()
            await page.goto(f"{origin}/reviews/{PLACE}")
            await type_without_a_pause(page)
            await fill_in(tab)
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Check and sign").click()
            await page.wait_for_url("**/acts/**")
            await narrow_and_wide(tab)
            await sign_nothing_altered(tab)
            await page.get_by_role("button", name="Sign and submit").click()
            await page.wait_for_url("**/done")
        entries = [entry.leaf for entry in await place.ledger.reading.stream_entries(STREAM)]
        leaves = {leaf.type: leaf for leaf in entries}
        for kind in ("panel.invitation-accepted.v1", "review.submitted.v1"):
            signed = leaves[kind].signed
            assert signed is not None
            assert isinstance(signed.proof.signature, WebAuthnSignature)
            assert signed.proof.signature.key == passkey.key.key
        assert leaves["review.submitted.v1"].data["total"] == "81.5"
    assert complaints == []


async def type_without_a_pause(page: Page) -> None:
    """Type a letter every nine seconds of the browser's own clock: what was typed is saved all the same."""
    await page.clock.pause_at((await page.evaluate("Date.now()") + 1_000) / 1_000)
    async with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        for letter in "abcd":
            await page.locator('[name="a.opinion"]').press_sequentially(letter)
            await page.clock.fast_forward(9_000)
    assert (await saved.value).status == 200
    await page.clock.resume()
    await page.locator("#discard").get_by_text("Discard the draft").wait_for()


async def save_without_an_answer(page: Page) -> None:
    """Save at a portal that takes the draft and never answers: the page says so, and saves it the next time."""
    held: asyncio.Future[Route] = asyncio.get_running_loop().create_future()

    async def hold(route: Route) -> None:
        held.set_result(route)

    await page.route(page.url, hold)
    await page.clock.pause_at((await page.evaluate("Date.now()") + 1_000) / 1_000)
    await page.locator('[name="a.opinion"]').press_sequentially("e")
    await page.clock.fast_forward(10_000)
    sent = await held
    # On a slow line a form may be on its way for as long as the portal lets it.
    await page.clock.fast_forward(round(WITHIN * 1_000))
    assert await page.evaluate("saving")
    await page.clock.fast_forward(30_000)
    await page.clock.resume()
    state = page.locator("#draft-state")
    await expect(state).to_have_text(await state.get_attribute("data-failed") or "")
    with suppress(Error):  # the page has given it up already
        await sent.abort()
    await page.unroute(page.url)


async def fill_in(tab: Tab) -> None:
    """Fill the sheet in: the total follows, what is not asked is not shown, the draft is saved."""
    page = tab.page
    await save_without_an_answer(page)
    for number, code in enumerate(CRITERIA):
        await page.locator(f'[name="s.{code}"]').fill("20" if number else "21.5")
        await page.locator(f'[name="a.{code}_comment"]').fill(f"意见 {code}: sound.")
    assert await page.locator("#total output").text_content() == "81.5"
    await page.locator('[name="a.opinion"]').fill("总体意见：可行。")
    asked = page.locator('[name="a.conditions_named"]')
    assert not await asked.is_visible()
    await page.locator('[name="a.recommendation"][value="support-if-mended"]').check()
    assert await asked.is_visible()
    await page.locator('[name="a.recommendation"][value="support"]').check()
    await page.locator('[name="a.confidence"][value="high"]').check()
    # When the session has ended, that is told, and the form stays where it is.
    session = await page.context.cookies()
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Check and sign").click()
    await page.locator("#draft-state").get_by_text("Your session has ended").wait_for()
    assert await page.locator('[name="a.opinion"]').input_value() == "总体意见：可行。"
    await page.context.add_cookies(session)  # type: ignore[arg-type]  # as they were read
    # As one turns to another window.
    async with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        await page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert (await saved.value).status == 200
    await page.locator("#draft-state").get_by_text("Saved").wait_for()
