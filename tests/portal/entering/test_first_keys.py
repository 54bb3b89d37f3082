"""First passkeys by the code of a letter: handed in by anyone who has it, confirmed by an officer, used once."""

from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg
import pytest
from starlette.types import ASGIApp, Message

from portal.app import create_app
from portal.guard.attempts import OF_PERSON
from selection.kernel.actor import Role
from selection.register.key_commands import InviteSigner
from selection.register.key_decide import MISSES
from selection.signing.one_time_code import token_of
from selection.signing.possession import Enrolment, enrol
from tests import factories as f
from tests.attacks.test_enrolment_codes import (
    HERE,
    OFFICER,
    Place,
    asking,
    code_sent_to,
    founded_place,
    guess,
)
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, OWN, Browser
from tests.portal.support.enrolling import backend, enrol_expert, enrol_passkey
from tests.portal.support.making import hand_over, passkey_of, read_hidden
from tests.running.servers import run_statement
from tests.selection.signing.keys import Authenticator

__all__ = ["backend", "founded_place", "unfounded_url"]
Count = Callable[[], Awaitable[int]]
EXPERT = "expert-1"
GUESSES = 1_000
"""More than are answered otherwise than by 429, of a network as of a person."""
CONFIRM = f"/keys/confirm/{EXPERT}"
UNFIT = "Account and code do not belong together"


@pytest.fixture
async def old(founded_place: Place) -> Authenticator:
    """The officer's passkey, enrolled; and an expert who was sent a code."""
    made = passkey_of()
    await enrol_passkey(founded_place, made)
    await founded_place.register(f.actor(EXPERT, Role.EXPERT))
    assert await founded_place.act(InviteSigner(people=(EXPERT,)), OFFICER) == ""
    return made


@pytest.fixture
def key_count(unfounded_url: str) -> Count:
    """Counts what is kept, whether or not it shows."""

    async def count() -> int:
        async with await psycopg.AsyncConnection.connect(unfounded_url) as connection:
            found = await (
                await connection.execute("SELECT count(*) FROM selection.portal_first_keys")
            ).fetchone()
        assert found is not None
        return int(found[0])

    return count


@pytest.fixture
async def page(backend: DecidingBackend, old: Authenticator) -> AsyncIterator[Browser]:
    """A browser in which nobody is signed in."""
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        yield opened


@pytest.fixture
async def desk(backend: DecidingBackend, old: Authenticator) -> AsyncIterator[Browser]:
    """The officer's browser."""
    async with browse(create_app(backend, ORIGIN)) as opened:
        await opened.speak("en")
        await opened.send("/sign-in", await answer(opened, old))
        yield opened


async def make(page: Browser, new: Authenticator, person: str = EXPERT) -> None:
    """Make a passkey for an account, as far as the page that has it sign."""
    await page.open("/enrol")
    taken = await page.send("/enrol", {**hand_over(page, new), "account": person})
    assert taken.status_code == 200, page.text


def show_code(new: Authenticator, code: str, person: str = EXPERT, whose: str | None = None) -> str:
    enrolment: Enrolment = enrol(new, person, HERE)  # type: ignore[arg-type]  # signs as a key does
    return token_of(code, enrolment, HERE, person if whose is None else whose)


async def hand_in(page: Browser, new: Authenticator, code: str, person: str = EXPERT) -> int:
    """Make a passkey and hand it in by a code; return the answer's status."""
    await make(page, new, person)
    fields = {
        **read_hidden(page),
        **sign_challenge(new, challenge_in(page)),
        "token": show_code(new, code, person),
    }
    return (await page.send("/enrol/prove", fields)).status_code


async def waiting(desk: Browser) -> str:
    await desk.open("/keys/confirm")
    return desk.text


