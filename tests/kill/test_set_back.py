"""A database set back to an older copy: found at once, and nothing is decided on it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from runtime.databases import Databases
from runtime.embedded.plan import Program, StackPlan
from runtime.embedded.stack import TEMPORAL, EmbeddedStack
from runtime.settings import Settings
from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from selection.round.commands import OpenRound
from selection.rules.loading import rules_hash
from starter.demo.acts import intake
from starter.demo.desk import Desk
from starter.people.initial_key import make_first_key
from tests.databases import prepare_local, superuser
from tests.kill.support.living import ROUND, Place, open_round
from tests.kill.support.patience import STUCK_AFTER, UNANSWERED, patient_client
from tests.kill.support.people import small_example
from tests.kill.support.tower import Tower

pytestmark = pytest.mark.kill

INTAKE = 1000.0
KNOWN, LOST, NEW = "a01", "a02", "a09"
"""Applications that the copy holds with fewer versions, that it does not hold, and that come after it is back."""
WORKER = "worker"


async def test_whoever_knows_more_finds_it_and_all_goes_on_when_the_right_one_is_back(tmp_path: Path) -> None:
    async with asyncio.timeout(STUCK_AFTER), stack(tmp_path, signing=False) as place:
        desk = await copy_and_go_on(place)
        # The worker knows how long the log was, the workflow of a new stream knows nothing.
        await set_back(place)
        await require_nothing_decided(place, desk, NEW, KNOWN, LOST)
        desk = await bring_back(place, desk)
        await submit(desk, NEW, 1)
        # A fresh worker knows nothing, the workflow its version.
        await set_back(place, fresh=True)
        await require_nothing_decided(place, desk, KNOWN, LOST, NEW)
        desk = await bring_back(place, desk)
        await submit(desk, LOST, 2)
        assert await place.client.ledger.halts.list_all() == {}


async def test_the_signer_finds_it_where_nobody_else_knows_more(tmp_path: Path) -> None:
    """Temporal is empty and the worker is fresh: only the file beside the signing key tells of more entries."""
    async with asyncio.timeout(STUCK_AFTER), stack(tmp_path, signing=True) as place:
        await copy_database(place)
        desk = await open_round(place, small_example(INTAKE))
        while await place.client.ledger.checkpoints.find_covering(ROUND, 0) is None:
            await asyncio.sleep(0.1)
        await set_back(place, fresh=True, emptied=True)
        while ROUND not in await place.client.ledger.halts.list_all():
            await asyncio.sleep(0.1)
        opened = OpenRound(
            rules=desk.example.rules.model_dump(mode="json"), rules_hash=rules_hash(desk.example.rules)
        )
        officer = desk.example.rules.staff.officers[0]
        assert await code(place, desk.round_stream, opened, officer, Role.OFFICER) == "record-behind"
        assert await place.client.ledger.reading.head(ROUND) == 0


@asynccontextmanager
async def stack(folder: Path, *, signing: bool) -> AsyncIterator[Place]:
    """A stack with one worker as people run it, its people registered."""
    settings = Settings(data=folder / "data")

    async def prepare(databases: Databases) -> None:
        await prepare_local(databases)
        if signing:
            await make_first_key(settings, databases)

    programs = {WORKER: Program(lambda _: [sys.executable, "-m", "worker"])}
    async with EmbeddedStack(
        StackPlan(settings, synced=False, ui=False, prepare=prepare, programs=programs)
    ) as running:
        client = await patient_client(running.endpoints)
        try:
            yield Place("set back", running, Tower(), client)
        finally:
            await client.close()


async def copy_and_go_on(place: Place) -> Desk:
    """Open a round, submit, copy the database, and record more after that."""
    desk = await open_round(place, small_example(INTAKE))
    for application in (KNOWN, LOST, NEW):
        await desk.number(application, desk.example.applicant(application).agent)
    await submit(desk, KNOWN, 1)
    await copy_database(place)
    await submit(desk, KNOWN, 2)
    await submit(desk, LOST, 1)
    return desk


async def submit(desk: Desk, application: str, revision: int) -> None:
    applicant = desk.example.applicant(application)
    command = c.Submit(submission=await intake.submission(desk, applicant, revision))
    await desk.act(desk.streams[application], command, applicant.agent, Role.APPLICANT)


async def require_nothing_decided(place: Place, desk: Desk, *applications: str) -> None:
    """Assert that each act is answered with what is wrong, and that the log stays as the copy has it."""
    reading = place.client.ledger.reading
    size = await reading.head(ROUND)
    for application in applications:
        applicant = desk.example.applicant(application)
        command = c.Submit(submission=await intake.submission(desk, applicant, 3))
        told = await code(place, desk.streams[application], command, applicant.agent, Role.APPLICANT)
        assert told == "record-behind", application
    assert ROUND in await place.client.ledger.halts.list_all()
    assert await reading.head(ROUND) == size


async def code(place: Place, stream: str, command: Frozen, person: str, role: Role) -> str:
    """Act until there is an answer; return the code of its refusal, empty if it was taken."""
    while True:
        try:
            await place.client.act(stream, command, actor=Actor(person=person, role=role), command_id="after")
        except UNANSWERED:
            continue
        except Refused as refused:
            return refused.code
        return ""


async def copy_database(place: Place) -> None:
    """Copy the database as it stands; whoever is connected comes back by itself."""
    name = conninfo_to_dict(superuser(place.ends.databases))["dbname"]
    await beside(place, f"CREATE DATABASE older TEMPLATE {name}")
    await place.client.ledger.reading.logs()


async def set_back(place: Place, *, fresh: bool = False, emptied: bool = False) -> None:
    """Put the copy in the database's place; with fresh workers, or with a Temporal that knows nothing either."""
    name = conninfo_to_dict(superuser(place.ends.databases))["dbname"]
    if fresh:
        place.stack.kill(WORKER)
    if emptied:
        place.stack.kill(TEMPORAL)
        for left in (place.stack.plan.settings.data / "temporal").glob("temporal.sqlite*"):
            left.unlink()
        await place.stack.start(TEMPORAL)
    await beside(place, f"ALTER DATABASE {name} RENAME TO newest", f"CREATE DATABASE {name} TEMPLATE older")
    if fresh:
        await place.stack.start(WORKER)


async def bring_back(place: Place, desk: Desk) -> Desk:
    """Put the database in place again that holds everything, and return a desk that stores its texts there anew."""
    name = conninfo_to_dict(superuser(place.ends.databases))["dbname"]
    await beside(place, f"DROP DATABASE {name}", f"ALTER DATABASE newest RENAME TO {name}")
    await place.client.ledger.reading.logs()
    return replace(desk, _texts={})


async def beside(place: Place, *statements: str) -> None:
    """Run statements that need the database for themselves, from another one."""
    url = superuser(place.ends.databases)
    name = conninfo_to_dict(url)["dbname"]
    async with await psycopg.AsyncConnection.connect(
        make_conninfo(url, dbname="postgres"), autocommit=True
    ) as it:
        await it.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        await it.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        for statement in statements:
            while True:
                try:
                    await it.execute(statement.encode())
                except errors.ObjectInUse:
                    await asyncio.sleep(0.05)
                else:
                    break
        await it.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
