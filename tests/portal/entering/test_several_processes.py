"""Signing in where several processes of the portal stand behind one address, and each request reaches any of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import LiteralString

import psycopg
import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.backend import ROLE, Backend
from portal.guard.attempts import ASKED_OF_ALL, ASKED_OF_ONE, OF_ALL, OF_ONE, Attempts, network_of
from reading.access.authentication import WAITING_AT_MOST, Entrance
from runtime.logins import Login
from runtime.settings import Settings
from selection.refusals.refused import Refused
from selection.signing.reading import COUNTS_FOR, ReadProof, answer as sign_question
from tests.attacks.test_enrolment_codes import KEYS, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.ledger.support.deciding import CLOCK
from tests.portal.acts.test_limits import WAITING, find_number
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer, passkey
from tests.portal.support.browsing import ORIGIN
from tests.running.servers import run_statement
from tests.selection.signing.keys import Authenticator

__all__ = ["founded_place", "passkey", "unfounded_url"]
pytestmark = pytest.mark.stack
ASKED: LiteralString = "SELECT count(*) FROM selection.portal_questions"
TRIED: LiteralString = "SELECT count(*) FROM selection.portal_attempts"
AGE = "UPDATE selection.portal_attempts SET at = at - interval '10 minutes'"
OFFICER = "officer-1"
MANY = 8
"""At once, from each of two processes."""


@asynccontextmanager
async def serve(url: str) -> AsyncIterator[Starlette]:
    """A process of the portal, which knows nothing of another."""
    backend = Backend(Settings(databases={Login.PORTAL: url}))
    async with backend.open():
        yield create_app(backend, ORIGIN)


@pytest.fixture
async def processes(unfounded_url: str) -> AsyncIterator[tuple[Starlette, Starlette]]:
    async with serve(unfounded_url) as first, serve(unfounded_url) as second:
        yield first, second


@asynccontextmanager
async def open_two(url: str) -> AsyncIterator[tuple[Ledger, Ledger]]:
    """The record as two processes have it."""
    first, second = await Ledger.connect(url, role=ROLE), await Ledger.connect(url, role=ROLE)
    yield first, second
    await first.close()
    await second.close()


@pytest.fixture
async def ledgers(url: str) -> AsyncIterator[tuple[Ledger, Ledger]]:
    async with open_two(url) as opened:
        yield opened


async def test_what_one_process_asks_is_answered_at_another_and_counts_once(
    processes: tuple[Starlette, Starlette], passkey: Authenticator, unfounded_url: str
) -> None:
    first, second = processes
    async with browse(first) as asking, browse(second) as answering:
        given = await answer(asking, passkey)
        async with await psycopg.AsyncConnection.connect(unfounded_url) as superuser:
            rows = await superuser.execute("SELECT challenge FROM selection.portal_questions")
            assert await rows.fetchall() == [(sha256(given["challenge"].encode()).digest(),)]
        taken = await answering.send("/sign-in", given)
        assert (taken.status_code, taken.url.path) == (200, "/sessions")
        # The session that one began is there for the other.
        asking.client.cookies = answering.client.cookies
        assert (await asking.client.get("/sessions")).status_code == 200
    for process in processes:
        async with browse(process) as thief:
            assert (await thief.send("/sign-in", given)).status_code == 403


async def test_of_answers_at_the_same_instant_one_counts(
    processes: tuple[Starlette, Starlette], passkey: Authenticator
) -> None:
    first, second = processes
    async with browse(first) as one, browse(second) as other:
        given = await answer(one, passkey)
        tries = [page.client for _ in range(MANY) for page in (one, other)]
        headers = {"origin": ORIGIN}
        answers = await asyncio.gather(*(to.post("/sign-in", data=given, headers=headers) for to in tries))
    assert sorted(found.status_code for found in answers) == [303] + [403] * (2 * MANY - 1)


async def test_who_answers_while_another_process_takes_the_question_waits_and_is_refused(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    first, _ = ledgers
    now = datetime.now(UTC)
    await first.portal_questions.keep("random", now, now + COUNTS_FOR, 10)
    async with await psycopg.AsyncConnection.connect(url) as third:
        taken = await third.execute("SELECT selection.take_portal_question(sha256('random'))")
        assert len(await taken.fetchall()) == 1
        meanwhile = asyncio.create_task(first.portal_questions.take("random"))
        waiting: LiteralString = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
        )
        while not meanwhile.done() and not await find_number(url, waiting):
            await asyncio.sleep(0.01)
        assert not meanwhile.done()
        await third.commit()
    assert await meanwhile is None


async def test_a_program_answers_at_another_process_within_the_minutes(
    founded_place: Place, passkey: Authenticator, unfounded_url: str
) -> None:
    await run_statement(unfounded_url, CLOCK.decode())
    async with open_two(unfounded_url) as opened:
        here, there = (Entrance(one.people, one.keys, one.portal_questions) for one in opened)

        async def prove() -> ReadProof:
            return sign_question(KEYS[OFFICER], OFFICER, await here.ask())

        async def refuse(proof: ReadProof) -> str:
            with pytest.raises(Refused) as refused:
                await there.admit(proof)
            return refused.value.code

        proof = await prove()
        assert (await there.admit(proof)).person == OFFICER
        assert await refuse(proof) == "question-answered"
        longer = await here.ask()
        longer = longer.with_(expires=longer.expires + COUNTS_FOR)
        assert await refuse(sign_question(KEYS[OFFICER], OFFICER, longer)) == "question-answered"
        late = await prove()
        await run_statement(unfounded_url, "UPDATE selection.test_clock SET ahead = '5 minutes'")
        assert await refuse(late) == "signature-expired"
        # What ran out goes with the next question of anybody.
        await prove()
        await run_statement(unfounded_url, "UPDATE selection.test_clock SET ahead = '15 minutes'")
        assert (await there.admit(await prove())).person == OFFICER
        assert await find_number(unfounded_url, ASKED) == 0


async def test_of_more_questions_than_may_wait_the_oldest_make_room(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    now = datetime.now(UTC)
    for number in range(6):
        later = now + number * COUNTS_FOR / 100
        await ledgers[number % 2].portal_questions.keep(f"random-{number}", later, later + COUNTS_FOR, 3)
    assert await find_number(url, ASKED) == 3
    found = [await ledgers[0].portal_questions.take(f"random-{number}") for number in range(6)]
    assert [one is not None for one in found] == [False] * 3 + [True] * 3


async def test_who_asks_keeps_nobody_from_answering(ledgers: tuple[Ledger, Ledger], url: str) -> None:
    now = datetime.now(UTC)
    await ledgers[0].portal_questions.keep("random", now, now + COUNTS_FOR, 10)
    async with await psycopg.AsyncConnection.connect(url) as third:
        asked = "SELECT selection.keep_portal_question(sha256('x'), now(), now() + interval '5 minutes', 10)"
        await third.execute(asked)
        assert await ledgers[1].portal_questions.take("random") is not None


async def test_attempts_at_all_processes_count_together(
    processes: tuple[Starlette, Starlette], passkey: Authenticator, unfounded_url: str
) -> None:
    first, second = processes
    async with browse(first) as one, browse(second) as other, browse(second, "192.0.2.7") as elsewhere:
        pages = [one, other] * (OF_ONE // 2)
        assert [(await page.send("/sign-in", {"person": "x"})).status_code for page in pages] == [
            403
        ] * OF_ONE
        for page in (one, other):
            assert (await page.send("/sign-in", {"person": "x"})).status_code == 429
        assert (await elsewhere.send("/sign-in", await answer(elsewhere, passkey))).status_code == 200
        async with await psycopg.AsyncConnection.connect(unfounded_url) as superuser:
            rows = await superuser.execute("SELECT DISTINCT network FROM selection.portal_attempts")
            assert (sha256(b"127.0.0.1").digest(),) in await rows.fetchall()
        await run_statement(unfounded_url, AGE)
        # Who signs in is forgotten by all.
        assert (await one.send("/sign-in", await answer(one, passkey))).status_code == 200
    kept = await find_number(unfounded_url, f"{TRIED} WHERE kind = 'sign-in'")
    assert kept == 0


async def test_attempts_at_the_same_instant_are_each_counted(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    of_two = [Attempts(one.portal_attempts, "sign-in", OF_ONE, OF_ALL) for one in ledgers]
    found = await asyncio.gather(*(one.is_allowed("192.0.2.1") for one in of_two for _ in range(OF_ONE)))
    assert found.count(True) == OF_ONE
    await of_two[0].give_back("192.0.2.1")
    assert [await of_two[1].is_allowed("192.0.2.1") for _ in range(2)] == [True, False]
    # What another process counts just now is waited for.
    async with await psycopg.AsyncConnection.connect(url) as third:
        await third.execute("SELECT selection.count_portal_attempt('sign-in', sha256('192.0.2.2'), 1, 600)")
        meanwhile = asyncio.create_task(
            Attempts(ledgers[0].portal_attempts, "sign-in", 1, OF_ALL).is_allowed("192.0.2.2")
        )
        while not meanwhile.done() and not await find_number(url, WAITING):
            await asyncio.sleep(0.01)
        await third.commit()
    assert not await meanwhile


async def test_who_signed_in_counts_towards_nobodys_lock_out(ledgers: tuple[Ledger, Ledger]) -> None:
    one, other = (Attempts(ledger.portal_attempts, "sign-in", 2, 3) for ledger in ledgers)
    for _ in range(5):
        assert await one.is_allowed("192.0.2.1")
        await other.forget("192.0.2.1")
    assert [await one.is_allowed(f"192.0.2.{number}") for number in range(2, 6)] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("kind", "of_one", "of_all"), [("sign-in", OF_ONE, OF_ALL), ("question", ASKED_OF_ONE, ASKED_OF_ALL)]
)
async def test_a_flood_from_many_addresses_fills_no_more_than_the_limit(
    ledgers: tuple[Ledger, Ledger], url: str, kind: str, of_one: int, of_all: int
) -> None:
    assert ASKED_OF_ALL < WAITING_AT_MOST
    attempts = Attempts(ledgers[0].portal_attempts, kind, of_one, of_all)  # type: ignore[arg-type]
    await run_statement(
        url,
        f"""INSERT INTO selection.portal_attempts (kind, network, at) SELECT '{kind}', sha256(n::text::bytea),
            clock_timestamp() FROM generate_series(1, {of_all - 1}) n""",
    )
    asked = [await attempts.is_allowed(f"192.0.2.{number}") for number in range(9)]
    assert asked == [True] + [False] * 8
    assert await find_number(url, TRIED) == of_all
    await run_statement(url, AGE)
    assert await attempts.is_allowed("192.0.2.9")
    assert await find_number(url, TRIED) == 1


def test_of_ipv6_a_network_counts_as_one() -> None:
    assert (
        network_of("2001:db8:1:2::1")
        == network_of("2001:db8:1:ff:ffff::2")
        != network_of("2001:db8:1:100::1")
    )
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("::ffff:192.0.2.2")


@pytest.mark.parametrize(
    "sent",
    [
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    ],
)
async def test_pictures_and_frames_in_a_page_elsewhere_ask_no_question(
    processes: tuple[Starlette, Starlette], founded_place: Place, unfounded_url: str, sent: dict[str, str]
) -> None:
    async with browse(processes[0]) as page:
        for _ in range(3):
            assert (await page.open("/sign-in", **sent)).status_code == 404
        assert await find_number(unfounded_url, TRIED) == 0
        window = {**sent, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
        for asked in (window, {**sent, "sec-fetch-site": "same-origin"}):
            assert (await page.open("/sign-in", **asked)).status_code == 200
        assert await find_number(unfounded_url, TRIED) == 2