async def test_a_key_is_made_by_a_code_confirmed_by_an_officer_and_lets_its_person_in(
    page: Browser, desk: Browser, old: Authenticator, founded_place: Place
) -> None:
    new, code, before = passkey_of(), await code_sent_to(founded_place, EXPERT), await founded_place.size()
    assert await hand_in(page, new, code) == 200
    assert "waits to be confirmed" in page.text
    assert new.key.key in page.text
    assert f"Site it was made for {new.site}" in page.text
    assert code not in page.page
    assert await founded_place.size() == before
    assert (await page.send("/sign-in", await answer(page, new, EXPERT))).status_code == 403
    for told in ("Synthetic", EXPERT, new.key.key):
        assert told in await waiting(desk)
    await desk.open(CONFIRM)
    assert f"Site it was made for {new.site}" in desk.text
    shown = await desk.send(CONFIRM, read_hidden(desk))
    assert new.key.key in desk.text
    assert f"Site it was made for {new.site}" in desk.text
    again = await desk.client.post(
        CONFIRM, data=read_hidden(desk) | {"key": new.key.key}, headers={"origin": ORIGIN}
    )
    taken = await desk.send(shown.url.path, sign_challenge(old, challenge_in(desk)))
    assert taken.url.path.endswith("/done"), desk.text
    assert "No key waits" in await waiting(desk)
    assert (await desk.open(CONFIRM)).status_code == 404
    # What was prepared beside it comes to nothing.
    await desk.open(again.headers["location"])
    twice = await desk.send(again.headers["location"], sign_challenge(old, challenge_in(desk)))
    assert twice.status_code == 200
    assert "was enrolled before" in desk.text
    assert [key.key for key in (await founded_place.ledger.keys.of([EXPERT]))[EXPERT]] == [new.key.key]
    assert (await page.send("/sign-in", await answer(page, new, EXPERT))).url.path == "/sessions"
    # Nor does the code count again.
    assert await hand_in(page, passkey_of(), code) == 403


async def test_what_no_code_shows_is_kept_nowhere_and_all_of_it_is_told_alike(
    page: Browser, desk: Browser, founded_place: Place, key_count: Count
) -> None:
    code, before, told = await code_sent_to(founded_place, EXPERT), await founded_place.size(), set()
    for person, given in (
        (EXPERT, guess()),
        ("nobody-1", code),
        ("officer-1", code),
        ("admin-1", guess()),
        ("名", code),
    ):
        assert await hand_in(page, passkey_of(), given, person) == 403
        assert UNFIT in page.text
        told.add(page.text.replace(person, "").split("What exactly")[0])
    assert len(told) == 1
    # The code of one key shows nothing for another.
    new = passkey_of()
    await make(page, new)
    fields = {
        **read_hidden(page),
        **sign_challenge(new, challenge_in(page)),
        "token": show_code(passkey_of(), code),
    }
    assert (await page.send("/enrol/prove", fields)).status_code == 403
    assert "No key waits" in await waiting(desk)
    assert await founded_place.size() == before
    assert await key_count() == 0
    assert await hand_in(page, new, code) == 200


async def test_codes_that_ran_out_or_were_missed_too_often_show_nothing(
    page: Browser, desk: Browser, founded_place: Place, unfounded_url: str
) -> None:
    code, new = await code_sent_to(founded_place, EXPERT), passkey_of()
    assert await hand_in(page, new, code) == 200
    for _ in range(MISSES):
        thief = passkey_of()
        wrong = asking(thief, EXPERT, guess(), EXPERT)  # type: ignore[arg-type]
        assert await founded_place.act(wrong, OFFICER) == "code-wrong"
    assert "No key waits" in await waiting(desk)
    assert await hand_in(page, new, code) == 403
    assert await founded_place.act(InviteSigner(people=(EXPERT,)), OFFICER) == ""
    newer = await code_sent_to(founded_place, EXPERT)
    assert await hand_in(page, new, code) == 403
    assert await hand_in(page, new, newer) == 200
    await run_statement(unfounded_url, "UPDATE selection.invitations SET until = clock_timestamp()")
    assert "No key waits" in await waiting(desk)
    assert await hand_in(page, new, newer) == 403


async def test_one_key_of_a_person_waits_for_a_week_until_a_newer_code(
    page: Browser, desk: Browser, founded_place: Place, unfounded_url: str, key_count: Count
) -> None:
    code = await code_sent_to(founded_place, EXPERT)
    first, second = passkey_of(), passkey_of()
    assert await hand_in(page, first, code) == 200
    await desk.open(CONFIRM)
    seen = read_hidden(desk)
    assert await hand_in(page, second, code) == 200
    assert await key_count() == 1
    assert first.key.key not in await waiting(desk)
    # Nobody confirms another one than they looked at.
    assert (await desk.send(CONFIRM, seen)).status_code == 409
    assert await founded_place.act(InviteSigner(people=(EXPERT,)), OFFICER) == ""
    assert "No key waits" in await waiting(desk)
    assert await hand_in(page, second, await code_sent_to(founded_place, EXPERT)) == 200
    assert second.key.key in await waiting(desk)
    await run_statement(unfounded_url, "UPDATE selection.portal_first_keys SET at = at - interval '7 days'")
    assert "No key waits" in await waiting(desk)


