"""Send the acts of many applications through one shape, and time the phases."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from benchmarks.acts import Act, acts_of
from benchmarks.bench_stack import BenchStack
from benchmarks.rounds import RecordedRound
from selection.application.decide import APPLICATION
from selection.leaf import Receipt
from selection.streams import application_stream
from workflows.loop import StreamStart

IN_FLIGHT = 40
WORKFLOWS = {"ours": "Application", "bare": "BareApplication", "naive": "NaiveApplication"}
PHASES = ("intake", "review", "survey", "notice", "issue")


@dataclass
class Timed:
    """Seconds in which acts or deadlines were worked on, and how long each act took."""

    busy: float = 0.0
    latencies: list[float] = field(default_factory=list)


class Driver:
    """Sends the acts of one shape."""

    def __init__(self, bench: BenchStack, shape: str, round_: str, applications: int) -> None:
        self._bench = bench
        self._shape = shape
        self.streams = [application_stream(round_, f"{n:04d}") for n in range(1, applications + 1)]
        self.acts = [acts_of(stream, n) for n, stream in enumerate(self.streams)]
        self.timed = Timed()

    def workflow_id(self, stream: str, seat: int = 0) -> str:
        """Return the workflow that takes an act."""
        base = stream if self._shape == "ours" else f"{self._shape}-{stream}"
        return f"{base}/review-{seat}" if seat and self._shape == "naive" else base

    async def phase(self, name: str) -> None:
        """Send one phase's acts of all applications, each application's in order, and add to the time."""
        began = time.perf_counter()
        await self.each([(stream, acts[name]) for stream, acts in zip(self.streams, self.acts, strict=True)])
        self.timed.busy += time.perf_counter() - began

    async def each(self, work: Sequence[tuple[str, Sequence[Act]]], in_flight: int = IN_FLIGHT) -> None:
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
    envelope = act.envelope
    if not envelope.command_id.endswith("01"):
        handle = client.get_workflow_handle(workflow_id)
        receipt: Receipt = await handle.execute_update(
            "act", envelope, id=envelope.command_id, result_type=Receipt
        )
        return receipt
    operation: WithStartWorkflowOperation[StreamStart, object] = WithStartWorkflowOperation(
        WORKFLOWS[shape],
        args=[StreamStart()] if shape == "ours" else [],
        id=workflow_id,
        task_queue=f"bench-{shape}",
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary=workflow_id,
    )
    begun: Receipt = await client.execute_update_with_start_workflow(
        "act", envelope, start_workflow_operation=operation, id=envelope.command_id, result_type=Receipt
    )
    return begun


async def run_lifecycle(bench: BenchStack, driver: Driver, shape: str, round_: RecordedRound) -> None:
    """Take all applications of a round through their 27 acts; the deadlines' work counts as time, not waiting."""
    await driver.phase("intake")
    if shape == "ours":
        driver.timed.busy += await all_in(bench, round_, "checking", round_.intake_ends)
        await round_.draw()
    await driver.phase("review")
    if shape == "ours":
        await round_.shortlist()
    await driver.phase("survey")
    if shape == "ours":
        await round_.propose()
    await driver.phase("notice")
    if shape == "ours":
        driver.timed.busy += await all_in(bench, round_, "cleared", await _notice_ends(bench, round_))
        await round_.issue()
    await driver.phase("issue")


async def all_in(bench: BenchStack, round_: RecordedRound, stage: str, deadline: datetime) -> float:
    """Wait until all applications are in a stage; return the seconds that it took from the deadline on."""
    waiting_since = datetime.now(UTC)
    wanted = len(round_.streams)
    while (await bench.ledger.reading.counts(round_.name)).get(stage, 0) < wanted:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return max((datetime.now(UTC) - max(deadline, waiting_since)).total_seconds(), 0.0)


async def _notice_ends(bench: BenchStack, round_: RecordedRound) -> datetime:
    texts = bench.ledger.reading.states(round_.name, "notice")
    ends = [APPLICATION.load(text).until or datetime.now(UTC) async for text in texts]
    return max(ends, default=datetime.now(UTC))
