"""The lifecycle: acts, CPU, history and disk of the engine beside two other shapes, in interleaved repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from benchmarks.bench_stack import WORKER, BenchStack, WorkerProcess, measure_stores
from benchmarks.driver import QUEUE_OF, Driver, run_lifecycle
from benchmarks.figures import Figure, Say, of_repeats
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.bare import ACTS
from runtime.embedded.stack import POSTGRES, TEMPORAL

SHAPES = ("ours", "bare", "naive", "shown", "undecided")
SHAPES_IN_REPORT = ("ours", "bare", "naive", "undecided")
WARM_UP = 8
SAMPLED = 10
PART = "lifecycle"
# An intake that is not over at its deadline would refuse acts and void the run, so it is given several times
# what the warm-up took; the waiting is not counted.
INTAKE_SAFETY = 3
INTAKE_AT_LEAST = timedelta(seconds=15)
NO_DEADLINE = timedelta(hours=10)
EVENTS_CAUSE = (
    "35 acts take seven events each at most: the update accepted and completed, the local activity's marker, and the "
    "task that each came with. Then the deadlines with their timers, and the visibility updates. The "
    "target is of 27 acts."
)
CPU_CAUSE = (
    "All processes share the cores. An act of ours is three statements and a commit where bare does nothing, and one "
    "workflow task where bare has two and an activity."
)
RATE_CAUSE = (
    "This follows the CPU of all processes, which share the cores with the client that sends the acts."
)
DISK_CAUSE = (
    "Temporal keeps each history as it came, the record each entry with its indexes, state and letters. The "
    "target is of 27 acts."
)


@dataclass(frozen=True)
class Run:
    """One repeat of one shape: acts per second; CPU milliseconds by process and KiB by store, per application."""

    rate: float
    cpu: Mapping[str, float]
    events: float
    kilobytes: float
    disk: Mapping[str, float]

    @property
    def all_cpu(self) -> float:
        """CPU milliseconds of all processes, per application."""
        return sum(self.cpu.values())


async def measure(bench: BenchStack, applications: int, repeats: int, say: Say) -> list[Figure]:
    """Run the shapes in turn, in another order each time, and return the figures."""
    runs: dict[str, list[Run]] = {shape: [] for shape in SHAPES}
    for repeat in range(repeats):
        turn = repeat % len(SHAPES)
        for shape in SHAPES[turn:] + SHAPES[:turn]:
            run = await run_once(bench, shape, f"r{repeat}", applications)
            runs[shape].append(run)
            say(
                f"{shape} {repeat + 1}: {run.rate:.0f} acts/s, {run.events:.0f} events, {run.all_cpu:.0f} ms "
                f"({', '.join(f'{name} {used:.0f}' for name, used in run.cpu.items())})"
            )
    return [*_count_events(runs), *_measure_runs(runs), *_by_process(runs)]


async def run_once(bench: BenchStack, shape: str, name: str, applications: int) -> Run:
    """Run one repeat with a worker process of its own."""
    round_ = f"{name}-{shape}"
    async with bench.worker(QUEUE_OF.get(shape, shape)) as worker:
        each = await warm_up(bench, shape, f"w-{round_}")
        intake = INTAKE_AT_LEAST + INTAKE_SAFETY * applications * each
        before = await measure_stores(bench)
        driver, recorded = await prepare_round(bench, shape, round_, applications, intake, worker)
        await run_lifecycle(bench, driver, shape, recorded)
        after = await measure_stores(bench)
        events, size = await _history(bench, driver)
    return Run(
        rate=applications * ACTS / driver.timed.busy,
        cpu={part: used * 1000 / applications for part, used in driver.timed.cpu.items()},
        events=events,
        kilobytes=size / 1024,
        disk={
            TEMPORAL: (after.temporal - before.temporal) / 1024 / applications,
            POSTGRES: (after.postgres - before.postgres) / 1024 / applications,
        },
    )


async def prepare_round(
    bench: BenchStack,
    shape: str,
    round_: str,
    applications: int,
    intake: timedelta = NO_DEADLINE,
    worker: WorkerProcess | None = None,
) -> tuple[Driver, RecordedRound]:
    """Return a driver and an opened round with recommendations in the record."""
    recorded = RecordedRound(bench.recorder, round_, applications, intake)
    if shape == "ours":
        await recorded.recommend()
        recorded.begin()
        await recorded.open()
    return Driver(bench, shape, round_, applications, worker), recorded


async def warm_up(bench: BenchStack, shape: str, round_: str) -> timedelta:
    """Let the worker load everything and answer its first acts; return the time of one intake."""
    for name in (f"{round_}-1", f"{round_}-2"):
        driver, _ = await prepare_round(bench, shape, name, WARM_UP)
        await driver.phase("intake")
    return timedelta(seconds=driver.timed.busy / WARM_UP)


async def _history(bench: BenchStack, driver: Driver) -> tuple[float, float]:
    """Return the median of events and bytes per application, the histories of its reviews included."""
    events, sizes = [], []
    for stream in driver.streams[:SAMPLED]:
        ids = {driver.workflow_id(stream), *(driver.workflow_id(stream, seat) for seat in range(1, 8))}
        descriptions = [await bench.client.get_workflow_handle(name).describe() for name in ids]
        events.append(sum(item.history_length for item in descriptions))
        sizes.append(
            sum(item.raw_description.workflow_execution_info.history_size_bytes for item in descriptions)
        )
    return median(events), median(sizes)


def _count_events(runs: Mapping[str, Sequence[Run]]) -> list[Figure]:
    events, size = "events per application", "history per application"
    disk = [sum(run.disk.values()) for run in runs["ours"]]
    return [
        of_repeats(
            PART, events, [r.events for r in runs["ours"]], target=200, at_least=False, cause=EVENTS_CAUSE
        ),
        of_repeats(
            PART,
            size,
            [r.kilobytes for r in runs["ours"]],
            "KiB",
            target=60,
            at_least=False,
            cause=EVENTS_CAUSE,
        ),
        *(
            figure
            for shape in ("bare", "naive")
            for figure in (
                of_repeats(PART, f"{events}, {shape}", [run.events for run in runs[shape]]),
                of_repeats(PART, f"{size}, {shape}", [run.kilobytes for run in runs[shape]], "KiB"),
            )
        ),
        of_repeats(
            PART,
            "disk per application, both stores",
            disk,
            "KiB",
            target=200,
            at_least=False,
            cause=DISK_CAUSE,
        ),
        *(
            of_repeats(PART, f"of this in {store}", [run.disk[store] for run in runs["ours"]], "KiB")
            for store in (TEMPORAL, POSTGRES)
        ),
    ]


def _measure_runs(runs: Mapping[str, Sequence[Run]]) -> list[Figure]:
    ours = runs["ours"]

    def rates(other: str) -> list[float]:
        return [mine.rate / theirs.rate for mine, theirs in zip(ours, runs[other], strict=True)]

    def cpu(other: str, of: Sequence[Run] = ours) -> list[float]:
        return [mine.all_cpu / theirs.all_cpu for mine, theirs in zip(of, runs[other], strict=True)]

    return [
        *(
            of_repeats(PART, f"acts per second, {s}", [run.rate for run in runs[s]], "/s")
            for s in SHAPES_IN_REPORT
        ),
        of_repeats(PART, "acts per second against bare", rates("bare"), target=1.2, cause=RATE_CAUSE),
        of_repeats(PART, "acts per second against naive", rates("naive"), target=2.5, cause=RATE_CAUSE),
        of_repeats(PART, "CPU against bare", cpu("bare"), target=0.8, at_least=False, cause=CPU_CAUSE),
        of_repeats(PART, "CPU against naive", cpu("naive"), target=0.4, at_least=False, cause=CPU_CAUSE),
        of_repeats(PART, "CPU against bare, undecided", cpu("bare", runs["undecided"])),
    ]


def _by_process(runs: Mapping[str, Sequence[Run]]) -> list[Figure]:
    shown = [
        {part: (mine.cpu[part] - bare.cpu[part]) / ACTS for part in (WORKER, TEMPORAL)}
        for mine, bare in zip(runs["shown"], runs["bare"], strict=True)
    ]
    return [
        *(
            figure
            for shape in SHAPES_IN_REPORT
            for figure in (
                of_repeats(PART, f"CPU per application, {shape}", [r.all_cpu for r in runs[shape]], "ms"),
                *(
                    of_repeats(PART, f"of this {part}", [run.cpu[part] for run in runs[shape]], "ms")
                    for part in (TEMPORAL, POSTGRES, WORKER)
                ),
            )
        ),
        *(
            of_repeats(PART, f"a visibility update costs {part}", [each[part] for each in shown], "ms")
            for part in (TEMPORAL, WORKER)
        ),
    ]
