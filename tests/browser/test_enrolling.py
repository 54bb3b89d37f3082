"""Passkeys are made in Chromium on our own pages: a first one by a code, and a further one beside an older one."""

from typing import Any
from urllib.parse import parse_qs

from playwright.async_api import Page
from pydantic_core import from_json

from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.register.key_commands import InviteSigner
from selection.signing.one_time_code import ALIKE, LETTERS, token_of
from selection.signing.possession import Enrolment
from tests import factories as f
from tests.attacks.test_enrolment_codes import HERE, OFFICER as BY_OFFICER, code_sent_to
from tests.browser.support.axe import bring_axe, find_violations
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_portal import give, make_closed_place
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.enrolling import enrol_passkey
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator

OFFICER, EXPERT = "officer-1", "expert-1"


async def list_passkeys(tab: Tab) -> set[str]:
    """The names of the passkeys that the browser's authenticator holds."""
    found = await tab.session.send("WebAuthn.getCredentials", {"authenticatorId": tab.authenticator})
    return {one["credentialId"] for one in found["credentials"]}


async def test_a_further_passkey_is_made_beside_the_older_one(tab: Tab, server: EmbeddedPostgres) -> None:
    complaints, page = listen(tab), tab.page
    await bring_axe(page.context)
    url = await copy_database(server.url, "migrated")
    async with (
        make_closed_place(url) as place,
        serve_portal(url, DecidingBackend(url, place.ledger)) as origin,
    ):
        old = Authenticator(site="localhost", origin=origin)
        await enrol_passkey(place, old)
        await give(tab, old, OFFICER)
        await page.goto(f"{origin}/language/en?back=/keys/new")
        await page.locator("#passkey button").click()
        await page.get_by_role("button", name="Make the passkey").wait_for()
        assert await find_violations(page) == []
        # On the same device it would take the older one's place.
        before = await list_passkeys(tab)
        await page.get_by_role("button", name="Make the passkey").click()
        await page.get_by_text("holds a passkey of yours already").wait_for()
        assert await list_passkeys(tab) == before
        # As on another device.
        await tab.session.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
        await page.get_by_role("button", name="Make the passkey").click()
        await page.get_by_role("button", name="Sign with the new passkey").wait_for()
        assert await find_violations(page) == []
        await page.get_by_role("button", name="Sign with the new passkey").click()
        await page.wait_for_url("**/acts/**")
        assert len(await list_passkeys(tab)) == 1
        await tab.session.send("WebAuthn.clearCredentials", {"authenticatorId": tab.authenticator})
        await give(tab, old, OFFICER)
        await page.get_by_role("button", name="Sign and submit").click()
        await page.wait_for_url("**/done")
        await page.goto(f"{origin}/keys")
        assert await find_violations(page) == []
        assert await page.get_by_role("rowheader", name="Passkey").count() == 2
        assert len((await place.ledger.keys.of([OFFICER]))[OFFICER]) == 3
    assert complaints == []


async def test_a_person_with_a_code_enrols_an_officer_confirms_and_the_person_signs_in(
    tab: Tab, server: EmbeddedPostgres
) -> None:
    complaints, page, bodies = listen(tab), tab.page, list[str]()
    await bring_axe(page.context)
    url = await copy_database(server.url, "migrated")
    async with make_closed_place(url) as place:
        backend = DecidingBackend(url, place.ledger)
        async with serve_portal(url, backend) as origin:
            passkey = Authenticator(site="localhost", origin=origin)
            await enrol_passkey(place, passkey)
            await place.register(f.actor(EXPERT, Role.EXPERT))
            assert await place.act(InviteSigner(people=(EXPERT,)), BY_OFFICER) == ""
            code = await code_sent_to(place, EXPERT)
            page.on("request", lambda request: bodies.append(request.post_data or ""))
            await page.goto(f"{origin}/language/en?back=/enrol")
            assert await find_violations(page) == []
            # Begun and left, it takes nothing away from what the device holds.
            given_up = await begin_first(tab)
            await page.goto(f"{origin}/enrol")
            await make_first(page, code)
            assert given_up < await list_passkeys(tab)
            assert await find_violations(page) == []
            assert not any(letters_of(code) in letters_of(body) for body in bodies)
            (waiting,) = await (await backend.reach()).first_keys._source.ledger.first_keys.list()
            assert parse_qs("&".join(bodies))["token"] == [token_for(waiting.body, code)]
            # Of two that it holds a person chooses one, the authenticator of a test any.
            made = [one for one in await take_away(tab) if one["credentialId"] not in given_up]
            await give(tab, passkey, OFFICER)
            await confirm_first(page, origin)
            await take_away(tab)
            await give_back(tab, made)
            await page.goto(f"{origin}/sign-in?next=/keys")
            await page.locator("#passkey button").click()
            await page.get_by_role("rowheader", name="Passkey").wait_for()
            assert await page.get_by_text(f"enrolled by {OFFICER}").count() == 1
    assert complaints == []


