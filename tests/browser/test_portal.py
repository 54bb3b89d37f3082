"""Signing in at the portal with a passkey of a browser, on the portal's own pages under their real policy."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from selection.decision.machine import Report
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import fingerprint_code
from tests.attacks.test_enrolment_codes import CODE, HERE, Place
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.portal.support.enrolling import enrol_passkey
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator

WIDTHS = (320, 1280)


@asynccontextmanager
async def make_closed_place(url: str) -> AsyncIterator[Place]:
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    founding = FoundInstallation(installation=HERE, local=False, code=fingerprint_code(CODE, HERE))
    await ledger.deciding.decide(INSTALLATION, Report(founding, "founding"))
    yield Place(ledger)
    await ledger.close()


async def give(tab: Tab, passkey: Authenticator, person: str) -> None:
    """Put a passkey into the browser's authenticator, as if it had been made there."""
    secret = passkey.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    credential = {
        "credentialId": b64encode(f"credential-of-{person}".encode()).decode(),
        "isResidentCredential": True,
        "rpId": "localhost",
        "privateKey": b64encode(secret).decode(),
        "userHandle": b64encode(person.encode()).decode(),
        "signCount": 1,
    }
    told = {"authenticatorId": tab.authenticator, "credential": credential}
    await tab.session.send("WebAuthn.addCredential", told)


async def test_a_passkey_signs_in_and_the_page_leads_back(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints = listen(tab)
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place, serve_portal(url) as origin:
        passkey = Authenticator(site="localhost", origin=origin)
        await enrol_passkey(place, passkey)
        page = tab.page
        await page.goto(f"{origin}/sessions?lang=en")
        await give(tab, passkey, "officer-1")
        await page.locator("#passkey button").click()
        await page.wait_for_url("**/sessions**")
        assert await page.get_by_text("this one").count() + await page.get_by_text("当前会话").count() == 1
        kept = {cookie["name"]: cookie for cookie in await page.context.cookies()}["__Host-selection"]
        assert (kept["secure"], kept["httpOnly"], kept["sameSite"]) == (True, True, "Strict")
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 800})
            for path in ("/", "/check", "/tasks", "/receipts", "/sessions", "/no-such-page"):
                await page.goto(origin + path)
                for size in ("100%", "200%"):
                    await page.evaluate("size => document.documentElement.style.fontSize = size", size)
                    wide = await page.evaluate("document.documentElement.scrollWidth")
                    assert wide <= width, (path, size)
    assert [said for said in complaints if "404" not in said] == []
