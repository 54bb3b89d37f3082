"""Signing in by passkey where acts must be signed."""

import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from portal.app import create_app
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings
from selection.register.key_commands import RevokeKey
from selection.signing.base64 import decode
from selection.signing.reading import Question, sign_in_statement
from tests.attacks.test_enrolment_codes import OFFICER, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.conftest import browse
from tests.portal.support.browsing import ORIGIN, Browser, make_link
from tests.portal.support.enrolling import enrol_passkey
from tests.portal.support.leaving import count, end_by_time, leave
from tests.selection.signing.keys import Authenticator

__all__ = ["founded_place", "unfounded_url"]
SITE = "localhost"


@pytest.fixture
async def passkey(founded_place: Place) -> Authenticator:
    """An officer's, enrolled."""
    made = Authenticator(site=SITE, origin=ORIGIN)
    await enrol_passkey(founded_place, made)
    return made


@pytest.fixture
async def closed_app(unfounded_url: str) -> AsyncIterator[Starlette]:
    backend = Backend(Settings(databases={Login.PORTAL: unfounded_url}))
    async with backend.open():
        yield create_app(backend, ORIGIN)


@pytest.fixture
async def page(closed_app: Starlette) -> AsyncIterator[Browser]:
    async with browse(closed_app) as opened:
        yield opened


async def answer(
    page: Browser, passkey: Authenticator, person: str = "officer-1", **changed: str
) -> dict[str, str]:
    """What a browser sends once the passkey signed what the page asks."""
    await page.open("/sign-in?next=/sessions")
    challenge = re.findall(r'name="challenge" value="([0-9a-f]{64})"', page.page)[0]
    signature = _sign(passkey, decode(re.findall(r'data-to-sign="([^"]+)"', page.page)[0]))
    return {"person": person, "challenge": challenge, "next": "/sessions", **signature, **changed}


def _sign(passkey: Authenticator, challenge: bytes) -> dict[str, str]:
    """Sign a challenge as it is: it is the hash of a statement already."""
    signature = passkey.sign_challenge(challenge)
    return {name: getattr(signature, name) for name in ("signature", "authenticator_data", "client_data")}


async def test_a_passkey_lets_its_person_in_and_leads_back(page: Browser, passkey: Authenticator) -> None:
    taken = await page.send("/sign-in", await answer(page, passkey))
    assert (taken.status_code, taken.url.path) == (200, "/sessions")


async def test_an_answer_counts_once(closed_app: Starlette, page: Browser, passkey: Authenticator) -> None:
    given = await answer(page, passkey)
    assert (await page.send("/sign-in", given)).status_code == 200
    async with browse(closed_app) as thief:
        assert (await thief.send("/sign-in", given)).status_code == 403


async def test_no_other_answer_lets_anybody_in(page: Browser, passkey: Authenticator) -> None:
    stranger = Authenticator(site=SITE, origin=ORIGIN)
    unseen = Authenticator(site=SITE, origin=ORIGIN, flags=0x01, private=passkey.private)
    elsewhere, other_port, plain, below = (
        Authenticator(site=SITE, origin=origin, private=passkey.private)
        for origin in (
            "https://elsewhere.example",
            f"{ORIGIN}:8443",
            "http://localhost",
            "https://a.localhost",
        )
    )
    given = [
        await answer(page, stranger),
        await answer(page, unseen),
        await answer(page, elsewhere),
        await answer(page, other_port),
        await answer(page, plain),
        await answer(page, below),
        await answer(page, passkey, "admin-1"),
        await answer(page, passkey, challenge="0" * 64),
        await answer(page, passkey, signature="AAAA"),
        await answer(page, passkey, client_data=""),
        await answer(page, passkey, "nobody"),
    ]
    told = set()
    for fields in given:
        refused = await page.send("/sign-in", fields)
        assert refused.status_code == 403
        told.add(page.text)
    assert len(told) == 1


async def test_a_session_ends_with_its_key(
    page: Browser, passkey: Authenticator, founded_place: Place
) -> None:
    await page.send("/sign-in", await answer(page, passkey))
    assert (await page.client.get("/sessions")).status_code == 200
    assert await founded_place.act(RevokeKey(key=passkey.key.key), OFFICER) == ""
    assert (await page.client.get("/sessions")).status_code == 303


@pytest.mark.parametrize("revoked", [False, True])
async def test_a_session_that_ended_leaves_a_form_while_its_key_is_in_force(
    page: Browser, passkey: Authenticator, founded_place: Place, unfounded_url: str, revoked: bool
) -> None:
    await page.send("/sign-in", await answer(page, passkey))
    await end_by_time(unfounded_url)
    if revoked:
        assert await founded_place.act(RevokeKey(key=passkey.key.key), OFFICER) == ""
    left = await leave(page, "/rounds/any-round/shortlist")
    assert left.status_code == (413 if revoked else 303)
    assert await count(unfounded_url) == (0 if revoked else 1)
    if not revoked:
        # The sign-in leads to what was left.
        await page.open(left.headers["location"])
        assert f'name="next" value="{left.headers["location"].partition("next=")[2]}"' in page.page


async def test_where_there_are_keys_no_link_counts(
    page: Browser, passkey: Authenticator, founded_place: Place
) -> None:
    link = await make_link(founded_place.ledger)
    assert (await page.open(link)).status_code == 403
    assert (await page.send(link, {"person": "officer-1"})).status_code == 403


def test_what_is_signed_to_sign_in_is_no_statement_of_a_read_or_an_act() -> None:
    question = Question.model_validate(
        {
            "installation": "i",
            "challenge": "0" * 64,
            "issued": "2026-01-01T00:00:00Z",
            "expires": "2026-01-01T00:05:00Z",
        }
    )
    assert b'"purpose":"sign-in"' in sign_in_statement(question)
