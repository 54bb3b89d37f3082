"""Several acts that must be signed: once, by their person's own passkey, over the list that the page shows."""

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from portal.app import create_app
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf
from selection.signing.base64 import decode
from selection.signing.statement import challenge_of, places_of
from selection.streams import application_stream
from tests.attacks.test_enrolment_codes import Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.rounds.test_checks import mark, press
from tests.portal.support.acting import DecidingBackend, DecidingClient, tell_round
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.checking import SOUND, tell_checks
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import client, decide
from tests.running.servers import run_statement
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["client", "founded_place", "unfounded_url"]
RULED: dict[str, str | list[str]] = {
    "f.codes": ["co-builder-unconfirmed"],
    **{f"ruling.{number}": "It was confirmed on paper" for number in SOUND},
}


@pytest.fixture
def passkey() -> Authenticator:
    return Authenticator(site="localhost", origin=ORIGIN)


@pytest.fixture
async def backend(
    founded_place: Place, unfounded_url: str, passkey: Authenticator
) -> AsyncIterator[DecidingBackend]:
    await tell_round(founded_place.ledger)
    await tell_checks(founded_place.ledger)
    await enrol_expert(founded_place, passkey, "officer-1", Role.OFFICER)
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


@pytest.fixture
async def page(backend: DecidingBackend, passkey: Authenticator) -> AsyncIterator[Browser]:
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        await opened.send("/sign-in", await answer(opened, passkey, "officer-1"))
        yield opened


async def prepare(page: Browser, *numbers: str) -> tuple[str, bytes]:
    """Fill in a check for several, and return where it is signed and the challenge, as the page's script makes it."""
    assert await mark(page, "pass-check", *numbers) == 200
    await press(page, "try", **RULED)
    assert await press(page, "check", **RULED) == 200, page.text
    [path] = re.findall(r'<form id="sign" method="post" action="([^"]+)"', page.page)
    shown = [
        unescape(text).encode() for text in re.findall(r'<pre class="statement">([^<]*)</pre>', page.page)
    ]
    assert len(shown) == len(numbers)
    challenge = challenge_of(places_of(shown)[0] if len(shown) > 1 else shown[0])
    (told,) = re.findall(r'data-to-sign="([^"]+)"', page.page)
    assert decode(told) == challenge
    return path, challenge


async def last(founded: Place, number: str) -> Leaf:
    (*_, entry) = await founded.ledger.reading.stream_entries(application_stream(story.ROUND, number))
    return entry.leaf


async def test_one_signature_is_of_every_act_of_the_list(
    page: Browser,
    passkey: Authenticator,
    founded_place: Place,
    backend: DecidingBackend,
    client: DecidingClient,
) -> None:
    # Who is below the limit sends all of it, and who has reached it nothing of the next.
    backend.allow(acts_a_minute=2)
    other, of_other = await prepare(page, *SOUND[:2])
    path, challenge = await prepare(page, *SOUND)
    await page.send(path, sign_challenge(passkey, challenge))
    assert "3 recorded, 0 refused" in page.text, page.text
    assert len(client.sent) == 3
    await page.open(other)
    assert (await page.send(other, sign_challenge(passkey, of_other))).status_code == 429
    assert "2 acts or more within a minute" in page.text
    assert len(client.sent) == 3
    proofs = []
    for place, number in enumerate(SOUND):
        leaf = await last(founded_place, number)
        assert (leaf.type, leaf.actor.authority) == ("application.check-passed.v1", "key")
        assert leaf.signed is not None
        assert leaf.signed.proof.manifest is not None
        assert (leaf.signed.proof.manifest.index, leaf.signed.proof.manifest.size) == (place, 3)
        proofs.append(leaf.signed.proof.signature)
    assert len(set(proofs)) == 1


async def test_one_act_alone_is_signed_without_a_list(
    page: Browser, passkey: Authenticator, founded_place: Place
) -> None:
    path, challenge = await prepare(page, "0061")
    await page.send(path, sign_challenge(passkey, challenge))
    assert "1 recorded" in page.text
    proof = (await last(founded_place, "0061")).signed
    assert proof is not None
    assert proof.proof.manifest is None


async def test_no_other_list_is_signed_and_nothing_is_sent_without(
    page: Browser, passkey: Authenticator, client: DecidingClient
) -> None:
    other, of_another = await prepare(page, "0060", "0061")
    path, challenge = await prepare(page, *SOUND)
    neighbour = Authenticator(site="localhost", origin=ORIGIN)
    statement = re.findall(r'<pre class="statement">([^<]*)</pre>', page.page)[0]
    for fields in (
        {},
        sign_challenge(passkey, of_another),
        sign_challenge(passkey, challenge_of(unescape(statement).encode())),
        sign_challenge(neighbour, challenge),
        {**sign_challenge(passkey, challenge), "signature": sign_challenge(passkey, b"x" * 32)["signature"]},
    ):
        assert (await page.send(path, fields)).status_code == 403
        assert "needs JavaScript" in page.text
    assert client.sent == []
    await page.send(path, sign_challenge(passkey, challenge))
    assert "3 recorded" in page.text
    # What was signed for one list counts for no other, and what is done is not done again.
    assert (await page.send(other, sign_challenge(passkey, challenge))).status_code in (403, 404)
    assert len(client.sent) == 3


async def test_acts_that_were_changed_where_they_wait_are_not_sent(
    page: Browser, passkey: Authenticator, client: DecidingClient, unfounded_url: str
) -> None:
    path, challenge = await prepare(page, *SOUND)
    changed = "UPDATE selection.portal_acts SET body = replace(body, '/0060', '/0063')"
    await run_statement(unfounded_url, changed)
    assert (await page.send(path, sign_challenge(passkey, challenge))).status_code == 403
    assert client.sent == []