async def test_a_thousand_wrong_codes_are_put_off_and_the_right_ones_count(
    backend: DecidingBackend,
    old: Authenticator,
    founded_place: Place,
    key_count: Count,
    unfounded_url: str,
) -> None:
    await founded_place.register(f.actor("expert-2", Role.EXPERT))
    assert await founded_place.act(InviteSigner(people=("expert-2",)), OFFICER) == ""
    app, before = create_app(backend, ORIGIN), await founded_place.size()
    async with browse(app) as thief, browse(app, "192.0.2.7") as elsewhere:
        # What was handed in rightly is no try: a whole office may have one address.
        assert await hand_in(thief, passkey_of(), await code_sent_to(founded_place, EXPERT)) == 200
        new = passkey_of()
        await make(thief, new)
        fields = {**read_hidden(thief), **sign_challenge(new, challenge_in(thief)), "token": "0" * 128}
        assert await post_each(app, thief, fields, GUESSES) == [403] * OF_PERSON + [429] * (
            GUESSES - OF_PERSON
        )
        assert (await key_count(), await founded_place.size()) == (1, before)
        code = await code_sent_to(founded_place, "expert-2")
        # The other's code counts behind the same address, and so does the one that was guessed at, there as elsewhere.
        assert await hand_in(thief, passkey_of(), code, "expert-2") == 200
        mine = passkey_of()
        assert await hand_in(thief, mine, await code_sent_to(founded_place, EXPERT)) == 200
        assert await hand_in(elsewhere, mine, await code_sent_to(founded_place, EXPERT)) == 200
        assert await key_count() == 2


async def post_each(app: ASGIApp, page: Browser, fields: dict[str, str], times: int) -> list[int]:
    """Send a form so many times from the page's browser, without what a client spends on each; return the statuses."""
    request = page.client.build_request("POST", "/enrol/prove", data=fields, headers=OWN)
    statuses = []

    async def receive() -> Message:
        return {"type": "http.request", "body": request.content}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {
        "type": "http",
        "method": "POST",
        "path": request.url.path,
        "query_string": b"",
        "headers": headers,
    }
    for _ in range(times):
        await app({**scope, "client": ("127.0.0.1", 1), "scheme": "https"}, receive, send)
    return statuses


async def test_no_other_browser_site_or_passkey_answers(
    page: Browser, backend: DecidingBackend, founded_place: Place, key_count: Count
) -> None:
    code = await code_sent_to(founded_place, EXPERT)
    async with browse(create_app(backend, ORIGIN)) as other:
        await other.open("/enrol")
        theirs = {**hand_over(other, passkey_of()), "account": EXPERT}
        no_cookie = await browse_without(backend, theirs)
    await page.open("/enrol")
    assert (await page.send("/enrol", theirs)).status_code == 403
    assert no_cookie == 400
    for odd in (
        Authenticator(site="elsewhere.example", origin="https://elsewhere.example"),
        passkey_of(origin="https://elsewhere.example"),
        passkey_of(flags=0x01),
    ):
        await page.open("/enrol")
        assert (await page.send("/enrol", {**hand_over(page, odd), "account": EXPERT})).status_code == 403
    new = passkey_of()
    await make(page, new)
    good = {**read_hidden(page), **sign_challenge(new, challenge_in(page)), "token": show_code(new, code)}
    wrong = (
        {"token": "zz"},
        {"token": ""},
        sign_challenge(passkey_of(), challenge_in(page)),
        {"signature": "!"},
    )
    for changed in (*wrong, {"account": "officer-1"}):
        assert (await page.send("/enrol/prove", {**good, **changed})).status_code == 403
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        sent = await page.client.post("/enrol/prove", data=good, headers=headers)
        assert sent.status_code == 403
    assert await key_count() == 0
    assert (await page.send("/enrol/prove", good)).status_code == 200


async def browse_without(backend: DecidingBackend, fields: dict[str, str]) -> int:
    """Send a form from a browser that was asked nothing."""
    async with browse(create_app(backend, ORIGIN)) as stranger:
        return (await stranger.send("/enrol", fields)).status_code


async def test_nobody_else_sees_or_confirms_what_waits(
    page: Browser, backend: DecidingBackend, founded_place: Place, unfounded_url: str, key_count: Count
) -> None:
    passkey = passkey_of()
    await enrol_expert(founded_place, passkey, "expert-2")
    assert await hand_in(page, passkey_of(), await code_sent_to(founded_place, EXPERT)) == 200
    async with browse(create_app(backend, ORIGIN)) as other:
        await other.send("/sign-in", await answer(other, passkey, "expert-2"))
        for path in ("/keys/confirm", CONFIRM):
            assert (await other.open(path)).status_code == 404
            assert EXPERT not in other.text
        await other.open("/keys")
        assert "/keys/confirm" not in other.links
        assert (await other.send(CONFIRM, {"key": "x"})).status_code == 404
    assert await key_count() == 1
    await run_statement(unfounded_url, "UPDATE selection.people SET erased = true WHERE person = 'expert-1'")
    assert await key_count() == 0
