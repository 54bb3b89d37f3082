"""What was signed and sent is its person's in any session of theirs; before it is signed it is of one session alone."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from portal.app import create_app
from selection.register.key_commands import EnrolKey, RevokeKey
from selection.signing.possession import enrol
from starter.client.errors import Pending
from tests.attacks.test_enrolment_codes import HERE, OFFICER, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import sign_challenge
from tests.portal.acts.test_signed_together import backend, page, passkey, prepare
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import DecidingBackend, DecidingClient
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.checking import SOUND
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import client
from tests.running.servers import run_statement
from tests.selection.signing.keys import Authenticator

__all__ = ["backend", "client", "founded_place", "page", "passkey", "unfounded_url"]


@asynccontextmanager
async def sign_in_anew(
    backend: DecidingBackend, passkey: Authenticator, person: str = "officer-1"
) -> AsyncIterator[Browser]:
    """Another session, in a browser of its own, in English."""
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        assert (await opened.send("/sign-in", await answer(opened, passkey, person))).status_code == 200
        yield opened


async def send_part(page: Browser, passkey: Authenticator, client: DecidingClient) -> str:
    """Sign checks of three applications, of which one is not answered, and return where they are told of."""
    path, challenge = await prepare(page, *SOUND)
    client.before = Pending("x", "y")
    await page.send(path, sign_challenge(passkey, challenge))
    await page.open(path)
    assert "2 recorded, 0 refused, 1 not answered" in page.text
    return path


async def test_what_was_sent_is_found_read_and_sent_again_in_another_session(
    page: Browser, passkey: Authenticator, backend: DecidingBackend, client: DecidingClient
) -> None:
    path, challenge = await prepare(page, *SOUND)
    async with sign_in_anew(backend, passkey) as later:
        # Before it is signed it is of the session that it was shown in.
        assert (await later.open(path)).status_code == 404
        await later.open("/receipts")
        assert (await later.send(path, sign_challenge(passkey, challenge))).status_code == 404
        assert path not in later.links
        client.before = Pending("x", "y")
        await page.send(path, sign_challenge(passkey, challenge))
        await page.send("/sign-out", {})
        await later.open("/receipts")
        assert path in later.links
        assert "2 of 3 answered" in later.text
        await later.open(path)
        assert "2 recorded, 0 refused, 1 not answered" in later.text
        await later.send(path, {})
        await later.open(path)
        assert "3 recorded, 0 refused" in later.text
        assert len({act.command_id for act in client.sent}) == 3
        assert len(client.sent) == 4
        await later.open("/receipts")
        assert path not in later.links


async def test_what_another_release_kept_keeps_nobody_from_their_acts(
    page: Browser, passkey: Authenticator, client: DecidingClient, unfounded_url: str
) -> None:
    await send_part(page, passkey, client)
    await run_statement(unfounded_url, "UPDATE selection.portal_acts SET body = '{\"version\": 2}'")
    assert (await page.open("/receipts")).status_code == 200


async def test_another_person_gets_nothing_of_what_was_sent(
    page: Browser,
    passkey: Authenticator,
    founded_place: Place,
    backend: DecidingBackend,
    client: DecidingClient,
) -> None:
    path = await send_part(page, passkey, client)
    theirs = Authenticator(site="localhost", origin=ORIGIN)
    await enrol_expert(founded_place, theirs, "expert-9")
    async with sign_in_anew(backend, theirs, "expert-9") as other:
        for address in (path, path.replace("together", "acts")):
            assert (await other.open(address)).status_code == 404
            await other.open("/receipts")
            assert (await other.send(address, {})).status_code == 404
        await other.open("/receipts")
        assert path not in other.links
    assert len(client.sent) == 3


async def test_what_a_revoked_key_signed_is_not_done_from_another_session(
    page: Browser,
    passkey: Authenticator,
    founded_place: Place,
    backend: DecidingBackend,
    client: DecidingClient,
) -> None:
    path = await send_part(page, passkey, client)
    second = Authenticator(site="localhost", origin=ORIGIN)
    enrolment = enrol(second, "officer-1", HERE)  # type: ignore[arg-type]  # signs as a key does
    assert await founded_place.act(EnrolKey(keys=(enrolment,)), OFFICER, passkey) == ""  # type: ignore[arg-type]
    revoke = RevokeKey(key=passkey.key.key)
    assert await founded_place.act(revoke, OFFICER, second) == ""  # type: ignore[arg-type]
    # The session of that key has ended.
    assert (await page.client.get(path)).status_code == 303
    async with sign_in_anew(backend, second) as later:
        await later.open(path)
        await later.send(path, {})
        await later.open(path)
        assert "2 recorded, 0 refused, 1 not answered" in later.text


async def test_who_is_erased_or_no_longer_active_gets_nothing_and_leaves_nothing_under_way(
    page: Browser,
    passkey: Authenticator,
    unfounded_url: str,
    backend: DecidingBackend,
    client: DecidingClient,
) -> None:
    path = await send_part(page, passkey, client)
    reach = await backend.reach()
    assert len(await reach.work._kept.list_under_way("officer-1")) == 1
    await run_statement(unfounded_url, "UPDATE selection.people SET erased = true, active = false")
    assert (await page.client.get(path)).status_code == 303
    assert await reach.work._kept.list_under_way("officer-1") == ()
    assert await reach.work._kept.read_act(re.sub(r".*/", "", path), "officer-1", "any") is None
