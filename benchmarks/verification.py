"""Offline verification: how long a log of 100,000 entries takes on one core, and a round of 1,000 applications on two.

The log is told by the core, the round is run on the stack; of both everything must be proven, or nothing is told.
"""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.bench_stack import BenchStack
from benchmarks.figures import Figure, Say
from benchmarks.in_memory.bundle import KEY, write_bundle
from benchmarks.in_memory.round import RoundInMemory
from benchmarks.in_memory.signing import Signers
from benchmarks.real_round import RealRound, export_signed_round, sign_meanwhile

PART = "verify"
TIMES = 10
PER_APPLICATION = 29
"""Entries of one application, without its share in the round's."""
APPLICATIONS, PROCESSES = 1_000, 2
# Fewer are verified by one process alone, whose memory says nothing of that of several.
AT_LEAST = 25
LOOK_EVERY = 0.5
LOG_CAUSE = (
    "What a leaf costs: its bytes read and written, two validations (leaf and event), a hash, a fold by the core, and "
    "seven rules. On a machine that is busy CPU time rises with the load as well."
)
MEMORY_CAUSE = (
    "No entry is kept, but the folded state of each application is, as the core has it, until the round ends: "
    "with as many applications memory does not grow."
)

NOBODY_SIGNS = "acts-signed: acts-unsigned "
SUBMITTED_AGAIN = 10
"""So many more versions of each application, and four entries of five are people's."""
SIGNED_CAUSE = (
    "Beside what a leaf costs, each signature costs the arithmetic of its curve, which is half of it or more, and its "
    "leaf is longer by about 800 bytes, which are read and hashed."
)
ROUND_CAUSE = (
    "Nearly all of it is Temporal's Replayer: it runs the workflow's code over each history once more. Beside it stand "
    "the comparison of every payload and the fold."
)


@dataclass(frozen=True)
class VerificationRun:
    """What one verification took: seconds waited, CPU seconds of all its processes, memory at the most (MiB)."""

    seconds: float
    cpu: float
    memory: float
    report: dict[str, Any]


async def verify_apart(bundle: Path, key: str, processes: int) -> VerificationRun:
    """Verify in a process of its own; `memory` is that of all its processes together. Raises if it breaks off."""
    words = ("-m", "benchmarks.verifying", str(bundle), key, str(processes))
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    watching = asyncio.create_task(_watch(process.pid))
    output, _ = await process.communicate()
    seconds = time.perf_counter() - began
    watching.cancel()
    together = (await asyncio.gather(watching, return_exceptions=True))[0]
    report = json.loads(output)
    own = report["peak_kib"] * 1024
    most = own if processes <= 1 or not isinstance(together, int) else max(own, together)
    return VerificationRun(seconds, report["cpu"], most / 2**20, report)


async def _watch(pid: int) -> int:
    """Return the most memory that was seen of a process and its children, once it is cancelled."""
    most, root = 0, psutil.Process(pid)
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            most = max(most, _resident(root))
    except asyncio.CancelledError:
        return most


