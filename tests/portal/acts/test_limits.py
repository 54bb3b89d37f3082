"""How much one person may send: counted at the record for every process, in pages and by programs alike."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from types import SimpleNamespace
from typing import LiteralString, cast

import psycopg
import pytest

from ledger.people.portal_work import Overrun, PortalWork
from ledger.record import Ledger
from portal.acts.limits import TooMuch, count_acts
from portal.app import create_app
from portal.backend import ROLE
from portal.visit import Portal
from runtime.settings import Settings
from selection.application.commands import DeclineInvitation
from selection.decision.envelope import envelope_of
from selection.streams import application_stream
from tests import factories as f
from tests.portal.acts.test_acts import page
from tests.portal.support.acting import EXPERT, PLACE, STREAM, DecidingBackend, DecidingClient, tell_panel
from tests.portal.support.browsing import ORIGIN, Browser, make_link
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.programs import run
from tests.reading.functions import as_person
from tests.running.servers import run_statement
from tests.selection import story

__all__ = ["app", "client", "page"]
AGE = "UPDATE selection.portal_sent SET at = at - interval '1 minute'"
KEPT: LiteralString = "SELECT count(*) FROM selection.portal_sent"
WAITING: LiteralString = """SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE NOT l.granted AND a.datname = current_database()"""
IDS = (f"id-{number}" for number in count())
LONGEST = "x" * 100
"""An id as long as programs may choose it."""
OTHER = f"{story.ROUND}/0043"


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_panel(recorder)
    await tell_panel(recorder, "0043")
    async with decide(url, recorder) as made:
        yield made


async def prepare(page: Browser, place: str) -> str:
    """Have the acceptance of an invitation shown, to be submitted."""
    await page.open(f"/invitations/{place}")
    shown = await page.send(f"/invitations/{place}", {"answer": "accept", "pledge": "yes"})
    assert shown.status_code == 200, page.text
    return shown.url.path


async def find_number(url: str, statement: LiteralString) -> int:
    async with await psycopg.AsyncConnection.connect(url) as superuser:
        row = await (await superuser.execute(statement)).fetchone()
    assert row is not None
    return int(row[0])


async def test_a_person_sends_so_many_in_a_minute_through_all_processes_together(url: str) -> None:
    most = Settings()
    assert (most.acts_a_minute, most.refusals_a_day) == (30, 20)
    first, second = await Ledger.connect(url, role=ROLE), await Ledger.connect(url, role=ROLE)

    async def send(
        ledger: Ledger, person: str = "p-1", sent_as: str = "", acts: int = 1, most: int = most.acts_a_minute
    ) -> Overrun | None:
        work: PortalWork = ledger.portal_work
        streams = [application_stream("r", f"{number:04}") for number in range(acts)]
        return await work.count_acts(person, sent_as or next(IDS), streams, acts=most, refusals=20)

    assert await send(first, sent_as="same") is None
    found = await asyncio.gather(*(send(ledger) for ledger in (first, second) for _ in range(20)))
    reached = [one for one in found if one is not None]
    assert len(reached) == 11
    assert {one.limit for one in reached} == {"acts"}
    assert all(0 < one.again_s <= 60 for one in reached)
    # What another process counts just now is waited for.
    async with await psycopg.AsyncConnection.connect(url) as third:
        await third.execute("SELECT selection.count_portal_acts('p-3', 'x', '{a}', 1, 20)")
        meanwhile = asyncio.create_task(send(first, "p-3", most=1))
        while not meanwhile.done() and not await find_number(url, WAITING):
            await asyncio.sleep(0.01)
        await third.commit()
    assert await meanwhile is not None
    # Sent again it is the same act; of others nothing is counted, and one of many is as good as many of one.
    assert await send(second, sent_as="same") is None
    assert await send(second, "p-2", acts=100) is None
    assert await send(first, "p-2") is not None
    assert await asyncio.gather(*(send(first, f"expert-{number}") for number in range(20))) == [None] * 20
    await run_statement(url, AGE)
    assert await send(first) is None
    assert await find_number(url, KEPT) == 1
    await run_statement(url, f"UPDATE selection.portal_sent SET person = '{EXPERT}'")
    await run_statement(url, f"UPDATE selection.people SET erased = true WHERE person = '{EXPERT}'")
    assert await find_number(url, KEPT) == 0
    await first.close()
    await second.close()


async def test_what_is_one_too_many_is_kept_as_it_was_shown_and_sent_later(
    page: Browser, backend: DecidingBackend, client: DecidingClient, recorder: Ledger, url: str
) -> None:
    backend.allow(acts_a_minute=1)
    path, later = await prepare(page, PLACE), await prepare(page, OTHER)
    await page.send(path, {})
    assert "Recorded" in page.text
    assert (await page.send(path, {})).status_code == 200
    for language, told in (("en", "1 act or more within a minute"), ("zh", "秒后重试")):
        await page.open(f"/language/{language}")
        await page.open(later)
        refused = await page.send(later, {})
        assert (refused.status_code, told in page.text) == (429, True)
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert 'role="alert"' in page.page
    async with run(create_app(backend, ORIGIN), EXPERT) as program:
        await program.sign_in_by_link(await make_link(recorder))
        pledge = await program.store("I know of no conflict of interest.", story.ROUND)
        body = {"role": "expert", "command": {"kind": "accept-invitation", "pledge": pledge}}
        asked = await program.act(f"application/{OTHER}", body, "by-program")
        assert (asked.status_code, asked.json()["code"]) == (429, "acts-too-many")
        assert asked.headers["retry-after"] == asked.json()["params"]["seconds"]
    assert len(client.sent) == 1
    await run_statement(url, AGE)
    assert (await page.send(later, {})).status_code == 200
    assert len(client.sent) == 2


async def test_what_was_refused_too_often_on_one_stream_waits_for_a_day_there_alone(
    page: Browser, backend: DecidingBackend, client: DecidingClient, recorder: Ledger
) -> None:
    backend.allow(refusals_a_day=2)
    async with run(create_app(backend, ORIGIN), EXPERT) as program:
        await program.sign_in_by_link(await make_link(recorder))
        pledge = await program.store("I know of no conflict of interest.", story.ROUND)
        body = {"role": "expert", "command": {"kind": "accept-invitation", "pledge": pledge}}
        answers = [await program.act(f"application/{PLACE}", body, f"a-{number}") for number in range(4)]
        assert [answer.status_code for answer in answers] == [201, 409, 409, 429]
        assert answers[-1].json()["code"] == "refusals-too-many"
        assert 86_000 < int(answers[-1].headers["retry-after"]) <= 86_400
        assert "24 hours" in answers[-1].json()["detail"]
        # What was answered is answered again, and elsewhere nothing was refused.
        assert (await program.act(f"application/{PLACE}", body, "a-0")).status_code == 201
    assert (await page.send(await prepare(page, OTHER), {})).status_code == 200
    assert [act.stream for act in client.sent] == [STREAM] * 3 + [application_stream(story.ROUND, "0043")]


async def test_another_act_under_the_same_id_is_another_one(
    backend: DecidingBackend, recorder: Ledger
) -> None:
    backend.allow(acts_a_minute=1)
    reach, who = await backend.reach(), await as_person(recorder, EXPERT)
    portal = cast("Portal", SimpleNamespace(backend=backend))
    first, other = (
        envelope_of(f"application/{place}", DeclineInvitation(), f.actor(EXPERT, "expert"), LONGEST)
        for place in (PLACE, OTHER)
    )
    for _ in range(2):
        await count_acts(portal, reach, who, LONGEST, [first])
    with pytest.raises(TooMuch):
        await count_acts(portal, reach, who, LONGEST, [other])
