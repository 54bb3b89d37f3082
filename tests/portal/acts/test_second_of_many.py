"""Many acts of one table that two must sign: signed once by the first, and each by itself by the second."""

import re
from collections.abc import AsyncIterator
from html import unescape

import psycopg
import pytest
from starlette.applications import Starlette

from portal.acts.bundles import WAITING_AT_MOST
from selection.application import events as a
from selection.kernel.actor import SYSTEM, Role
from selection.signing.statement import challenge_of, places_of
from selection.streams import application_stream
from tests.attacks.test_enrolment_codes import Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.rounds.test_by_table import APPOINTMENTS, SHORTLISTED, UNTIL_CHAIR, press, upload
from tests.portal.support.acting import DecidingBackend, DecidingClient, retell, tell_round
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app, client, decide, state_of
from tests.portal.support.sheets import fill_in
from tests.running.servers import run_statement
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["app", "client", "founded_place", "unfounded_url"]
OFFICERS = ("officer-1", "officer-2")
PASSKEYS = {name: Authenticator(site="localhost", origin=ORIGIN) for name in OFFICERS}
TABLE = "Application,Chair,Chair's reason\n0071,expert-1,Knows the field\n0072,expert-2,Was there before\n"


@pytest.fixture
async def backend(founded_place: Place, unfounded_url: str) -> AsyncIterator[DecidingBackend]:
    await tell_round(founded_place.ledger)
    for number in ("0071", "0072"):
        await retell(founded_place.ledger, number, UNTIL_CHAIR, (SYSTEM, SHORTLISTED))
    for name, passkey in PASSKEYS.items():
        await enrol_expert(founded_place, passkey, name, Role.OFFICER)
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


async def enter(page: Browser, name: str) -> None:
    await page.speak("en")
    await page.send("/sign-in", await answer(page, PASSKEYS[name], name))


async def check_table(page: Browser) -> str:
    """Read the table in, and return the page on which its acts wait to be signed once."""
    assert await upload(page, APPOINTMENTS, TABLE) == 200
    assert "2 of 2 are marked and can be done" in page.text, page.text
    assert await press(page, APPOINTMENTS, "check") == 200, page.text
    assert "each of those waits for a second person" in page.text
    path: str = re.findall(r'<form id="sign" method="post" action="([^"]+)"', page.page)[0]
    return path


async def sign_checked(page: Browser, path: str) -> int:
    """Sign the acts that a page shows, once."""
    await page.open(path)
    shown = [
        unescape(text).encode() for text in re.findall(r'<pre class="statement">([^<]*)</pre>', page.page)
    ]
    signature = sign_challenge(PASSKEYS["officer-1"], challenge_of(places_of(shown)[0]))
    return (await page.send(path, signature)).status_code


async def sign_table(page: Browser) -> str:
    """Read the table in, sign its acts once, and return the page that tells of them."""
    path = await check_table(page)
    assert await sign_checked(page, path) == 200
    return path


async def let_wait(url: str, name: str, count: int) -> None:
    """Have some more acts wait, each like one that waits already."""
    await run_statement(
        url,
        "INSERT INTO selection.portal_seconds (id, person, stream, role, head, body, until)"
        f" SELECT '{name}-' || n, person, stream, role, head, body, until FROM"
        " (SELECT * FROM selection.portal_seconds ORDER BY id LIMIT 1) one,"
        f" generate_series(1, {count}) n",
    )


async def list_ids(url: str) -> set[str]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        rows = await connection.execute("SELECT id FROM selection.portal_seconds")
        return {name async for (name,) in rows}