async def begin_first(tab: Tab) -> set[str]:
    """Make a passkey that is not handed in; return what the device holds then."""
    await tab.page.get_by_label("Account").fill(EXPERT)
    await tab.page.get_by_role("button", name="Make the passkey").click()
    await tab.page.get_by_label("Code from your letter").wait_for()
    return await list_passkeys(tab)


async def make_first(page: Page, code: str) -> None:
    """Make a passkey and hand it in, the code typed as somebody types it."""
    await page.get_by_label("Account").fill("")
    await page.get_by_role("button", name="Make the passkey").click()
    await page.get_by_text("Type your account.", exact=True).wait_for()
    # It would reach the server.
    await page.get_by_label("Account").fill(code.lower())
    await page.get_by_role("button", name="Make the passkey").click()
    await page.get_by_text("That is the code").wait_for()
    await page.get_by_label("Account").fill(EXPERT)
    await page.get_by_role("button", name="Make the passkey").click()
    await page.get_by_label("Code from your letter").fill(code[:-1])
    await page.get_by_role("button", name="Sign with the new passkey").click()
    await page.get_by_text("Read it again from your letter").wait_for()
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    await page.get_by_label("Code from your letter").fill(typed)
    await page.get_by_role("button", name="Sign with the new passkey").click()
    await page.get_by_role("heading", name="waits to be confirmed").wait_for()


async def confirm_first(page: Page, origin: str) -> None:
    """Sign in as the officer, confirm the key that waits, and sign out."""
    await page.goto(f"{origin}/sign-in?next=/keys/confirm")
    await page.locator("#passkey button").click()
    await page.get_by_role("link", name="Synthetic").click()
    confirm = page.get_by_role("button", name="Confirm this key")
    await confirm.wait_for()
    assert await find_violations(page) == []
    await confirm.click()
    await page.get_by_role("button", name="Sign and submit").click()
    await page.wait_for_url("**/done")
    await page.get_by_role("button", name="Sign out").click()


def letters_of(text: str) -> str:
    """What of a text can stand in a code, however it was typed."""
    return "".join(sign for sign in text.upper().translate(ALIKE) if sign in LETTERS)


def token_for(body: str, code: str) -> str:
    """What the command line makes of a code for the key that was handed in."""
    enrolment = Enrolment.model_validate(from_json(body)["enrolment"])
    return token_of(code, enrolment, HERE, EXPERT)


async def take_away(tab: Tab) -> list[dict[str, Any]]:
    """Take all passkeys out of the browser's authenticator and return them."""
    told = {"authenticatorId": tab.authenticator}
    found = await tab.session.send("WebAuthn.getCredentials", told)
    await tab.session.send("WebAuthn.clearCredentials", told)
    return list(found["credentials"])


async def give_back(tab: Tab, credentials: list[dict[str, Any]]) -> None:
    """Put passkeys into the browser's authenticator."""
    for credential in credentials:
        told = {"authenticatorId": tab.authenticator, "credential": credential}
        await tab.session.send("WebAuthn.addCredential", told)