def _resident(root: psutil.Process) -> int:
    try:
        return sum(item.memory_info().rss for item in (root, *root.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


async def measure_log(entries: int, say: Say) -> list[Figure]:
    """Verify a log of so many entries, and two of a tenth: of a tenth of the applications, and of their acts."""
    applications = -(-entries // PER_APPLICATION)
    few = -(-applications // TIMES)
    with tempfile.TemporaryDirectory(prefix="center-selection-verify-") as folder:
        small = await _verify_made(Path(folder), few, 2, say)
        long = await _verify_made(Path(folder), few, 2 + PER_APPLICATION * (TIMES - 1), say)
        large = await _verify_made(Path(folder), applications, 2, say)
    cpu, each = large.cpu * entries / large.report["entries"], (large.memory - small.memory) * 1024
    return [
        Figure(
            PART,
            f"log, per {entries:,} entries, CPU of one process",
            cpu,
            "s",
            target=10,
            at_least=False,
            cause=LOG_CAUSE,
        ),
        Figure(PART, "the same, waited for", large.seconds * entries / large.report["entries"], "s"),
        Figure(PART, f"memory at the most, {large.report['entries']:,} entries", large.memory, "MiB"),
        Figure(
            PART,
            f"times the memory, for {TIMES} times the acts",
            long.memory / small.memory,
            target=1.5,
            at_least=False,
        ),
        Figure(
            PART,
            f"times the memory, for {TIMES} times the applications",
            large.memory / small.memory,
            target=1.5,
            at_least=False,
            cause=MEMORY_CAUSE,
        ),
        Figure(PART, "memory per application", each / (applications - few), "KiB"),
    ]


async def measure_signed(entries: int, say: Say) -> list[Figure]:
    """Verify a log of so many entries in which people sign, and the same log in which nobody does."""
    applications = -(-entries // (PER_APPLICATION + SUBMITTED_AGAIN))
    with tempfile.TemporaryDirectory(prefix="center-selection-verify-") as folder:
        unsigned = await _verify_made(Path(folder), applications, 2 + SUBMITTED_AGAIN, say)
        signed = await _verify_made(Path(folder), applications, 2 + SUBMITTED_AGAIN, say, Signers())
    count, acts = signed.report["entries"], signed.report["acts"]
    return [
        Figure(
            PART,
            f"times the CPU of the unsigned log, {count:,} entries of which {acts:,} are signed",
            signed.cpu / unsigned.cpu,
            target=2.5,
            at_least=False,
            cause=SIGNED_CAUSE,
        ),
        Figure(PART, "CPU per signature", (signed.cpu - unsigned.cpu) * 1e6 / acts, "us"),
    ]


async def _verify_made(
    folder: Path, applications: int, versions: int, say: Say, signers: Signers | None = None
) -> VerificationRun:
    bundle = folder / f"{applications}-{versions}.zip"
    write_bundle(bundle, RoundInMemory(applications, versions, signers))
    found = await verify_apart(bundle, KEY.vkey, 0)
    _require_proven(found)
    entries, claims = found.report["entries"], found.report["verdicts"]["proven"]
    say(
        f"{entries} entries of {applications} applications: {claims} claims proven in {found.seconds:.1f} s "
        f"({found.cpu:.1f} s CPU), {found.memory:.0f} MiB"
    )
    return found


def _require_proven(found: VerificationRun) -> None:
    """Raise unless all is proven, but that acts are their persons' own: nobody signs on a local installation."""
    unproven = [claim for claim in found.report["unproven"] if not claim.startswith(NOBODY_SIGNS)]
    assert not unproven, unproven


async def measure_round(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Run whole rounds on the stack, of so many applications and of a tenth, and verify their bundles."""
    few = max(-(-applications // TIMES), AT_LEAST)
    with tempfile.TemporaryDirectory(prefix="center-selection-verify-") as folder:
        async with bench.worker("ours"), sign_meanwhile(bench, Path(folder)) as key:
            bundles = []
            for name, size in (("few", few), ("many", applications)):
                began = time.perf_counter()
                await RealRound(bench, name, size).run()
                bundles.append(Path(folder) / f"{name}.zip")
                await export_signed_round(bench, name, key, bundles[-1])
                say(f"a real round of {size} applications: {time.perf_counter() - began:.0f} s")
        small, large = [await _verify_proven(bundle, key.vkey, say) for bundle in bundles]
    scale = APPLICATIONS / applications
    scaled = "" if scale == 1 else f", extrapolated from {applications:,}"
    return [
        Figure(
            PART,
            f"round of {APPLICATIONS:,} applications, {PROCESSES} processes{scaled}",
            large.seconds * scale,
            "s",
            target=300,
            at_least=False,
            cause=ROUND_CAUSE,
        ),
        Figure(PART, "the same, CPU of all processes", large.cpu * scale, "s"),
        Figure(PART, "CPU per history", large.cpu * 1000 / large.report["histories"], "ms"),
        Figure(PART, f"memory at the most, {large.report['histories']:,} histories", large.memory, "MiB"),
        Figure(
            PART,
            f"times the memory, for {applications / few:.3g} times the applications and their histories",
            large.memory / small.memory,
            target=1.5,
            at_least=False,
        ),
    ]


async def _verify_proven(bundle: Path, key: str, say: Say) -> VerificationRun:
    found = await verify_apart(bundle, key, PROCESSES)
    _require_proven(found)
    say(
        f"{found.report['histories']} histories, {found.report['entries']} entries: {found.report['verdicts']} in "
        f"{found.seconds:.0f} s ({found.cpu:.0f} s CPU), {found.memory:.0f} MiB"
    )
    return found
