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
from portal.guard.attempts import OF_NETWORK, OF_PERSON, Attempts, network_of
from reading.access.authentication import Entrance
from runtime.logins import Login
from runtime.settings import Settings
from selection.refusals.refused import Refused
from selection.signing.reading import COUNTS_FOR, ReadProof, answer as sign_question
from tests.attacks.test_enrolment_codes import KEYS, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.ledger.support.deciding import CLOCK
from tests.portal.acts.test_limits import find_number
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer, passkey
from tests.portal.support.browsing import ORIGIN
from tests.running.servers import run_statement
from tests.selection.signing.keys import Authenticator

__all__ = ["founded_place", "passkey", "unfounded_url"]
pytestmark = pytest.mark.stack
ANSWERED: LiteralString = "SELECT count(*) FROM selection.portal_answers"
MISSED: LiteralString = "SELECT count(*) FROM selection.portal_misses"
AGE = "UPDATE selection.portal_misses SET since = since - interval '10 minutes'"
CAMPUS = 300
"""People behind one address; some of each ten press the wrong thing first."""
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
        assert await find_number(unfounded_url, ANSWERED) == 0
        taken = await answering.send("/sign-in", given)
        assert (taken.status_code, taken.url.path) == (200, "/sessions")
        async with await psycopg.AsyncConnection.connect(unfounded_url) as superuser:
            rows = await superuser.execute("SELECT challenge FROM selection.portal_answers")
            assert await rows.fetchall() == [(sha256(given["challenge"].encode()).digest(),)]
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


async def test_who_answers_while_another_process_does_waits_and_is_refused(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    until = datetime.now(UTC) + COUNTS_FOR
    async with await psycopg.AsyncConnection.connect(url) as third:
        used = await third.execute("SELECT selection.use_portal_answer(sha256('random'), %s)", [until])
        assert await used.fetchall() == [(True,)]
        meanwhile = asyncio.create_task(ledgers[0].portal_questions.use("random", until))
        waiting: LiteralString = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
        )
        while not meanwhile.done() and not await find_number(url, waiting):
            await asyncio.sleep(0.01)
        assert not meanwhile.done()
        await third.commit()
    assert not await meanwhile


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
        # What was answered goes with a later answer, once it has run out.
        await run_statement(unfounded_url, "UPDATE selection.test_clock SET ahead = '15 minutes'")
        assert (await there.admit(await prove())).person == OFFICER
        assert await find_number(unfounded_url, ANSWERED) == 1
        forged = (await here.ask()).with_(challenge="ff" * 32)
        assert await refuse(sign_question(KEYS[OFFICER], OFFICER, forged)) == "question-answered"


async def test_however_often_the_page_is_asked_for_it_is_served_and_nothing_is_kept(
    processes: tuple[Starlette, Starlette], passkey: Authenticator, unfounded_url: str
) -> None:
    async with browse(processes[0]) as page, browse(processes[0]) as flood:
        given = await answer(page, passkey)
        opened = [(await flood.client.get("/sign-in")).status_code for _ in range(250)]
        assert opened == [200] * 250
        assert await find_number(unfounded_url, ANSWERED) == 0
        assert (await page.send("/sign-in", given)).status_code == 200


async def test_thirty_addresses_that_try_for_ten_minutes_keep_nobody_out(
    processes: tuple[Starlette, Starlette], passkey: Authenticator, unfounded_url: str
) -> None:
    """Each as often as it may, and more: those of one address, those who name one person, and all together."""
    first, second = processes
    await run_statement(
        unfounded_url,
        f"""INSERT INTO selection.portal_misses (whose, since, missed)
            SELECT sha256(('192.0.2.' || n)::bytea), clock_timestamp(), {OF_NETWORK} FROM generate_series(1, 30) n""",
    )
    async with browse(first, "192.0.2.1") as one, browse(second, "198.51.100.1") as elsewhere:
        assert (await one.send("/sign-in", {"person": OFFICER})).status_code == 429
        for page in (elsewhere, one):
            assert (await page.send("/sign-in", await answer(page, passkey))).status_code == 200


