"""Passkeys are made in Chromium on our own pages: a further one, which never takes an older one's place."""

from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, served
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import closed, give
from tests.ledger.conftest import copy_database, server
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.closed import enrol_passkey
from tests.selection.signing.keys import Authenticator

__all__ = ["server"]
OFFICER = "officer-1"


async def list_held(tab: Tab) -> set[str]:
    """The names of the passkeys that the browser's authenticator holds."""
    found = await tab.session.send("WebAuthn.getCredentials", {"authenticatorId": tab.authenticator})
    return {one["credentialId"] for one in found["credentials"]}


async def test_a_further_passkey_is_made_beside_the_older_one(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "migrated")
    async with closed(url) as place, served(url, DecidingBackend(url, place.ledger)) as origin:
        old = Authenticator(site="localhost", origin=origin)
        await enrol_passkey(place, old)
        await give(tab, old, OFFICER)
        await page.goto(f"{origin}/language/en?back=/keys/new")
        await page.locator("#passkey button").click()
        await page.get_by_role("button", name="Make the passkey").wait_for()
        await narrow_and_wide(tab)
        # On the same device it would take the older one's place.
        before = await list_held(tab)
        await page.get_by_role("button", name="Make the passkey").click()
        await page.get_by_text("holds a passkey of yours already").wait_for()
        assert await list_held(tab) == before
        # As on another device.
        await tab.session.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
        await page.get_by_role("button", name="Make the passkey").click()
        await page.get_by_role("button", name="Sign with the new passkey").wait_for()
        await narrow_and_wide(tab)
        await page.get_by_role("button", name="Sign with the new passkey").click()
        await page.wait_for_url("**/acts/**")
        assert len(await list_held(tab)) == 1
        await tab.session.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
        await give(tab, old, OFFICER)
        await page.get_by_role("button", name="Sign and submit").click()
        await page.wait_for_url("**/done")
        await page.goto(f"{origin}/keys")
        await narrow_and_wide(tab)
        assert await page.get_by_role("rowheader", name="Passkey").count() == 2
        assert len((await place.ledger.keys.of([OFFICER]))[OFFICER]) == 3
    assert complaints == []
