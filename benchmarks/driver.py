"""Send the acts of many applications through one shape, and time the phases."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from activities.messages import TASK_TIMEOUT, StreamStart
from benchmarks.bench_stack import BenchStack, WorkerProcess
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.acts import Act, acts_of
from selection.kernel.leaf import Receipt
from selection.streams import APPLICATION, application_stream

IN_FLIGHT = 40
WORKFLOWS = {
    "ours": "Application",
    "undecided": "Application",
    "bare": "BareApplication",
    "shown": "ShownApplication",
    "naive": "NaiveApplication",
}
QUEUE_OF = {"shown": "bare"}


@dataclass
class Timing:
    """What was used while acts or deadlines were worked on: seconds, CPU by process; and how long each act took."""

    busy: float = 0.0
    cpu: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)


class Driver:
    """Sends the acts of one shape."""

    def __init__(
        self,
        bench: BenchStack,
        shape: str,
        round_: str,
        applications: int,
        worker: WorkerProcess | None = None,
    ) -> None:
        self._bench = bench
        self._shape = shape
        self._worker = worker
        self.streams = [application_stream(round_, f"{n:04d}") for n in range(1, applications + 1)]
        self.acts = [acts_of(stream, n) for n, stream in enumerate(self.streams)]
        self.timed = Timing()

    def workflow_id(self, stream: str, seat: int = 0) -> str:
        """Return the workflow that takes an act."""
        base = stream if self._shape == "ours" else f"{self._shape}-{stream}"
        return f"{base}/review-{seat}" if seat and self._shape == "naive" else base

    async def phase(self, name: str) -> None:
        """Send one phase's acts of all applications, each application's in order, and add to the time."""
        with self.measure_work():
            await self.send_each([(s, acts[name]) for s, acts in zip(self.streams, self.acts, strict=True)])

    @contextmanager
    def measure_work(self) -> Iterator[None]:
        """Count the time and the CPU of what is done inside."""
        began, used = time.perf_counter(), self._worker.cpu_by_process() if self._worker else Counter[str]()
        yield
        self.timed.busy += time.perf_counter() - began
        if self._worker:
            self.timed.cpu.update(self._worker.cpu_by_process())
            self.timed.cpu.subtract(used)

    async def send_each(self, work: Sequence[tuple[str, Sequence[Act]]], in_flight: int = IN_FLIGHT) -> None:
        """Send these acts, at most so many applications at once."""
        gate = asyncio.Semaphore(in_flight)

        async def one(stream: str, acts: Sequence[Act]) -> None:
            async with gate:
                for act in acts:
                    await self.send(stream, act)

        try:
            async with asyncio.TaskGroup() as group:
                for stream, acts in work:
                    group.create_task(one(stream, acts))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def send(self, stream: str, act: Act) -> Receipt:
        """Send one act and note how long its answer took."""
        began = time.perf_counter()
        receipt = await _send(self._bench.client, self._shape, self.workflow_id(stream, act.seat), act)
        self.timed.latencies.append(time.perf_counter() - began)
        return receipt


async def _send(client: Client, shape: str, workflow_id: str, act: Act) -> Receipt:
    if not act.first:
        handle = client.get_workflow_handle(workflow_id)
        receipt: Receipt = await handle.execute_update(
            act.name, act.message, id=act.command_id, result_type=Receipt
        )
        return receipt
    operation: WithStartWorkflowOperation[StreamStart, object] = WithStartWorkflowOperation(
        WORKFLOWS[shape],
        args=[StreamStart()] if WORKFLOWS[shape] == WORKFLOWS["ours"] else [],
        id=workflow_id,
        task_queue=f"bench-{QUEUE_OF.get(shape, shape)}",
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        task_timeout=TASK_TIMEOUT,
        static_summary=workflow_id,
    )
    begun: Receipt = await client.execute_update_with_start_workflow(
        act.name, act.message, start_workflow_operation=operation, id=act.command_id, result_type=Receipt
    )
    return begun


async def run_lifecycle(bench: BenchStack, driver: Driver, shape: str, round_: RecordedRound) -> None:
    """Take all applications of a round through their 35 acts; the deadlines' work counts as time, not waiting."""
    ours = shape == "ours"
    await driver.phase("intake")
    if ours:
        await all_in(bench, driver, round_, "checking", round_.intake_ends)
        await round_.draw()
    await driver.phase("review")
    if ours:
        await round_.shortlist()
    await driver.phase("survey")
    if ours:
        await round_.propose()
    await driver.phase("proposal")
    if ours:
        await round_.publish()
    await driver.phase("notice")
    if ours:
        await all_in(bench, driver, round_, "cleared", await _notice_ends(bench, round_))
        await round_.issue()
    await driver.phase("issue")


async def all_in(
    bench: BenchStack, driver: Driver, round_: RecordedRound, stage: str, deadline: datetime
) -> None:
    """Wait for a deadline, then count the work until all applications are in a stage."""
    await asyncio.sleep(max((deadline - datetime.now(UTC)).total_seconds(), 0.0))
    wanted = len(round_.streams)
    with driver.measure_work():
        while (await bench.ledger.reading.counts(round_.name)).get(stage, 0) < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _notice_ends(bench: BenchStack, round_: RecordedRound) -> datetime:
    texts = bench.ledger.reading.states(round_.name, "notice")
    ends = [APPLICATION.load(text).until or datetime.now(UTC) async for text in texts]
    return max(ends, default=datetime.now(UTC))
