"""An act that two sign in Chromium: a page that shows the second other texts than are signed asks for no touch."""

from playwright.async_api import Page

from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support.acting import EXAMINED, DecidingBackend, retell, tell_round
from tests.portal.support.enrolling import enrol_expert
from tests.running.servers import copy_database
from tests.selection import story
from tests.selection.signing.keys import Authenticator

NUMBER = "0200"
SHEET = f"/do/uphold-objection/{story.ROUND}/{NUMBER}"
REASON = "Proven by the register"
ALTERED = {
    "[data-salt]": "part => { part.textContent = 'Proven by the applicant'; }",
    "dd[data-salt]": "part => { delete part.dataset.salt; }",
    ".technical": "part => { part.insertAdjacentHTML('beforeend', '<pre data-salt=\"AAAA\">More</pre>'); }",
    "#command": "part => { part.textContent = part.textContent.replace('objection-1', 'objection-2'); }",
}
"""What is altered where on the page that the second is shown."""
COUNT = """() => {
  window.asked = 0;
  navigator.credentials.get = () => { window.asked += 1; return Promise.reject(new Error("no touch")); };
}"""


async def enter(tab: Tab, origin: str, passkey: Authenticator, person: str) -> None:
    """Sign in as somebody whose passkey is the only one at hand."""
    await tab.session.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
    await give(tab, passkey, person)
    await tab.page.context.clear_cookies()
    await tab.page.goto(f"{origin}/language/en?back=/seconds")
    await tab.page.locator("#passkey button").click()
    await tab.page.wait_for_url("**/seconds")


async def press(page: Page, name: str, leads_to: str) -> None:
    await page.get_by_role("button", name=name).click()
    await page.wait_for_url(leads_to)


async def see_no_touch_asked_for(page: Page) -> None:
    """See that the page asks for no touch once anything of it was altered, and does as it was made."""
    made = page.url
    for part, script in ALTERED.items():
        await page.goto(made)
        await page.evaluate(COUNT)
        await page.locator(part).first.evaluate(script)
        await page.get_by_role("button", name="Sign and submit").click()
        await page.locator("#altered, #cancelled").and_(page.locator(":visible")).wait_for()
        assert await page.locator("#altered").is_visible(), part
        assert await page.evaluate("window.asked") == 0, part
    await page.goto(made)
    await page.evaluate(COUNT)
    await page.get_by_role("button", name="Sign and submit").click()
    await page.locator("#cancelled").wait_for()
    assert await page.evaluate("window.asked") == 1
    await page.goto(made)


async def test_the_second_is_shown_what_the_first_signed_or_signs_nothing(
    tab: Tab, server: EmbeddedPostgres
) -> None:
    complaints, page = listen(tab), tab.page
    async with make_closed_place(url := await copy_database(server.url, "migrated")) as place:
        await tell_round(place.ledger)
        await retell(place.ledger, NUMBER, EXAMINED)
        async with serve_portal(url, DecidingBackend(url, place.ledger)) as origin:
            passkeys = {name: Authenticator(origin=origin) for name in ("examiner-1", "examiner-2")}
            for name, passkey in passkeys.items():
                await enrol_expert(place, passkey, name)
            await enter(tab, origin, passkeys["examiner-1"], "examiner-1")
            await page.goto(origin + SHEET)
            await page.locator('[name="f.objection"][value="objection-1"]').check()
            await page.locator('[name="f.text"]').fill(REASON)
            await press(page, "Check and sign", "**/acts/**")
            await press(page, "Sign and submit", "**/seconds/**")
            waits = page.url
            await enter(tab, origin, passkeys["examiner-2"], "examiner-2")
            await page.goto(waits)
            await press(page, "Check and sign", "**/acts/**")
            await narrow_and_wide(tab)
            await see_no_touch_asked_for(page)
            assert REASON in await page.locator("dd[data-salt]").all_text_contents()
            await press(page, "Sign and submit", "**/done")
    assert complaints == []
