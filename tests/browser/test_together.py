"""An officer passes several applications in Chromium with one touch, over the list that our own script hashes."""

from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.streams import application_stream
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, served
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import closed, give
from tests.ledger.conftest import copy_database, server
from tests.portal.support.acting import DecidingBackend, tell_round
from tests.portal.support.checking import DESK, SOUND, tell_checks
from tests.portal.support.closed import enrol_expert
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["server"]


async def test_three_checks_are_signed_with_one_touch(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "migrated")
    async with closed(url) as place:
        await tell_round(place.ledger)
        await tell_checks(place.ledger)
        async with served(url, DecidingBackend(url, place.ledger)) as origin:
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
            await page.get_by_role("button", name="Try").click()
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Check and sign 3 acts").click()
            await page.wait_for_url("**/together/*")
            # What somebody put into the page is not signed.
            first = page.locator("pre.statement").first
            said = await first.text_content() or ""
            await first.evaluate("(part) => { part.textContent = part.textContent.replace('0060', '0063'); }")
            await page.get_by_role("button", name="Sign and submit").click()
            await page.locator("#cancelled").wait_for()
            await first.evaluate("(part, said) => { part.textContent = said; }", said)
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Sign and submit").click()
            await page.get_by_text("3 recorded, 0 refused").wait_for()
            await narrow_and_wide(tab)
        leaves = []
        for number in SOUND:
            (*_, entry) = await place.ledger.reading.stream_entries(application_stream(story.ROUND, number))
            leaves.append(entry.leaf)
        signed = [leaf.signed for leaf in leaves if leaf.signed is not None]
        assert [item.proof.manifest.index for item in signed if item.proof.manifest] == [0, 1, 2]
        assert len({item.proof.signature for item in signed}) == 1
    assert complaints == []
