"""What Temporal shows of one stream: what its histories say was recorded, and how its open run fares."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from temporalio.api.enums.v1 import WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import RECORD, Recorded, RecordRequest
from selection.leaf import Leaf, leaf_bytes

ANSWER_WITHIN = timedelta(seconds=10)


@dataclass(frozen=True)
class Taken:
    """Leaves that the record took, by the word of a history, and the place it gave the first of them."""

    leaves: tuple[Leaf, ...]
    bodies: tuple[bytes, ...]
    seq: int

    @property
    def first(self) -> int:
        """The version of the first leaf."""
        return self.leaves[0].version

    @property
    def last(self) -> int:
        """The version of the last leaf."""
        return self.leaves[-1].version


@dataclass(frozen=True)
class Lived:
    """One workflow id in Temporal. `run` is the open run, empty if there is none.

    `stopped`: the open run was refused by the record and takes no acts. `was_reset`: it came from a reset.
    `busy`: a record is under way.
    """

    taken: tuple[Taken, ...] = ()
    run: str = ""
    stopped: bool = False
    was_reset: bool = False
    busy: bool = False


async def lived(client: Client, stream: str) -> Lived:
    """Read every run of a workflow id that Temporal still holds; those past the retention are gone."""
    latest, is_open = "", False
    try:
        described = await client.get_workflow_handle(stream).describe()
        latest, is_open = described.run_id, described.status == WorkflowExecutionStatus.RUNNING
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise
    # The list lags behind by a moment, in which a run that continues another is missing from it.
    runs = {run: None for run in [*[run async for run in _runs(client, stream)], latest] if run}
    taken: list[Taken] = []
    now = _Run()
    for run in runs:
        read = await _read(client, stream, run)
        taken += read.taken
        if run == latest and is_open:
            now = read
    return Lived(
        taken=tuple(sorted(taken, key=lambda item: item.first)),
        run=latest if is_open else "",
        stopped=now.stopped,
        was_reset=now.was_reset,
        busy=bool(now.under_way),
    )


async def version_told(client: Client, stream: str) -> int | None:
    """Return the version that the open run answers with, or None if it does not answer."""
    try:
        told = await client.get_workflow_handle(stream).query("version", rpc_timeout=ANSWER_WITHIN)
    except (RPCError, WorkflowQueryFailedError):
        return None
    return int(told)


class _Run:
    """One run's history, read event by event."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.under_way: dict[int, RecordRequest] = {}
        self.stopped = False
        self.was_reset = False

    async def read(self, client: Client, event: HistoryEvent) -> None:
        """Take one event in."""
        if event.HasField("activity_task_scheduled_event_attributes"):
            scheduled = event.activity_task_scheduled_event_attributes
            if scheduled.activity_type.name == RECORD:
                (request,) = await client.data_converter.decode(scheduled.input.payloads, [RecordRequest])
                self.under_way[event.event_id] = request
        elif event.HasField("activity_task_completed_event_attributes"):
            completed = event.activity_task_completed_event_attributes
            request = self.under_way.pop(completed.scheduled_event_id, None)
            if request is not None:
                (recorded,) = await client.data_converter.decode(completed.result.payloads, [Recorded])
                if recorded.done:
                    self.taken.append(_taken(request, recorded))
        elif event.HasField("activity_task_failed_event_attributes"):
            # The record is tried again without limit, so one that failed can never be recorded.
            failed = event.activity_task_failed_event_attributes.scheduled_event_id
            self.stopped = self.stopped or self.under_way.pop(failed, None) is not None
        elif event.HasField("workflow_task_failed_event_attributes"):
            cause = event.workflow_task_failed_event_attributes.cause
            reset = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW
            self.was_reset = self.was_reset or cause == reset


def _taken(request: RecordRequest, recorded: Recorded) -> Taken:
    bodies = tuple(leaf_bytes(leaf) for leaf in request.leaves)
    return Taken(request.leaves, bodies, recorded.seq - len(bodies) + 1)


async def _read(client: Client, stream: str, run: str) -> _Run:
    found = _Run()
    async for event in client.get_workflow_handle(stream, run_id=run).fetch_history_events():
        await found.read(client, event)
    return found


async def _runs(client: Client, stream: str) -> AsyncIterator[str]:
    quoted = stream.replace("'", "''")
    async for execution in client.list_workflows(f"WorkflowId = '{quoted}'"):
        yield execution.run_id
