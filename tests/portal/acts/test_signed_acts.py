"""Acts in pages where they must be signed: by their person's own passkey, over what the page shows."""

import hashlib
import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from portal.app import create_app
from selection.kernel.proof import WebAuthnSignature
from selection.signing.base64 import decode
from tests.attacks.test_enrolment_codes import Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import (
    EXPERT,
    PLACE,
    STREAM,
    DecidingBackend,
    DecidingClient,
    tell_panel,
    tell_round,
)
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import client, decide
from tests.selection.signing.keys import Authenticator

__all__ = ["client", "founded_place", "unfounded_url"]
INVITATION = f"/invitations/{PLACE}"
PARTS = ("signature", "authenticator_data", "client_data")


@pytest.fixture
def passkey() -> Authenticator:
    return Authenticator(site="localhost", origin=ORIGIN)


@pytest.fixture
def neighbour() -> Authenticator:
    """The passkey of another expert of the panel."""
    return Authenticator(site="localhost", origin=ORIGIN)


@pytest.fixture
async def backend(
    founded_place: Place, unfounded_url: str, passkey: Authenticator, neighbour: Authenticator
) -> AsyncIterator[DecidingBackend]:
    await tell_round(founded_place.ledger)
    await tell_panel(founded_place.ledger)
    await enrol_expert(founded_place, passkey, EXPERT)
    await enrol_expert(founded_place, neighbour, "expert-2")
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


@pytest.fixture
async def page(backend: DecidingBackend, passkey: Authenticator) -> AsyncIterator[Browser]:
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        await opened.send("/sign-in", await answer(opened, passkey, EXPERT))
        yield opened


async def prepare(page: Browser, **fields: str) -> str:
    await page.open(INVITATION)
    shown = await page.send(INVITATION, fields or {"answer": "accept", "pledge": "yes"})
    assert shown.status_code == 200, page.text
    return shown.url.path


def challenge_in(page: Browser) -> bytes:
    """The hash of the statement as the page shows it, which is what its script has signed."""
    (statement,) = re.findall(r'<pre id="statement">([^<]*)</pre>', page.page)
    challenge = hashlib.sha256(unescape(statement).encode()).digest()
    (told,) = re.findall(r'data-to-sign="([^"]+)"', page.page)
    assert decode(told) == challenge
    return challenge


def sign_challenge(passkey: Authenticator, challenge: bytes) -> dict[str, str]:
    signature = passkey.sign_challenge(challenge)
    return {name: getattr(signature, name) for name in PARTS}


async def test_a_passkey_signs_what_the_page_shows_and_the_record_holds_it(
    page: Browser, passkey: Authenticator, founded_place: Place
) -> None:
    path = await prepare(page)
    taken = await page.send(path, sign_challenge(passkey, challenge_in(page)))
    assert taken.url.path.endswith("/done"), page.text
    (*_, entry) = await founded_place.ledger.reading.stream_entries(STREAM)
    assert (entry.leaf.type, entry.leaf.actor.authority) == ("panel.invitation-accepted.v1", "key")
    assert entry.leaf.signed is not None
    assert isinstance(entry.leaf.signed.proof.signature, WebAuthnSignature)


async def test_without_scripts_the_page_is_readable_and_says_what_signing_needs(
    page: Browser, client: DecidingClient
) -> None:
    path = await prepare(page)
    for shown in ("I accept the review of application", "needs JavaScript", "What exactly is signed"):
        assert shown in page.text
    assert re.search(r'<form id="sign"[^>]* hidden>', page.page)
    assert (await page.send(path, {})).status_code == 403
    assert "must be signed" in page.text
    assert client.sent == []


async def test_no_other_signature_is_sent(
    page: Browser, passkey: Authenticator, neighbour: Authenticator, client: DecidingClient
) -> None:
    other = await prepare(page, answer="decline")
    of_another_act = sign_challenge(passkey, challenge_in(page))
    path = await prepare(page)
    challenge = challenge_in(page)
    forged = {
        **sign_challenge(passkey, challenge),
        "signature": sign_challenge(passkey, b"x" * 32)["signature"],
    }
    framed = Authenticator(
        site="localhost", origin=ORIGIN, private=passkey.private, more={"crossOrigin": True}
    )
    elsewhere = Authenticator(site="localhost", origin="https://elsewhere.example", private=passkey.private)
    unseen = Authenticator(site="localhost", origin=ORIGIN, private=passkey.private, flags=0x01)
    making = Authenticator(site="localhost", origin=ORIGIN, private=passkey.private, kind="webauthn.create")
    for fields in (
        of_another_act,
        forged,
        sign_challenge(neighbour, challenge),
        *(sign_challenge(odd, challenge) for odd in (framed, elsewhere, unseen, making)),
        dict.fromkeys(PARTS, "!"),
        dict.fromkeys(PARTS, "A" * 3000),
    ):
        assert (await page.send(path, fields)).status_code == 403
        assert "Nothing was recorded" in page.text
    assert client.sent == []
    # The same page signs yet, and what was signed for one act counts for no other.
    assert (await page.send(path, sign_challenge(passkey, challenge))).url.path.endswith("/done")
    assert (await page.send(other, sign_challenge(passkey, challenge))).status_code in (403, 409)
    assert len(client.sent) == 1
