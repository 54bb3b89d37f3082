"""How long one reviewer waits for the receipt, with the workflow cached and not, and what a waiting one keeps."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.bench_stack import BenchStack, WorkerProcess
from benchmarks.driver import Driver, all_in
from benchmarks.figures import Figure, Say, of_repeats, quantile
from benchmarks.lifecycle import INTAKE_AT_LEAST, INTAKE_SAFETY, prepare_round, warm_up

PART = "review act"
SEATS_WARM = (1, 2, 3)
SEATS_COLD = (4, 5)
FIRST_REVIEW = 10
MEMORY_CAUSE = (
    "Both keep an instance of the SDK's workflow with a sandbox of its own; ours adds the classes of the stream, its "
    "standing and a timer."
)
COLD_CAUSE = "A cold act replays the whole history, some 250 events by then, in a sandbox made anew."
WAITING_FIRST, WAITING_MORE = 100, 500
MEMORY_REPEATS = 2


@dataclass(frozen=True)
class Sample:
    """Latencies of acts sent one after the other, and the worker's CPU time per act, in seconds."""

    latencies: tuple[float, ...]
    cpu: float


async def measure(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Measure acts of one reviewer after the other: nothing else runs, so nothing is queued."""
    cold: list[Sample] = []
    async with bench.worker("ours") as worker:
        each = await warm_up(bench, "ours", "w-latency")
        intake = INTAKE_AT_LEAST + INTAKE_SAFETY * applications * each
        driver, recorded = await prepare_round(bench, "ours", "latency", applications, intake)
        await driver.phase("intake")
        await all_in(bench, driver, recorded, "checking", recorded.intake_ends)
        await recorded.draw()
        await driver.send_each(
            [(s, acts["review"][:FIRST_REVIEW]) for s, acts in zip(driver.streams, driver.acts, strict=True)]
        )
        warm = [await _reviews(driver, worker, seat) for seat in SEATS_WARM]
        say(f"warm: {len(warm) * applications} acts")
    for seat in SEATS_COLD:
        async with bench.worker("ours") as worker:
            await warm_up(bench, "ours", f"w-latency-{seat}")
            cold.append(await _reviews(driver, worker, seat))
        say(f"cold: {applications} acts")
    return [*_figures("warm", warm), *_figures("cold", cold, cpu_at_most=100)]


async def _reviews(driver: Driver, worker: WorkerProcess, seat: int) -> Sample:
    driver.timed.latencies.clear()
    used = worker.cpu_seconds()
    for stream, acts in zip(driver.streams, driver.acts, strict=True):
        await driver.send(stream, acts["review"][FIRST_REVIEW + seat - 1])
    used = worker.cpu_seconds() - used
    return Sample(tuple(driver.timed.latencies), used / len(driver.streams))


def _figures(kind: str, samples: Sequence[Sample], cpu_at_most: float | None = None) -> list[Figure]:
    latencies = [1000 * value for sample in samples for value in sample.latencies]
    cpu = [1000 * sample.cpu for sample in samples]
    name = f"worker CPU per act, {kind}"
    return [
        Figure(PART, f"latency {kind}, p50", quantile(latencies, 0.5), "ms"),
        Figure(PART, f"latency {kind}, p99", quantile(latencies, 0.99), "ms"),
        Figure(PART, name, sum(cpu) / len(cpu), "ms", target=cpu_at_most, at_least=False, cause=COLD_CAUSE),
    ]


async def measure_memory(bench: BenchStack, say: Say) -> list[Figure]:
    """Measure how resident memory grows with applications that were submitted and wait, cached; bare's beside."""
    found: dict[str, list[float]] = {"ours": [], "bare": []}
    for repeat in range(MEMORY_REPEATS):
        for shape in sorted(found, reverse=repeat % 2 == 0):
            found[shape].append(await _measure_waiting(bench, shape, f"memory-{repeat}", say))
    ours, bare = found["ours"], found["bare"]
    ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
    return [
        of_repeats("memory", "resident per waiting, cached application", ours, "KiB"),
        of_repeats("memory", "the same, bare", bare, "KiB"),
        of_repeats("memory", "against bare", ratios, target=1.25, at_least=False, cause=MEMORY_CAUSE),
    ]


async def _measure_waiting(bench: BenchStack, shape: str, round_: str, say: Say) -> float:
    """Return by how many KiB the worker grows for each application that was submitted and waits."""
    async with bench.worker(shape) as worker:
        await warm_up(bench, shape, f"w-{round_}-{shape}")
        driver, _ = await prepare_round(bench, shape, f"{round_}-{shape}", WAITING_FIRST + WAITING_MORE)
        work = [(s, acts["intake"][:1]) for s, acts in zip(driver.streams, driver.acts, strict=True)]
        await driver.send_each(work[:WAITING_FIRST])
        before = worker.resident_bytes()
        began = time.perf_counter()
        await driver.send_each(work[WAITING_FIRST:])
        say(f"{shape}: {WAITING_MORE} submitted in {time.perf_counter() - began:.1f} s")
        return (worker.resident_bytes() - before) / 1024 / WAITING_MORE