async def test_who_names_somebody_else_again_and_again_does_not_lock_them_out(
    processes: tuple[Starlette, Starlette], passkey: Authenticator
) -> None:
    first, second = processes
    async with browse(first) as one, browse(second) as other:
        pages = [one, other] * (OF_PERSON // 2)
        wrong = [(await page.send("/sign-in", {"person": OFFICER})).status_code for page in pages]
        assert wrong == [403] * OF_PERSON
        for page in (one, other):
            assert (await page.send("/sign-in", {"person": OFFICER})).status_code == 429
        # Of somebody else nothing was tried there, and the right signature of the one who was named lets in.
        assert (await one.send("/sign-in", {"person": "nobody"})).status_code == 403
        assert (await one.send("/sign-in", await answer(one, passkey))).status_code == 200


async def test_a_campus_behind_one_address_signs_in(
    processes: tuple[Starlette, Starlette], passkey: Authenticator, unfounded_url: str
) -> None:
    """Hundreds of people within minutes, of whom a part fails once before."""
    async with browse(processes[0]) as others:
        for person in range(0, CAMPUS, 5):
            assert (await others.send("/sign-in", {"person": f"expert-{person}"})).status_code == 403
    for process in processes:
        async with browse(process) as page:
            assert (await page.send("/sign-in", await answer(page, passkey))).status_code == 200
    assert await find_number(unfounded_url, f"{MISSED} WHERE missed > 1") == 1


async def test_attempts_at_the_same_instant_are_each_counted(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    of_two = [Attempts(one.portal_attempts) for one in ledgers]
    missing = (one.miss("192.0.2.1", OFFICER) for one in of_two for _ in range(OF_PERSON))
    assert (await asyncio.gather(*missing)).count(True) == OF_PERSON
    assert await of_two[0].miss("192.0.2.1", "expert-1")
    assert await of_two[0].miss("192.0.2.2", OFFICER)
    await run_statement(url, AGE)
    assert await of_two[1].miss("192.0.2.1", OFFICER)


async def test_a_network_is_put_off_for_a_while_whomever_it_names(
    ledgers: tuple[Ledger, Ledger], url: str
) -> None:
    attempts = Attempts(ledgers[0].portal_attempts, of_network=3)
    missed = [await attempts.miss("2001:db8::1", f"expert-{number}") for number in range(5)]
    assert missed == [True] * 3 + [False] * 2
    assert not await attempts.miss("2001:db8:0:1::9", OFFICER)
    assert await attempts.miss("192.0.2.1", OFFICER)
    # One row for the network, and one for each person who was named while it was counted; and the other's.
    assert await find_number(url, MISSED) == 1 + 3 + 2
    await run_statement(url, AGE)
    assert await attempts.miss("2001:db8::1", OFFICER)
    assert await find_number(url, MISSED) == 1 + 1


async def test_what_fails_at_the_provider_and_with_keys_keeps_neither_from_the_other(
    ledgers: tuple[Ledger, Ledger],
) -> None:
    """Strangers of one network try either as often as they may."""
    attempts = Attempts(ledgers[0].portal_attempts, of_network=2)
    assert [await attempts.miss("192.0.2.1", OFFICER) for _ in range(3)] == [True, True, False]
    assert [await attempts.begin("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert [await attempts.begin("192.0.2.2") for _ in range(3)] == [True, True, False]
    assert [await attempts.miss("192.0.2.2", OFFICER) for _ in range(3)] == [True, True, False]


async def test_what_came_to_something_is_given_back(ledgers: tuple[Ledger, Ledger]) -> None:
    attempts = Attempts(ledgers[0].portal_attempts, of_network=2)
    for _ in range(5):
        assert await attempts.begin("192.0.2.1")
        await attempts.give_back("192.0.2.1")
    assert [await attempts.begin("192.0.2.1") for _ in range(3)] == [True, True, False]


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
        window = {**sent, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
        for asked in (window, {**sent, "sec-fetch-site": "same-origin"}):
            assert (await page.open("/sign-in", **asked)).status_code == 200
