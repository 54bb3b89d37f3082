"""The first administrator enrols in pages: by the founding's code alone, once, and registered with the same touch."""

import json
import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from portal.app import create_app
from portal.enrolling.founding import Founding
from portal.guard.attempts import OF_PERSON
from selection.kernel.actor import Role
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from selection.signing.statement import challenge_of, places_of
from tests.attacks.test_enrolment_codes import CODE, HERE, Place, founded_place, guess
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import backend
from tests.portal.support.making import hand_over, passkey_of, read_hidden
from tests.selection.signing.keys import Authenticator

__all__ = ["backend", "founded_place", "unfounded_url"]
ACCOUNT = "admin-7"
PERSON = {"name": "Synthetic Founder", "mail": "founder@office.example"}


@pytest.fixture
async def page(backend: DecidingBackend) -> AsyncIterator[Browser]:
    """A browser before anybody has a key."""
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        yield opened


async def show_code(page: Browser, new: Authenticator, code: str, account: str = ACCOUNT) -> int:
    """Make a passkey and show the code; return the answer's status."""
    await page.open("/enrol")
    await page.send("/enrol", {**hand_over(page, new), "account": account})
    enrolment = enrol(new, account, HERE)  # type: ignore[arg-type]  # signs as a key does
    fields = {
        **read_hidden(page),
        **sign_challenge(new, challenge_in(page)),
        "token": token_of(code, enrolment, HERE),
    }
    return (await page.send("/enrol/prove", fields)).status_code


async def arrive(page: Browser, new: Authenticator, account: str = ACCOUNT) -> dict[str, str]:
    """Go as far as the page on which both acts are signed, and return what it hides."""
    assert await show_code(page, new, CODE, account) == 200, page.text
    assert "The code fits" in page.text
    assert (await page.send("/enrol/founder", unescape_hidden(page) | PERSON)).status_code == 200, page.text
    assert "With one signature" in page.text
    return unescape_hidden(page)


def hash_list(page: Browser) -> bytes:
    """The hash of the list over the statements as the page shows them, which is what its script has signed."""
    shown = re.findall(r'<pre class="statement">([^<]*)</pre>', page.page)
    message, _ = places_of([unescape(statement).encode() for statement in shown])
    return challenge_of(message)


def unescape_hidden(page: Browser) -> dict[str, str]:
    """What forms hide, as a browser reads it."""
    return {name: unescape(value) for name, value in read_hidden(page).items()}


async def test_whoever_has_the_code_becomes_the_first_administrator(
    page: Browser, founded_place: Place
) -> None:
    new, before = passkey_of(), await founded_place.size()
    await page.open("/enrol")
    assert "Nobody has a key here yet" in page.text
    kept = await arrive(page, new)
    # Nothing counts before it is signed, and of who gives up here nothing is stored.
    assert await founded_place.size() == before
    assert PERSON["mail"] in page.text
    (told,) = json.loads(kept["founding"])["bundle"]["items"][1]["act"]["command"]["people"]
    stored = {ACCOUNT: told["identity"]}, {ACCOUNT: told["address"]}
    assert await founded_place.ledger.people.find_stored(*stored) == ()
    assert CODE not in page.page
    done = await page.send("/enrol/founder/sign", kept | sign_challenge(new, hash_list(page)))
    assert done.status_code == 200, page.text
    assert "You are the first administrator" in page.text
    assert await founded_place.ledger.people.find_stored(*stored) == (ACCOUNT,)
    identity = await founded_place.ledger.people.identity(ACCOUNT)
    assert identity is not None
    assert identity.mail == PERSON["mail"]
    kinds = [entry.leaf.type for entry in await founded_place.ledger.reading.entries(INSTALLATION)][before:]
    assert kinds == ["key.enrolled.v1", "person.registered.v1"]
    assert [one.person for one in await founded_place.ledger.people.find(Role.ADMIN)] == [ACCOUNT]
    # Sent again, both are the acts they were.
    again = await page.send("/enrol/founder/sign", kept | sign_challenge(new, hash_list(page)))
    assert again.status_code in (200, 403)
    assert await founded_place.size() == before + 2
    assert (await page.send("/sign-in", await answer(page, new, ACCOUNT))).url.path == "/sessions"
    # The code is spent, and the page is the others' now.
    await page.open("/enrol")
    assert "Nobody has a key here yet" not in page.text
    assert await show_code(page, passkey_of(), CODE, "admin-8") == 403


