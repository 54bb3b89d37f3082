"""A review and a proposal in Chromium by keys alone: nothing needs a mouse, and one sees where one is."""

from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import Tab
from tests.browser.support.keyboard import Keyboard
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import CRITERIA
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support import deciding
from tests.portal.support.acting import EXPERT, PLACE, STREAM, DecidingBackend, tell_panel, tell_round
from tests.portal.support.enrolling import enrol_expert, enrol_passkey
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator

MAIN_BUTTON, SIGN = "main form button", "#sign button"


async def sign_in(keyboard: Keyboard, address: str) -> None:
    """Come to a page by way of the sign-in, in English."""
    # Where the page glides to what has the focus, it is not there yet when one looks.
    await keyboard.page.emulate_media(reduced_motion="reduce")
    await keyboard.page.goto(address)
    await keyboard.walk()
    await keyboard.go("#passkey button", "**" + address.rpartition("back=")[2])


async def sign(keyboard: Keyboard) -> None:
    """Look at what is to be signed, sign it and come to its receipt."""
    await keyboard.page.wait_for_url("**/acts/**")
    await keyboard.walk()
    await keyboard.go(SIGN, "**/done")
    await keyboard.walk()


async def test_a_review_is_done_by_keys_alone(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, keyboard = listen(tab), Keyboard(tab.page, [])
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place:
        await tell_round(place.ledger)
        await tell_panel(place.ledger)
        async with serve_portal(url, DecidingBackend(url, place.ledger)) as origin:
            passkey = Authenticator(site="localhost", origin=origin)
            await enrol_expert(place, passkey, EXPERT)
            await give(tab, passkey, EXPERT)
            await sign_in(keyboard, f"{origin}/language/en?back=/tasks")
            await keyboard.walk()
            await keyboard.go(f'a[href="/invitations/{PLACE}"]', "**/invitations/**")
            await keyboard.walk()
            await keyboard.press("#answer-1")
            await keyboard.press("#pledge")
            await keyboard.go(MAIN_BUTTON, "**/acts/**")
            await sign(keyboard)
            # The page of the receipt offers what waits next: the review.
            await keyboard.go(f'a[href="/reviews/{PLACE}"]', "**/reviews/**")
            await fill_in(keyboard)
            await keyboard.go('main button[value="check"]', "**/acts/**")
            await sign(keyboard)
        assert await has_happened(place.ledger, STREAM, "review.submitted.v1")
    assert keyboard.faults == []
    assert [said for said in complaints if "422" not in said] == []


async def fill_in(keyboard: Keyboard) -> None:
    """Fill the sheet in from above to below, with a mistake that the page then leads to."""
    await keyboard.walk()
    for code in CRITERIA:
        await keyboard.type(f'[name="s.{code}"]', "99" if code == CRITERIA[0] else "20")
    for code in CRITERIA:
        await keyboard.type(f'[name="a.{code}_comment"]', "Sound.")
    await keyboard.type('[name="a.opinion"]', "Feasible.")
    await keyboard.press('[name="a.recommendation"]')
    await keyboard.press('[name="a.confidence"]')
    async with keyboard.page.expect_navigation():
        await keyboard.press('main button[value="check"]', "Enter")
    await keyboard.walk()
    await keyboard.press(f'.faults a[href="#s.{CRITERIA[0]}"]', "Enter")
    await keyboard.type(f'[name="s.{CRITERIA[0]}"]', "20")


async def test_a_proposal_is_put_together_by_keys_alone(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, keyboard = listen(tab), Keyboard(tab.page, [])
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place:
        await deciding.tell_choice(place.ledger)
        async with serve_portal(url, DecidingBackend(url, place.ledger)) as origin:
            passkey = Authenticator(site="localhost", origin=origin)
            await enrol_passkey(place, passkey)
            await give(tab, passkey, "officer-1")
            board = f"/rounds/{deciding.CHOOSING}/proposal"
            await sign_in(keyboard, f"{origin}/language/en?back={board}")
            await keyboard.walk()
            for number in range(2, deciding.COUNT + 1):
                await keyboard.type(f'[name="place.{number:04}"]', " ")
            async with keyboard.page.expect_navigation():
                await keyboard.press('.ranking button[value="recalculate"]', "Enter")
            await keyboard.type('[name="reason.0001"]', "The best.")
            await keyboard.go('main button[value="check"]', "**/acts/**")
            await sign(keyboard)
        assert await has_happened(place.ledger, f"round/{deciding.CHOOSING}", "round.proposed.v1")
    assert keyboard.faults == []
    assert complaints == []


async def has_happened(ledger: Ledger, stream: str, event: str) -> bool:
    return event in {entry.leaf.type for entry in await ledger.reading.stream_entries(stream)}
