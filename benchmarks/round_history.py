"""A round over a projection of 10,000 applications that nobody runs: how long its history gets.

RoundWorkflow, record, facts and the officer's acts are real; the applications are rows in the projections, and
draw and batches are stood in for by moving those rows. The server suggests to continue as new early, so that
the round does so several times, while extensions of a deadline are on their way.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio import activity
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.archive import ArchiveActivities
from activities.decide import DecidingActivities, answer_of
from activities.messages import CARRY_OUT, DRAW, Answer, BatchRequest
from benchmarks.bench_stack import BenchStack
from benchmarks.figures import Figure, Say
from benchmarks.in_memory.projections import Projection
from benchmarks.rounds import OFFICER, bench_rules
from benchmarks.shapes.drawing import NUMBERS, commit_soon
from benchmarks.texts import TEXT, own
from runtime.logins import Login
from selection.decision.command import kind_of
from selection.decision.envelope import Envelope
from selection.decision.machine import Report
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.round import commands as c
from selection.round.state import ProposalItem
from selection.rules.model import rules_hash
from selection.streams import round_stream
from starter.client.client import SelectionClient
from workflows.archive import ArchiveWorkflow
from workflows.round import RoundWorkflow

# 4,096 is the server's own; this makes a round of some hundred events continue several times.
SUGGEST_AFTER = {"limit.historyCount.suggestContinueAsNew": "150"}
QUEUE = "bench-synthetic"
INTAKE = timedelta(seconds=8)
# A wake of one stage is repeated 20 times at most (ledger, queue_wake): this is the most that a round gets.
LOOKS_PER_STAGE = 21
EXTENSIONS, AT_ONCE = 80, 5
PART = "round"
PROPOSED = 12


@dataclass
class InFlight:
    """When each extension of a deadline was sent and answered, and how often a run that ended sent it on."""

    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    continuing: int = 0

    def across(self, instants: list[datetime]) -> int:
        """Return how many were in flight at one of the instants."""
        return sum(any(sent < instant < answered for instant in instants) for sent, answered in self.spans)


class SyntheticRound:
    """Takes a round through its stages."""

    def __init__(self, bench: BenchStack, name: str, applications: int) -> None:
        self.name = name
        self.stream = round_stream(name)
        self.bench = bench
        self.rules = bench_rules(INTAKE)
        self.projection = Projection(
            bench.ledger, bench.databases.url(Login.MIGRATOR), name, applications, self.rules
        )
        self.in_flight = InFlight()
        self.slowest: dict[str, float] = {}
        self._client = SelectionClient(bench.client, bench.ledger, QUEUE)

    async def run(self) -> None:
        """Open, draw, shortlist, propose, publish, approve and issue, with looks in every stage."""
        opened = c.OpenRound(rules=self.rules.model_dump(mode="json"), rules_hash=rules_hash(self.rules))
        await self.act(opened)
        await self.projection.fill("eligible")
        await self.until("drawing")
        secret = b"benchmark-secret"
        deposit = await self._client.store_text(secret.hex(), person=OFFICER.person, log=self.name)
        committed, public = commit_soon(self.rules, secret, deposit, datetime.now(UTC), timedelta(seconds=5))
        await self.act(committed)
        while datetime.now(UTC) <= public:  # noqa: ASYNC110  time alone passes
            await asyncio.sleep(0.5)
        await self.act(c.EnterDrawNumbers(draw="1", published=NUMBERS))
        await self.act(c.OpenDraw(draw="1", published=NUMBERS), by="officer-2")
        await self.until("review")
        await self.projection.move("review", "scored")
        await self.until("shortlisting")
        await self.act(c.FixShortlist())
        await self.until("survey")
        await self.projection.move("survey", "appraisal")
        await self.until("appraisal")
        await self.projection.move("appraisal", "appraised")
        await self.until("proposal")
        await self.act(await self._proposal(), by="officer-2")
        await self.quiet()
        await self.act(c.OpenPublicNotice(proposal=1))
        await self.quiet()
        await self.projection.move("notice", "cleared")
        await self.until("approval")
        await self._approve()
        await self.act(c.IssueList(proposal=1))
        await self.bench.client.get_workflow_handle(self.stream).result()

    async def _proposal(self) -> c.Propose:
        rows = await self.bench.ledger.reading.applications(self.name, "appraised")
        numbers = [row["number"] for row in sorted(rows, key=lambda row: row["rank"])][:PROPOSED]
        items = tuple(ProposalItem(application=n, rank=i, reason=TEXT) for i, n in enumerate(numbers, 1))
        return c.Propose(items=items)

    async def _approve(self) -> None:
        check = c.RecordIntegrityCheck(proposal=1, text=TEXT)
        await self.act(check, by="supervisor-2", role=Role.SUPERVISOR)
        for level in self.rules.approval:
            for approver in level.approvers[: level.needed]:
                command = c.Approve(proposal=1, level=level.code)
                await self.act(command, by=approver, role=Role.APPROVER)

    async def act(self, command: Frozen, *, by: str = "officer-1", role: Role = Role.OFFICER) -> None:
        """Do an act as the command line would, and note how long it took."""
        began = time.perf_counter()
        actor = Actor(person=by, role=role)
        await self._client.act(self.stream, own(command, actor), actor=actor, patience=timedelta(minutes=2))
        self.slowest[kind_of(command)] = time.perf_counter() - began

    async def until(self, stage: str) -> None:
        """Wake the round as often as the courier ever would, until it is in the stage and no batch runs."""
        handle = self.bench.client.get_workflow_handle(self.stream)
        for _ in range(LOOKS_PER_STAGE):
            await handle.signal("look")
            await asyncio.sleep(0.05)
        await self.quiet(stage)

    async def quiet(self, stage: str = "") -> None:
        """Wait until no batch runs, and until the round is in the stage if one is named."""
        while True:
            row = await self.bench.ledger.reading.round_row(self.name)
            if row is not None and not row["batch"] and row["stage"] == (stage or row["stage"]):
                return
            await asyncio.sleep(0.1)

    async def extend(self) -> None:
        """Move the last deadline again and again, several at once: some are in flight when a run ends."""
        while await self.bench.ledger.reading.round_row(self.name) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        async with asyncio.TaskGroup() as group:
            for sender in range(AT_ONCE):
                group.create_task(self._extend_by(range(sender + 1, EXTENSIONS + 1, AT_ONCE)))

    async def _extend_by(self, all_days: range) -> None:
        last = self.rules.calendar.appraisal
        assert last is not None
        for days in all_days:
            day = last + timedelta(days=days)
            extend = c.ExtendDeadline(cause="organiser", name="appraisal", until=day, reason=TEXT)
            envelope = Envelope(
                stream=self.stream,
                command_id=f"extend-{days}",
                actor=OFFICER,
                command=own(extend, OFFICER).model_dump(mode="json"),
            )
            sent = datetime.now(UTC)
            while not await self._accepts_act(envelope):
                self.in_flight.continuing += 1
                await asyncio.sleep(0.02)
            self.in_flight.spans.append((sent, datetime.now(UTC)))

    async def _accepts_act(self, envelope: Envelope) -> bool:
        handle = self.bench.client.get_workflow_handle(self.stream)
        try:
            await handle.execute_update("act", envelope, id=envelope.command_id, result_type=Receipt)
        except WorkflowUpdateFailedError as failed:
            return not (isinstance(failed.cause, ApplicationError) and failed.cause.type == "continuing")
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
            # The same fault that every client of ours meets with the same command id: see starter/client/client.py.
            return False
        return True

    @activity.defn(name=DRAW)
    async def draw(self, request: BatchRequest) -> Answer:
        """Stand for the draw: its result is never read."""
        name = request.batch.partition("/")[2]
        return await self._report(request, c.ReportDraw(draw=name, result=TEXT, total_cost=0))

    @activity.defn(name=CARRY_OUT)
    async def carry_out(self, request: BatchRequest) -> Answer:
        """Stand for the batches: move the rows as the applications would."""
        touched = await self.projection.carry_out(request.batch.partition("/")[0])
        return await self._report(request, c.ReportBatch(batch=request.batch, touched=touched))

    async def _report(self, request: BatchRequest, command: Frozen) -> Answer:
        report = Report(command, f"report/{request.batch}/{request.begun}")
        return answer_of(await self.bench.recorder.deciding.decide(request.stream, report))


async def measure(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Take a synthetic round from the call to the issued list, and count the events of all its runs."""
    synthetic = SyntheticRound(bench, "synthetic", applications)
    async with _run_worker(bench, synthetic):
        began = datetime.now(UTC)
        await asyncio.gather(synthetic.run(), synthetic.extend())
        say(f"synthetic round of {applications}: {(datetime.now(UTC) - began).total_seconds():.0f} s")
    runs = [item async for item in bench.client.list_workflows(f"WorkflowId = '{synthetic.stream}'")]
    ends = sorted(item.close_time for item in runs if item.close_time)[:-1]
    flight = synthetic.in_flight
    events = [item.history_length for item in runs]
    return [
        Figure(
            PART,
            f"events, {applications:,} applications, all runs",
            sum(events),
            target=4_000,
            at_least=False,
        ),
        Figure(PART, "runs (continued as new early, on purpose)", len(runs), target=2),
        Figure(PART, "events of the longest run", max(events)),
        Figure(PART, "extensions answered, their events included", len(flight.spans), target=EXTENSIONS),
        Figure(PART, "of these in flight while a run ended", flight.across(ends), target=1),
        *(
            Figure(PART, f"{kind}, until its receipt", synthetic.slowest[kind], "s")
            for kind in ("commit-draw", "fix-shortlist", "propose")
        ),
    ]


@asynccontextmanager
async def _run_worker(bench: BenchStack, synthetic: SyntheticRound) -> AsyncIterator[None]:
    deciding = DecidingActivities(bench.recorder, bench.client)
    # A round that ends has its histories kept, by a workflow of its own.
    archive = ArchiveActivities(bench.recorder, bench.client)
    activities: list[Callable[..., Any]] = [
        deciding.decide,
        synthetic.draw,
        synthetic.carry_out,
        archive.count_open,
        archive.keep_histories,
    ]
    workflows = [RoundWorkflow, ArchiveWorkflow]
    async with Worker(bench.client, task_queue=QUEUE, workflows=workflows, activities=activities):
        yield
