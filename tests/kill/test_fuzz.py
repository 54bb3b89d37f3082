"""Short rounds at once on one stack, seeded, while nearly everything that can befall it does.

FUZZ_ROUNDS says how many rounds, from the seed FUZZ_SEED on; FUZZ_AT_ONCE how many at a time. Where many run at once,
the intake must last longer (FUZZ_INTAKE, in seconds), or acts come late. What takes more than an hour is ended as
a test that hangs, unless it is given more: `-o faulthandler_timeout=14400`.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from runtime.databases import Databases
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from selection.kernel.actor import Actor, Role
from selection.streams import log_of
from starter.client.client import SelectionClient
from starter.people.initial_key import make_first_key
from tests.databases import prepare_local, superuser
from tests.kill.support.evidence import collect
from tests.kill.support.fuzzing import ACTS, Ending, live
from tests.kill.support.patience import STUCK_AFTER, patient_client
from tests.kill.support.people import small_example
from tests.kill.support.storm import Blow, Storm
from tests.registering import register_at

pytestmark = pytest.mark.kill

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", str(len(Blow))))
FIRST_SEED = int(os.environ.get("FUZZ_SEED", "1"))
AT_ONCE = int(os.environ.get("FUZZ_AT_ONCE", "12"))
UNDISTURBED, DISTURBED = 60.0, float(os.environ.get("FUZZ_INTAKE", "120"))
"""Seconds of intake at least: the clock ends it, and acts wait for what was killed."""
FEW = len(Blow)
OFTEN = 0.4


def plan_of(seed: int) -> list[tuple[int, Blow]]:
    """One blow of each kind in turn, and with some seeds more of those that cost little, after so many acts."""
    chance = random.Random(seed)
    blows = [list(Blow)[seed % len(Blow)]]
    blows += [blow for blow in (Blow.RESET, Blow.KILLED_AFTER_COMMIT) if chance.random() < OFTEN]
    return sorted((chance.randint(1, ACTS * 3 // 4), blow) for blow in blows)


async def test_rounds_end_alike_whatever_befalls_them(tmp_path: Path) -> None:
    async with weather(tmp_path) as (storm, client):
        began = monotonic()
        calm = await live(client, storm, "undisturbed", 0, UNDISTURBED, [])
        assert sum(item.place is not None for item in calm.ended) == 2
        assert calm.faults == []
        say(f"undisturbed: {calm.entries} entries, {monotonic() - began:.1f} s")
        gate, lived = asyncio.Semaphore(AT_ONCE), dict[int, Ending | Exception]()

        async def one(seed: int) -> None:
            async with gate:
                try:
                    lived[seed] = await live(client, storm, f"fuzz-{seed}", seed, DISTURBED, plan_of(seed))
                except Exception as failed:  # noqa: BLE001  told with its seed
                    lived[seed] = failed
                differs = differences({seed: lived[seed]}, calm)
                say(f"seed {seed} after {monotonic() - began:.0f} s: {differs or 'as undisturbed'}")
                if len(lived) % 10 == 0:
                    say(figures(storm, lived, differences(lived, calm)))

        await asyncio.gather(*(one(seed) for seed in range(FIRST_SEED, FIRST_SEED + ROUNDS)))
        whole = {f"fuzz-{seed}" for seed, item in lived.items() if isinstance(item, Ending)}
        found = [*differences(lived, calm), *await at_last(storm, whole)]
        say(f"{figures(storm, lived, found)}; {monotonic() - began:.0f} s")
    assert found == []
    if ROUNDS >= FEW:
        assert all(storm.counts[blow] for blow in Blow), storm.counts


@asynccontextmanager
async def weather(folder: Path) -> AsyncIterator[tuple[Storm, SelectionClient]]:
    """A stack with two workers that are kept up, its people registered, and what befalls it."""
    settings = Settings(data=folder / "data")
    storm = Storm(settings.data / "temporal", FIRST_SEED)
    prepare = partial(_prepare, settings)
    plan = StackPlan(settings, synced=False, ui=False, prepare=prepare, programs=storm.programs())
    async with EmbeddedStack(plan) as stack:
        client = await patient_client(stack.endpoints)
        storm.stack, storm.client, storm.ledger = stack, client.temporal, client.ledger
        example = small_example(1)
        admin = Actor(person=example.rules.staff.admins[0], role=Role.ADMIN)
        await register_at(stack.endpoints.databases.url(Login.WORKER), example.people, admin)
        keeping = asyncio.create_task(storm.keep_up())
        try:
            yield storm, client
        finally:
            keeping.cancel()
            await client.close()


async def _prepare(settings: Settings, databases: Databases) -> None:
    await prepare_local(databases)
    await make_first_key(settings, databases)


def differences(lived: dict[int, Ending | Exception], calm: Ending) -> list[str]:
    """What each seed's round did otherwise than the undisturbed one, and its faults."""
    found = []
    for seed, item in sorted(lived.items()):
        if isinstance(item, Exception):
            found.append(f"seed {seed}: {_words(item)}")
            continue
        found += [f"seed {seed}: {fault}" for fault in item.faults]
        if item.ended != calm.ended:
            other = [told for told in item.ended if told not in calm.ended]
            found.append(f"seed {seed}: the list differs: {other}")
    return found


def figures(storm: Storm, lived: dict[int, Ending | Exception], found: list[str]) -> str:
    """Return what was done and what came of it."""
    rounds = [item for item in lived.values() if isinstance(item, Ending)]
    entries = sum(item.entries for item in rounds)
    histories = sum(item.histories for item in rounds)
    blows = ", ".join(f"{storm.counts[blow]} {blow.value}" for blow in Blow)
    done = f"{len(lived)} rounds, {entries} entries, {histories} histories replayed"
    return f"{done}, {blows}; {len(found)} differences"


def _words(failed: BaseException) -> str:
    if isinstance(failed, BaseExceptionGroup):
        return "; ".join(_words(inner) for inner in failed.exceptions)
    return f"{type(failed).__name__}: {failed}"[:600]


async def at_last(storm: Storm, whole: set[str]) -> list[str]:
    """When all is over: every letter was accepted and is of the record, and every workflow has closed."""
    ends = storm.stack.endpoints
    evidence = await collect(superuser(ends.databases), ends.mail_folder)
    found = [fault for fault in evidence.faults() if fault.startswith("letter")]
    try:
        async with asyncio.timeout(STUCK_AFTER):
            while running := await _running(storm, whole):
                await asyncio.sleep(1)
    except TimeoutError:
        found += [f"open: {stream}" for stream in running]
    halted = await storm.ledger.halts.list_all()
    return [*found, *(f"halted: {halt.log}: {halt.found}" for halt in halted.values())]


async def _running(storm: Storm, whole: set[str]) -> list[str]:
    runs = storm.client.list_workflows("ExecutionStatus = 'Running'")
    return [run.id async for run in runs if "/" in run.id and log_of(run.id) in whole]


def say(text: str) -> None:
    print(f"  fuzz: {text}", flush=True)
