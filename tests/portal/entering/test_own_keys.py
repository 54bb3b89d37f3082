"""A person's own keys in pages: which there are, taking one back, and a further one that an older one signs for."""

import json
import re
from collections.abc import AsyncIterator
from html import unescape

import psycopg
import pytest

from portal.app import create_app
from portal.enrolling import making
from selection.register.key_commands import RevokeKey
from selection.register.state import INSTALLATION
from selection.signing.base64 import decode, encode
from tests.attacks.test_enrolment_codes import OFFICER, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import backend, enrol_passkey
from tests.portal.support.fixtures import client
from tests.portal.support.making import hand_over, passkey_of, read_hidden
from tests.selection.signing.keys import Authenticator

__all__ = ["backend", "client", "founded_place", "unfounded_url"]
NEW, PROVE = "/keys/new", "/keys/new/prove"


@pytest.fixture
async def old(founded_place: Place) -> Authenticator:
    """The officer's passkey, enrolled on a command line, which knows no name of it."""
    made = passkey_of(credential=b"")
    await enrol_passkey(founded_place, made)
    return made


@pytest.fixture
async def page(backend: DecidingBackend, old: Authenticator) -> AsyncIterator[Browser]:
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        await opened.send("/sign-in", await answer(opened, old))
        yield opened


async def make(page: Browser, new: Authenticator) -> dict[str, str]:
    """Make a passkey as the page asks; return what the page that has it sign sends on."""
    await page.open(NEW)
    taken = await page.send(NEW, hand_over(page, new))
    assert taken.status_code == 200, page.text
    return read_hidden(page)


def prove(page: Browser, new: Authenticator) -> dict[str, str]:
    """Have the new passkey sign what the page shows."""
    return {**read_hidden(page), **sign_challenge(new, challenge_in(page))}


async def test_a_further_passkey_counts_once_an_older_one_signed_for_it(
    page: Browser, old: Authenticator, founded_place: Place
) -> None:
    new = passkey_of()
    await make(page, new)
    before = await founded_place.size()
    shown = await page.send(PROVE, prove(page, new))
    assert shown.url.path.startswith("/acts/")
    assert new.key.key in page.text
    assert await founded_place.size() == before
    # The new one can't sign for itself.
    assert (await page.send(shown.url.path, sign_challenge(new, challenge_in(page)))).status_code == 403
    taken = await page.send(shown.url.path, sign_challenge(old, challenge_in(page)))
    assert taken.url.path.endswith("/done"), page.text
    entry = (await founded_place.ledger.reading.entries(INSTALLATION))[-1].leaf
    assert (entry.type, entry.data["person"], entry.data["key"]["key"], entry.actor.person) == (
        "key.enrolled.v1",
        "officer-1",
        new.key.key,
        "officer-1",
    )
    await page.open("/keys")
    assert page.text.count("Passkey") == 2
    assert new.key.key in page.text


