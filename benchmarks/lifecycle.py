"""The lifecycle: acts per second of the engine beside the bare and the naive shape, in interleaved repeats."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from benchmarks.acts import ACTS
from benchmarks.bench_stack import BenchStack
from benchmarks.driving import Driver, run_lifecycle
from benchmarks.figures import Figure, of_repeats
from benchmarks.rounds import RecordedRound

SHAPES = ("ours", "bare", "naive")
WARM_UP = 8
SAMPLED = 10
PART = "lifecycle"
# An intake that is not over at its deadline would refuse acts and void the run, so it is given several times
# what the warm-up took; the waiting is not counted.
INTAKE_SAFETY = 3
INTAKE_AT_LEAST = timedelta(seconds=15)
NO_DEADLINE = timedelta(hours=10)
EVENTS_CAUSE = (
    "27 acts alone take 299 events (see bare). The rest: 13 changes of stage shown as search attributes, two reads "
    "of facts with 6 events each (terms, the survey team), two deadlines with timer and record."
)
CPU_CAUSE = (
    "Bare alone takes nine tenths of the target: the SDK's own work for two workflow tasks and an activity per act. "
    "Of what is ours, most is the record: reading and folding the state, two statements, canonical bytes."
)
BARE_CAUSE = (
    "Worker and servers share the cores, so this follows CPU per act: an act of ours is a transaction where bare does "
    "nothing, and five more activities per application read facts and record deadlines."
)
NAIVE_CAUSE = (
    "On two cores this follows the CPU of all processes, and more than half of it is Temporal's own server: naive's "
    "553 events against ours. Even a worker and a record that cost nothing would bring it to 2 to 3 only."
)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """One repeat of one shape."""

    acts_per_second: float
    cpu_ms_per_application: float
    events: float
    kilobytes: float


async def measure(bench: BenchStack, applications: int, repeats: int, say: Say) -> list[Figure]:
    """Run the shapes in turn, in another order each time, and return the figures."""
    runs: dict[str, list[Run]] = {shape: [] for shape in SHAPES}
    for repeat in range(repeats):
        for shape in SHAPES[repeat % 3 :] + SHAPES[: repeat % 3]:
            run = await run_once(bench, shape, f"r{repeat}", applications)
            runs[shape].append(run)
            say(f"{shape} {repeat + 1}: {run.acts_per_second:.0f} acts/s, {run.events:.0f} events")
    return _figures(runs)


async def run_once(bench: BenchStack, shape: str, name: str, applications: int) -> Run:
    """Run one repeat with a worker process of its own."""
    round_ = f"{name}-{shape}"
    async with bench.worker(shape) as worker:
        each = await warm_up(bench, shape, f"w-{round_}")
        intake = INTAKE_AT_LEAST + INTAKE_SAFETY * applications * each
        driver, recorded = await prepared(bench, shape, round_, applications, intake)
        used = worker.cpu_seconds()
        await run_lifecycle(bench, driver, shape, recorded)
        used = worker.cpu_seconds() - used
        events, size = await _history(bench, driver)
    return Run(
        acts_per_second=applications * ACTS / driver.timed.busy,
        cpu_ms_per_application=used * 1000 / applications,
        events=events,
        kilobytes=size / 1024,
    )


async def prepared(
    bench: BenchStack, shape: str, round_: str, applications: int, intake: timedelta = NO_DEADLINE
) -> tuple[Driver, RecordedRound]:
    """Return a driver and an opened round with recommendations in the record."""
    recorded = RecordedRound(bench.ledger, round_, applications, intake)
    if shape == "ours":
        await recorded.recommend()
        recorded.begin()
        await recorded.open()
    return Driver(bench, shape, round_, applications), recorded


async def warm_up(bench: BenchStack, shape: str, round_: str) -> timedelta:
    """Let the worker load everything and answer its first acts; return the time of one intake."""
    for name in (f"{round_}-1", f"{round_}-2"):
        driver, _ = await prepared(bench, shape, name, WARM_UP)
        await driver.phase("intake")
    return timedelta(seconds=driver.timed.busy / WARM_UP)


async def _history(bench: BenchStack, driver: Driver) -> tuple[float, float]:
    """Return the median of events and bytes per application, the histories of its reviews included."""
    events, sizes = [], []
    for stream in driver.streams[:SAMPLED]:
        ids = {driver.workflow_id(stream), *(driver.workflow_id(stream, seat) for seat in range(1, 8))}
        told = [await bench.client.get_workflow_handle(name).describe() for name in ids]
        events.append(sum(item.history_length for item in told))
        sizes.append(sum(item.raw_description.workflow_execution_info.history_size_bytes for item in told))
    return median(events), median(sizes)


def _figures(runs: dict[str, list[Run]]) -> list[Figure]:
    rates = {shape: [run.acts_per_second for run in runs[shape]] for shape in SHAPES}
    against = {
        other: [ours / theirs for ours, theirs in zip(rates["ours"], rates[other], strict=True)]
        for other in ("bare", "naive")
    }
    cpu = [run.cpu_ms_per_application for run in runs["ours"]]
    events = [run.events for run in runs["ours"]]
    return [
        of_repeats(PART, "events per application", events, target=350, at_least=False, cause=EVENTS_CAUSE),
        of_repeats(PART, "history per application", [run.kilobytes for run in runs["ours"]], "KiB"),
        *(of_repeats(PART, f"acts per second, {shape}", rates[shape], "/s") for shape in SHAPES),
        of_repeats(PART, "throughput against bare", against["bare"], target=0.7, cause=BARE_CAUSE),
        of_repeats(PART, "throughput against naive", against["naive"], target=2.5, cause=NAIVE_CAUSE),
        of_repeats(
            PART, "worker CPU per application", cpu, "ms", target=220, at_least=False, cause=CPU_CAUSE
        ),
        *(
            of_repeats(
                PART,
                f"worker CPU per application, {shape}",
                [r.cpu_ms_per_application for r in runs[shape]],
                "ms",
            )
            for shape in ("bare", "naive")
        ),
        *(
            of_repeats(PART, f"events per application, {shape}", [r.events for r in runs[shape]])
            for shape in ("bare", "naive")
        ),
    ]
