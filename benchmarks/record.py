"""The record: appends, rebuild; the draw; and how soon a stack is ready."""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bench_stack import BenchStack, prepare
from benchmarks.figures import Figure, Say
from benchmarks.in_memory.story import tell
from benchmarks.rounds import bench_rules
from ledger.rebuild import rebuild
from ledger.record import Ledger
from runtime.embedded.plan import Program, StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs
from selection.draw.panels import Drawn, draw_panels
from selection.rules.terms import terms_of
from selection.streams import application_stream

ONE_BY_ONE = 600
IN_BATCHES, BATCH = 6_000, 20
AGO = timedelta(minutes=1)

APPEND_CAUSE = (
    "An append is two statements and a commit, one after the other, and each waits for an answer from PostgreSQL; "
    "beside it, one writer does nothing. More writers do more."
)
BATCH_CAUSE = (
    "What a leaf costs: its canonical bytes and hash here, a row of the log, its projections and notifications there. "
    "On two cores PostgreSQL and the writer share them, and both run Python or SQL all the time."
)
REBUILD_CAUSE = "Each entry is read, validated, folded by the core and projected, as when it was recorded."
DRAW_CAUSE = "A cost for each of 500,000 pairs (an HMAC), and the solver's cheapest flow over them."
UP_CAUSE = (
    "PostgreSQL makes its files, Temporal its own, and Python imports the worker; disks and antivirus count."
)


async def measure(bench: BenchStack, entries: int, say: Say) -> list[Figure]:
    """Append one by one and in batches, then fill the log and rebuild the projections."""
    single = await _append(bench.recorder, "one", ONE_BY_ONE, 1)
    batched = await _append(bench.recorder, "many", IN_BATCHES, BATCH)
    say(f"appends: {single:.0f}/s, in batches {batched:.0f}/s")
    before = sum((await bench.ledger.reading.logs()).values())
    await _append(bench.recorder, "fill", max(entries - before, 1), 100)
    began = time.perf_counter()
    rebuilt = await rebuild(bench.databases.url(Login.MIGRATOR), keep=True)
    seconds = time.perf_counter() - began
    say(f"rebuilt {rebuilt.entries} entries in {seconds:.1f} s, equal: {rebuilt.equal}")
    return [
        Figure("record", "appends, 1 writer", single, "/s", target=300, cause=APPEND_CAUSE),
        Figure("record", "appends, 1 writer, batches of 20", batched, "/s", target=3_000, cause=BATCH_CAUSE),
        Figure(
            "record",
            f"rebuild, per {entries:,} entries" + ("" if rebuilt.equal else " (NOT EQUAL)"),
            seconds * entries / rebuilt.entries,
            "s",
            target=20,
            at_least=False,
            cause=REBUILD_CAUSE,
        ),
    ]


async def _append(recorder: Ledger, log: str, entries: int, batch: int) -> float:
    """Append the records of whole applications, a batch at a time; return entries per second."""
    # All of it happened: nothing is recorded that is dated after the clock.
    rules = bench_rules(timedelta(seconds=10), AGO)
    terms, begins = terms_of(rules), datetime.now(UTC) - AGO
    busy, done, number = 0.0, 0, 0
    while done < entries:
        number += 1
        stream = application_stream(f"bench-{log}", f"{number:05d}")
        leaves = tell(stream, number, terms, begins).leaves
        began = time.perf_counter()
        for start in range(0, len(leaves), batch):
            await recorder.record.append(f"bench-{log}", stream, leaves[start : start + batch])
        busy += time.perf_counter() - began
        done += len(leaves)
    return done / busy


def measure_draw(say: Say) -> list[Figure]:
    """Draw panels for 1,000 applications out of 500 experts, 7 seats and 3 alternates each."""
    inputs = DrawInputs(
        applications=tuple(
            DrawApplication(
                stream=f"application/draw/{n:04d}", revision=1, hosts=(f"E-{n % 150:04d}",), seats_wanted=7
            )
            for n in range(1_000)
        ),
        experts=tuple(DrawExpert(person=f"expert-{n:03d}", employer=f"E-{n // 3:04d}") for n in range(500)),
        alternates=3,
        max_per_institution=2,
        max_load=24,
        solver="benchmark",
    ).in_order()
    began = time.perf_counter()
    drawn = draw_panels(inputs, b"k" * 32)
    seconds = time.perf_counter() - began
    assert isinstance(drawn, Drawn)
    say(f"drew {len(drawn.panels)} panels in {seconds:.2f} s")
    return [
        Figure(
            "draw",
            "draw, 1,000 applications x 500 experts x 7 seats",
            seconds,
            "s",
            target=3,
            at_least=False,
            cause=DRAW_CAUSE,
        )
    ]


async def measure_up(say: Say) -> list[Figure]:
    """Start a stack with a worker on an empty folder, synced as `selection up` does, and time it."""
    with tempfile.TemporaryDirectory(prefix="center-selection-up-") as folder:
        settings = Settings(data=Path(folder))
        programs = {"worker": Program(lambda _: [sys.executable, "-m", "worker"])}
        began = time.perf_counter()
        async with EmbeddedStack(StackPlan(settings, prepare=prepare, programs=programs)):
            seconds = time.perf_counter() - began
            await asyncio.sleep(1)
    say(f"a stack was ready after {seconds:.1f} s")
    return [
        Figure(
            "stack",
            "`selection up` to ready, installed",
            seconds,
            "s",
            target=10,
            at_least=False,
            cause=UP_CAUSE,
        )
    ]
