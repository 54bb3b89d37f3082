"""Two officers open a round in pages: the second reads the rules themselves, whatever was kept of them for the page."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from starlette.applications import Starlette

from selection.decision.envelope import envelope_of
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.kernel.proof import Second
from selection.round.commands import OpenRound
from selection.round.posts import posts_of
from selection.rules.loading import rules_hash
from selection.sealing import load_rules
from selection.streams import round_stream
from tests import factories as f
from tests.attacks.test_enrolment_codes import Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_by_code, enrol_expert
from tests.portal.support.fixtures import app, decide
from tests.selection import story
from tests.selection.signing.keys import Authenticator, draft_proof

__all__ = ["app", "founded_place", "unfounded_url"]
ROUND = "third-1"
RULES = load_rules(story.TEXT)
OFFICERS = {name: Authenticator(site="localhost", origin=ORIGIN) for name in RULES.staff.officers[:2]}
OTHER = Authenticator(site="localhost", origin=ORIGIN)


@pytest.fixture
async def backend(founded_place: Place, unfounded_url: str) -> AsyncIterator[DecidingBackend]:
    await enrol_expert(founded_place, OTHER, "other-1", Role.OFFICER)
    staff = dict(posts_of(RULES))
    await founded_place.register(*(f.actor(name, role) for name, role in staff.items() if name != "admin-1"))
    for name, passkey in OFFICERS.items():
        await enrol_by_code(founded_place, passkey, name)
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


async def enter(page: Browser, name: str, passkey: Authenticator) -> Browser:
    await page.speak("en")
    await page.send("/sign-in", await answer(page, passkey, name))
    return page


async def hand_over(page: Browser) -> None:
    """Send the rules as the form does."""
    await page.open("/open-round")
    token = page.page.split('name="form_token" value="')[1].split('"')[0]
    sent = await page.client.post(
        "/open-round",
        data={"form_token": token, "round": ROUND},
        files={"rules": ("rules.yaml", story.TEXT.encode())},
        headers={"sec-fetch-site": "same-origin", "origin": ORIGIN},
        follow_redirects=True,
    )
    page.page = sent.text


async def sign(page: Browser, name: str) -> str:
    path = page.page.split('action="/acts/')[1].split('"')[0]
    done = await page.send(f"/acts/{path}", sign_challenge(OFFICERS[name], challenge_in(page)))
    return done.url.path


async def test_a_round_is_open_once_the_second_officer_has_signed_what_the_rules_say(
    app: Starlette, founded_place: Place, backend: DecidingBackend, unfounded_url: str
) -> None:
    one, two = OFFICERS
    async with browse(app) as first, browse(app) as second, browse(app) as other:
        await enter(first, one, OFFICERS[one])
        await hand_over(first)
        assert "Two must sign this" in first.text
        waits = await sign(first, one)
        assert waits.startswith("/seconds/")
        assert (await backend.client()).sent == []
        # What was refused before leaves an entry on the stream of a round that is none yet.
        await refuse_opening(founded_place)
        # The rules do not name them, so that there is no round for them.
        await enter(other, "other-1", OTHER)
        await other.open("/seconds")
        assert waits not in other.links
        assert (await other.open(waits)).status_code == 404
        await tell_otherwise(unfounded_url)
        await enter(second, two, OFFICERS[two])
        await second.open("/tasks")
        assert "/seconds" in second.links
        await second.open(waits)
        await see_rules(second)
        await second.send(waits, {})
        await see_rules(second)
        assert "Another person signed this" in second.text
        assert (await sign(second, two)).endswith("/done")
        (sent,) = (await backend.client()).sent
        assert sent.second is not None
        assert (sent.actor.person, sent.second.person) == (one, two)


async def refuse_opening(place: Place) -> None:
    """Have the record refuse another opening of the round, which somebody signed alone and for nobody."""
    stream, officer = round_stream(ROUND), f.actor("officer-1")
    command = OpenRound(rules={}, rules_hash="0" * 64)
    bare = envelope_of(stream, command, officer, "refused")
    now = datetime.now(UTC)
    terms = draft_proof(installation=place.name, rules="", issued=now, expires=now + timedelta(hours=1))
    beside = bare.intent.with_(person="officer-2", second_to="officer-1")
    second = Second(person="officer-2", proof=OFFICERS["officer-2"].prove(beside, terms))
    signed = bare.with_(proof=OFFICERS["officer-1"].prove(bare.intent, terms), second=second)
    decided = await place.ledger.deciding.decide(stream, Act(signed))
    assert decided.refused is not None
    assert await place.ledger.reading.version(stream) == 1


async def see_rules(page: Browser) -> None:
    assert f"{RULES.places}" in page.text
    assert rules_hash(RULES) in page.text
    for person, _ in posts_of(RULES):
        assert person in page.text, person
    assert "Research direction; Summary for the public" in page.text
    assert "997" not in page.text


async def tell_otherwise(url: str) -> None:
    """Have what is kept for the second signer's page say another number of places, and a line more."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        (body,) = await (
            await connection.execute("SELECT body FROM selection.portal_seconds")
        ).fetchone() or ("",)
        kept = json.loads(body)
        lines = [{**line, "value_en": "997", "value_zh": "997"} for line in kept["lines"]]
        altered = json.dumps({**kept, "lines": lines})
        await connection.execute("UPDATE selection.portal_seconds SET body = %s", [altered])