async def test_chairs_of_a_table_are_signed_once_by_the_first_and_each_by_the_second(
    app: Starlette, founded_place: Place, client: DecidingClient
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "officer-1")
        path = await sign_table(first)
        assert "0 recorded, 0 refused, 0 not answered yet. 2 wait for a second signature" in first.text
        assert client.sent == []
        waiting = [link for link in first.links if link.startswith("/seconds/")]
        assert len(waiting) == 2
        # Pressed again, it sends nothing: what waits is not the first one's to send.
        await first.send(path, {})
        assert client.sent == []
        await enter(second, "officer-2")
        await second.open(waiting[1])
        assert "Was there before" in second.text
        assert "Knows the field" not in second.text
        await second.send(waiting[1], {})
        signed = second.page.split('action="/acts/')[1].split('"')[0]
        await second.send(f"/acts/{signed}", sign_challenge(PASSKEYS["officer-2"], challenge_in(second)))
        assert "Recorded" in second.text, second.text
        chairs = [
            (await state_of(founded_place.ledger, application_stream(story.ROUND, number))).chair
            for number in ("0071", "0072")
        ]
        assert chairs == ["", "expert-2"]
        (*_, entry) = await founded_place.ledger.reading.stream_entries(
            application_stream(story.ROUND, "0072")
        )
        assert entry.leaf.type == a.ChairAppointed.TYPE
        assert entry.leaf.signed is not None
        assert entry.leaf.signed.second is not None
        assert entry.leaf.signed.second.person == "officer-2"
        await first.open(path)
        assert "1 recorded" in first.text
        assert "1 waits for a second signature" in first.text
        await first.open("/acts")
        assert path not in first.links


async def test_no_act_that_waits_is_pushed_out_by_a_table(
    app: Starlette, client: DecidingClient, backend: DecidingBackend, unfounded_url: str
) -> None:
    async with browse(app) as first:
        await enter(first, "officer-1")
        await sign_table(first)
        await let_wait(unfounded_url, "more", WAITING_AT_MOST - 2)
        assert await upload(first, APPOINTMENTS, TABLE) == 200
        assert await press(first, APPOINTMENTS, "check") == 422
        assert "at most 50 of yours wait" in first.text
    assert client.sent == []


async def test_a_table_shown_before_another_was_signed_pushes_none_of_its_acts_out(
    app: Starlette, client: DecidingClient, unfounded_url: str
) -> None:
    async with browse(app) as first:
        await enter(first, "officer-1")
        await sign_table(first)
        await let_wait(unfounded_url, "more", WAITING_AT_MOST - 5)
        # Two tabs: each is shown while there is a place for its two.
        one, other = await check_table(first), await check_table(first)
        assert await sign_checked(first, one) == 200
        waiting = await list_ids(unfounded_url)
        assert len(waiting) == WAITING_AT_MOST - 1
        # For one of the two there would still be a place: neither takes it.
        assert await sign_checked(first, other) == 409
        assert "Nothing was signed: at most 50 of your acts wait" in first.text
        assert await list_ids(unfounded_url) == waiting
        await first.open("/acts")
        assert other not in first.links
        await first.open("/seconds/more-1")
        await first.send("/seconds/more-1/withdraw", {})
        assert await sign_checked(first, other) == 200
        assert "2 wait for a second signature" in first.text
        now = await list_ids(unfounded_url)
        assert len(now) == WAITING_AT_MOST
        assert waiting - now == {"more-1"}
    assert client.sent == []


@pytest.mark.usefixtures("backend")
async def test_one_act_after_fifty_pushes_none_out_and_keeps_its_place_when_signed_again(
    app: Starlette, unfounded_url: str
) -> None:
    typed: dict[str, str | list[str]] = {"f.chair": "expert-1", "f.reason": "Knows the field"}
    async with browse(app) as first:
        await enter(first, "officer-1")
        await sign_table(first)
        await let_wait(unfounded_url, "more", WAITING_AT_MOST - 2)
        waiting = await list_ids(unfounded_url)
        assert await fill_in(first, f"/do/appoint-chair/{story.ROUND}/0071", typed) == 200, first.text
        path = re.findall(r'action="(/acts/[^"]+)"', first.page)[0]
        signature = sign_challenge(PASSKEYS["officer-1"], challenge_in(first))
        assert (await first.send(path, signature)).status_code == 409
        assert "Nothing was signed: at most 50 of your acts wait" in first.text
        assert await list_ids(unfounded_url) == waiting
        await first.open("/seconds/more-1")
        await first.send("/seconds/more-1/withdraw", {})
        await first.open(path)
        signature = sign_challenge(PASSKEYS["officer-1"], challenge_in(first))
        for _ in range(2):
            # The second time fifty wait, this one among them.
            await first.send(path, signature)
            now = await list_ids(unfounded_url)
            assert len(now) == WAITING_AT_MOST
            assert waiting - now == {"more-1"}