async def test_without_the_code_nothing_is_asked_and_nothing_is_kept(
    page: Browser, founded_place: Place
) -> None:
    new, before = passkey_of(), await founded_place.size()
    assert await show_code(page, new, guess()) == 403
    assert "do not belong together" in page.text
    assert await show_code(page, new, CODE) == 200
    first = unescape_hidden(page)["first"]
    for forged in (first.replace('"token":"', '"token":"00')[:-2], first.replace(ACCOUNT, "admin-8"), "{}"):
        answered = await page.send("/enrol/founder", {"first": forged} | PERSON)
        assert answered.status_code in (400, 409), forged
    assert await founded_place.size() == before


async def test_only_the_key_that_is_enrolled_signs_and_for_nothing_else(
    page: Browser, founded_place: Place
) -> None:
    new, before = passkey_of(), await founded_place.size()
    kept = await arrive(page, new)
    challenge = hash_list(page)
    thief = await page.send("/enrol/founder/sign", kept | sign_challenge(passkey_of(), challenge))
    assert thief.status_code == 403
    changed = kept | {"founding": kept["founding"].replace('"register-people"', '"erase-person"')}
    assert (await page.send("/enrol/founder/sign", changed)).status_code == 400
    # Neither another role nor another name than what the hash in the act is of.
    for was, would_be in (
        ('"admin":[]', '"admin":[],"officer":[]'),
        (PERSON["mail"], "other@office.example"),
    ):
        other = kept | {"founding": kept["founding"].replace(was, would_be)}
        answered = await page.send("/enrol/founder/sign", other | sign_challenge(new, challenge))
        assert answered.status_code in (400, 403), would_be
    assert await founded_place.size() == before


async def test_who_comes_second_is_told(page: Browser, founded_place: Place) -> None:
    early, late = passkey_of(), passkey_of()
    kept = await arrive(page, late, "admin-8")
    challenge = hash_list(page)
    mine = await arrive(page, early)
    assert (
        await page.send("/enrol/founder/sign", mine | sign_challenge(early, hash_list(page)))
    ).status_code == 200
    before = await founded_place.size()
    assert (await page.send("/enrol/founder/sign", kept | sign_challenge(late, challenge))).status_code == 409
    assert await founded_place.size() == before


async def test_a_stranger_who_signs_learns_nothing_of_who_is_registered(
    page: Browser, founded_place: Place
) -> None:
    new = passkey_of()
    kept = await arrive(page, new)
    assert (
        await page.send("/enrol/founder/sign", kept | sign_challenge(new, hash_list(page)))
    ).status_code == 200
    before, told = await founded_place.size(), {}
    for person in (ACCOUNT, "nobody-9"):
        forged = forge(kept["founding"], passkey_of(), person)
        told[person] = (await page.send("/enrol/founder/sign", forged)).status_code, page.text
    assert told[ACCOUNT] == told["nobody-9"]
    assert told[ACCOUNT][0] == 409
    tried = [(await page.send("/enrol/founder/sign", forged)).status_code for _ in range(OF_PERSON)]
    assert tried[-1] == 429
    assert await founded_place.size() == before


def forge(founding: str, key: Authenticator, person: str) -> dict[str, str]:
    """Both acts as somebody without the code makes them, signed by a key of theirs."""
    enrolment = enrol(key, person, HERE)  # type: ignore[arg-type]  # signs as a key does
    mine = json.loads(founding.replace(ACCOUNT, person))
    mine["first"]["enrolment"] = enrolment.model_dump(mode="json")
    first, second = (item["act"] for item in mine["bundle"]["items"])
    first["command"]["keys"] = [mine["first"]["enrolment"]]
    for act in (first, second):
        act["command_id"] += person
    message = Founding.model_validate(mine).bundle.message
    return {"founding": json.dumps(mine), **sign_challenge(key, challenge_of(message))}


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("mail", "nobody"), ("mail", "a@b.example, c@d")])
async def test_a_name_and_an_address_are_asked_for(
    page: Browser, founded_place: Place, field: str, value: str
) -> None:
    assert await show_code(page, passkey_of(), CODE) == 200
    told = unescape_hidden(page) | PERSON | {field: value}
    assert (await page.send("/enrol/founder", told)).status_code == 422
    assert f'href="#{field}"' in page.page
