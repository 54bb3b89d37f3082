"""An applicant hands in several applications from one table in Chromium, with their files, by one touch."""

from playwright.async_api import FilePayload

from ledger.record import Ledger
from portal.shown.downloads import XLSX
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.register.commands import split_registrations
from selection.streams import application_stream
from tests.attacks.test_enrolment_codes import ADMIN, Place
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import narrow_and_wide
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.applying import APPLICANT, ROUND, make_applicant, tell_call
from tests.portal.support.enrolling import enrol_by_code, enrol_expert
from tests.portal.support.many import MANY, files_of, sound_rows, table_of
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator


async def enrol_applicant(place: Place, passkey: Authenticator, others: Authenticator) -> None:
    """Give an installation on which acts are signed an applicant of the host unit, with a passkey."""
    await enrol_expert(place, others, "officer-1", Role.OFFICER)
    known = await place.ledger.people.store_identities([make_applicant()], ADMIN.person, "applicant")
    (command,) = split_registrations(known)
    assert await place.act(command, ADMIN) == ""
    await enrol_by_code(place, passkey, APPLICANT)


async def send_table(tab: Tab) -> None:
    """Choose a table and the files that it names, and send them."""
    rows = sound_rows("a", "b")
    table = FilePayload(name="many.xlsx", mimeType=XLSX, buffer=table_of(rows))
    files = [
        FilePayload(name=name, mimeType="application/pdf", buffer=body)
        for name, body in files_of(rows).items()
    ]
    await narrow_and_wide(tab)
    await tab.page.locator('[id="table"]').set_input_files(files=table)
    await tab.page.locator('[id="files"]').set_input_files(files=files)
    async with tab.page.expect_navigation():
        await tab.page.get_by_role("button", name="Send").click()
    await narrow_and_wide(tab)


async def see_one_signature(ledger: Ledger) -> None:
    """One signature stands under both applications, at its place in the list that was signed."""
    signatures = set()
    for place, number in enumerate(("0001", "0002")):
        (entry, *_) = await ledger.reading.stream_entries(application_stream(ROUND, number))
        signed = entry.leaf.signed
        assert signed is not None
        assert signed.proof.manifest is not None
        assert signed.proof.manifest.index == place
        signatures.add(signed.proof.signature)
    assert len(signatures) == 1


async def test_many_applications_are_signed_with_one_touch(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place:
        await tell_call(place.ledger)
        async with serve_portal(url, DecidingBackend(url, place.ledger)) as origin:
            passkey, others = (Authenticator(site="localhost", origin=origin) for _ in range(2))
            await enrol_applicant(place, passkey, others)
            await page.goto(f"{origin}/language/en?back={MANY}")
            await give(tab, passkey, APPLICANT)
            await page.locator("#passkey button").click()
            await page.locator('[id="table"]').wait_for()
            await send_table(tab)
            await page.get_by_role("button", name="Check and sign 2").click()
            await page.wait_for_url("**/together/*")
            await narrow_and_wide(tab)
            await page.get_by_role("button", name="Sign and submit").click()
            await page.get_by_text("2 recorded, 0 refused").wait_for()
        await see_one_signature(place.ledger)
    assert complaints == []