async def test_keys_are_listed_and_one_is_taken_back(
    page: Browser, old: Authenticator, founded_place: Place
) -> None:
    await page.open("/keys")
    for sentence in (
        "Key file of the command line",
        "Passkey",
        "signed in with",
        "admin-1",
        old.key.key,
        f"Site it was made for: {old.site}",
    ):
        assert sentence in page.text
    shown = await page.send("/keys/revoke", {"key": old.key.key})
    assert "Revoke a key of mine" in page.text
    await page.client.post(
        shown.url.path,
        data={**read_hidden(page), **sign_challenge(old, challenge_in(page))},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert old.key.key not in {
        key.key for key in (await founded_place.ledger.keys.of(["officer-1"]))["officer-1"]
    }
    assert (await page.client.get("/keys")).status_code == 303


async def test_a_browser_is_offered_ones_own_keys_once_all_are_known_by_name(
    page: Browser, old: Authenticator, founded_place: Place
) -> None:
    new = passkey_of()
    await make(page, new)
    shown = await page.send(PROVE, prove(page, new))
    await page.send(shown.url.path, sign_challenge(old, challenge_in(page)))
    # The older one was enrolled without its authenticator's name for it: the browser has to offer what it holds.
    await page.send("/keys/revoke", {"key": old.key.key})
    assert 'data-credentials=""' in page.page
    assert await founded_place.act(RevokeKey(key=old.key.key), OFFICER) == ""
    await page.send("/sign-in", await answer(page, new))
    await page.send("/keys/revoke", {"key": new.key.key})
    assert f'data-credentials="{encode(b"credential")}"' in page.page


async def test_who_revokes_their_only_passkey_is_warned_before(page: Browser, old: Authenticator) -> None:
    await page.open("/do/revoke-key")
    assert f"{old.key.key} – Your only passkey" in page.text
    await page.open("/keys")
    await page.send("/keys/revoke", {"key": old.key.key})
    assert "Once it is revoked you can neither sign in here nor sign" in page.text
    new = passkey_of()
    await make(page, new)
    shown = await page.send(PROVE, prove(page, new))
    await page.send(shown.url.path, sign_challenge(old, challenge_in(page)))
    for path in ("/do/revoke-key", "/keys"):
        await page.open(path)
        assert "Your only passkey" not in page.text
    await page.send("/keys/revoke", {"key": old.key.key})
    assert "Once it is revoked" not in page.text


async def test_a_passkey_of_a_former_address_is_none_that_is_left(
    page: Browser, old: Authenticator, unfounded_url: str
) -> None:
    """Whoever revokes the one beside it is warned, and a browser is offered no other for it."""
    new = passkey_of()
    await make(page, new)
    shown = await page.send(PROVE, prove(page, new))
    await page.send(shown.url.path, sign_challenge(old, challenge_in(page)))
    body = json.dumps({**old.key.model_dump(mode="json"), "site": "old.example"})
    async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as connection:
        await connection.execute("UPDATE selection.founding SET portals = %s", [json.dumps([ORIGIN])])
        await connection.execute("UPDATE selection.keys SET body = %s WHERE key = %s", [body, old.key.key])
    await page.send("/keys/revoke", {"key": new.key.key})
    assert "Once it is revoked you can neither sign in here nor sign" in page.text
    assert f'data-credentials="{encode(b"credential")}"' in page.page


async def test_nobody_takes_back_a_key_of_somebody_else(page: Browser, founded_place: Place) -> None:
    (key,) = (await founded_place.ledger.keys.of(["admin-1"]))["admin-1"]
    await page.open("/keys")
    assert key.key not in page.text
    assert (await page.send("/keys/revoke", {"key": key.key})).status_code == 404


async def test_what_another_session_was_asked_is_not_answered_in_this_one(
    page: Browser, backend: DecidingBackend, old: Authenticator
) -> None:
    async with browse(create_app(backend, ORIGIN)) as other:
        await other.speak("en")
        await other.send("/sign-in", await answer(other, old))
        await other.open(NEW)
        theirs = hand_over(other, passkey_of())
    await page.open(NEW)
    theirs["form_token"] = read_hidden(page)["form_token"]
    assert (await page.send(NEW, theirs)).status_code == 403
    assert "was not made on this site's own page just now" in page.text
    # Nor by whoever goes on where it was made.
    new = passkey_of()
    await make(page, new)
    given = {
        **prove(page, new),
        **{name: theirs[name] for name in ("made_client_data", "made_attestation", "issued")},
    }
    assert (await page.send(PROVE, given)).status_code == 403


async def test_no_other_registration_is_taken(page: Browser) -> None:
    odd = (
        Authenticator(site="elsewhere.example", origin="https://elsewhere.example"),
        passkey_of(origin="https://elsewhere.example"),
        passkey_of(flags=0x01),
        passkey_of(flags=0x04),
        passkey_of(more={"as it is": True}),
        passkey_of(more={"crossOrigin": True}),
        passkey_of(more={"challenge": encode(bytes(32))}),
    )
    for made in odd:
        await page.open(NEW)
        assert (await page.send(NEW, hand_over(page, made))).status_code == 403, made
        assert "Make another" not in page.text
    for broken in ("", "!", "A" * 7_000):
        await page.open(NEW)
        fields = {**read_hidden(page), "made_client_data": broken, "made_attestation": broken}
        assert (await page.send(NEW, fields)).status_code == 403


async def test_a_question_counts_for_a_while_only(page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    await page.open(NEW)
    given = hand_over(page, passkey_of())
    later = int(given["issued"]) + making.LASTS + 1
    monkeypatch.setattr("portal.enrolling.making.time.time", lambda: later)
    assert (await page.send(NEW, given)).status_code == 403
    assert "open for too long" in page.text
    for issued in ("", "soon", "-5", "99999999999", "١٢٣"):
        assert (
            await page.client.post(NEW, data={**given, "issued": issued}, headers={"origin": ORIGIN})
        ).status_code in (
            400,
            403,
        )


async def test_only_the_key_that_was_made_signs_that_it_is_to_be_somebodys(
    page: Browser, old: Authenticator
) -> None:
    new = passkey_of()
    await make(page, new)
    challenge = challenge_in(page)
    fields = read_hidden(page)
    for wrong in (
        sign_challenge(old, challenge),
        sign_challenge(passkey_of(), challenge),
        sign_challenge(new, bytes(32)),
        {},
    ):
        assert (await page.send(PROVE, {**fields, **wrong})).status_code == 403
        assert "did not sign that it is to be yours" in page.text
    assert (await page.send(PROVE, {**fields, **sign_challenge(new, challenge)})).url.path.startswith(
        "/acts/"
    )


async def test_another_sites_page_takes_no_part(page: Browser) -> None:
    await page.open(NEW)
    given = hand_over(page, passkey_of())
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert (await page.client.post(NEW, data=given, headers=headers)).status_code == 403
    foreign = {**given, "form_token": "0" * 64}
    assert (await page.client.post(NEW, data=foreign, headers={"origin": ORIGIN})).status_code == 403


async def test_who_has_no_passkey_in_force_makes_none_here(
    page: Browser, old: Authenticator, founded_place: Place
) -> None:
    await page.open(NEW)
    asked = unescape(re.findall(r'data-algorithms="([^"]+)"', page.page)[0])
    assert asked == "-7 -8 -257"
    assert decode(re.findall(r'data-challenge="([^"]+)"', page.page)[0])
    assert await founded_place.act(RevokeKey(key=old.key.key), OFFICER) == ""
    assert (await page.client.get(NEW)).status_code == 303
