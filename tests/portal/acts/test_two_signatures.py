"""Acts that two must sign, in pages: offered by the first, seen by who could do them too, sent once both signed."""

from collections.abc import AsyncIterator

import psycopg
import pytest
from starlette.applications import Starlette

from selection.application.state import ApplicationState
from selection.streams import aggregate, application_stream
from tests.attacks.test_enrolment_codes import Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import EXAMINED, DecidingBackend, retell, tell_round
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app, decide
from tests.portal.support.sheets import fill_in
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["app", "founded_place", "unfounded_url"]
PEOPLE = ("examiner-1", "examiner-2", "expert-9")
NUMBER = "0200"
STREAM = application_stream(story.ROUND, NUMBER)
SHEET = f"/do/uphold-objection/{story.ROUND}/{NUMBER}"
TYPED: dict[str, str | list[str]] = {"f.objection": "objection-1", "f.text": "Proven by the register"}
PASSKEYS = {name: Authenticator(site="localhost", origin=ORIGIN) for name in PEOPLE}


@pytest.fixture
async def backend(founded_place: Place, unfounded_url: str) -> AsyncIterator[DecidingBackend]:
    await tell_round(founded_place.ledger)
    await retell(founded_place.ledger, NUMBER, EXAMINED)
    for name, passkey in PASSKEYS.items():
        await enrol_expert(founded_place, passkey, name)
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


async def enter(page: Browser, name: str) -> Browser:
    await page.speak("en")
    await page.send("/sign-in", await answer(page, PASSKEYS[name], name))
    return page


async def sign_first(page: Browser) -> str:
    """Sign an upholding as the first examiner, and return where it waits."""
    assert await fill_in(page, SHEET, TYPED) == 200, page.text
    assert "Two must sign this" in page.text
    path = page.page.split('action="/acts/')[1].split('"')[0]
    waits = await page.send(f"/acts/{path}", sign_challenge(PASSKEYS["examiner-1"], challenge_in(page)))
    assert waits.url.path == f"/seconds/{path}", page.text
    return waits.url.path


async def sign_second(page: Browser, waits: str) -> str:
    """Look at what waits, sign it, and return what the page says."""
    assert "Proven by the register" in page.text
    await page.send(waits, {})
    assert "Another person signed this" in page.text
    assert "examiner-1" in page.text
    path = page.page.split('action="/acts/')[1].split('"')[0]
    await page.send(f"/acts/{path}", sign_challenge(PASSKEYS["examiner-2"], challenge_in(page)))
    return page.text


async def stage(place: Place) -> str:
    snapshot = await place.ledger.reading.snapshot(STREAM)
    assert snapshot is not None
    found = aggregate(STREAM).load(snapshot.state)
    assert isinstance(found, ApplicationState)
    return found.outcome or found.stage.value


async def test_the_second_finds_what_the_first_signed_and_it_is_done_once_both_did(
    app: Starlette, founded_place: Place, backend: DecidingBackend
) -> None:
    async with browse(app) as first, browse(app) as second, browse(app) as other:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        assert await stage(founded_place) == "notice"
        # The first one's session is over; what they signed waits all the same.
        await first.send("/sign-out", {})
        await enter(second, "examiner-2")
        await second.open("/tasks")
        assert "/seconds" in second.links
        await second.open("/seconds")
        assert waits in second.links
        await second.open(waits)
        # Nobody else is told that it is there, to look at, to sign or to take back.
        await enter(other, "expert-9")
        await other.open("/seconds")
        assert waits not in other.links
        assert (await other.open(waits)).status_code == 404
        for path in (waits, f"{waits}/withdraw"):
            await other.open("/tasks")
            assert (await other.send(path, {})).status_code == 404
        assert "Recorded" in await sign_second(second, waits)
        assert await stage(founded_place) == "removed"
        (sent,) = (await backend.client()).sent
        assert sent.second is not None
        assert (sent.actor.person, sent.second.person) == ("examiner-1", "examiner-2")
        # It is answered, so it waits for nobody.
        assert (await second.open(waits)).status_code == 404
        await enter(first, "examiner-1")
        assert (await first.open(f"/acts/{sent.command_id}/done")).status_code == 200
        assert "Recorded" in first.text


async def test_the_first_cannot_sign_second_and_takes_it_back(
    app: Starlette, founded_place: Place, backend: DecidingBackend, unfounded_url: str
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        assert (await first.open(waits)).status_code == 200
        assert "Take my signature back" in first.text
        assert (await first.send(waits, {})).status_code == 404
        await enter(second, "examiner-2")
        await second.open(waits)
        assert (await second.send(f"{waits}/withdraw", {})).status_code == 404
        await first.open("/seconds")
        assert "what you signed waits for others" in first.text
        await first.open(waits)
        await first.send(f"{waits}/withdraw", {})
        await first.open("/seconds")
        assert "Nothing waits for your signature." in first.text
        assert (await second.open(waits)).status_code == 404
        # What ran out is not shown any more.
        again = await sign_first(first)
        async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as connection:
            await connection.execute("UPDATE selection.portal_seconds SET until = clock_timestamp()")
        assert (await second.open(again)).status_code == 404
        assert (await backend.client()).sent == []
        assert await stage(founded_place) == "notice"
