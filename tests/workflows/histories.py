"""What a history says was recorded, to be held against the record itself, and its replay."""

from collections.abc import Sequence
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowExecutionStatus, WorkflowHistory
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.workflow import ActivityHandle

from activities.messages import RECORD, Recorded, RecordRequest
from runtime.plugin import data_converter, selection_plugin
from selection.leaf import Leaf, leaf_bytes, leaf_hash
from tests import factories as f
from tests.workflows.installation import Installation
from workflows.catalogue import WORKFLOWS


async def histories_of(place: Installation, stream: str) -> list[WorkflowHistory]:
    """Every run of the workflow that owns the stream, from the first to the last."""
    runs = []
    run_id: str | None = (await place.handle(stream).describe()).run_id
    while run_id:
        handle = place.temporal.get_workflow_handle(stream, run_id=run_id)
        history = await handle.fetch_history()
        runs.append(history)
        run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return runs[::-1]


async def recorded_by(history: WorkflowHistory) -> list[Leaf]:
    """The leaves of every record activity that the history holds the completion of, in that order.

    A completion that says `refused` recorded nothing.
    """
    scheduled: dict[int, RecordRequest] = {}
    leaves: list[Leaf] = []
    for event in history.events:
        attributes = event.activity_task_scheduled_event_attributes
        if attributes.activity_type.name == RECORD:
            [request] = await data_converter().decode(attributes.input.payloads, [RecordRequest])
            scheduled[event.event_id] = request
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            leaves += await _completed(event, scheduled)
    return leaves


async def requested_by(history: WorkflowHistory) -> list[RecordRequest]:
    """The requests of every record activity that was scheduled, in order."""
    scheduled = (event.activity_task_scheduled_event_attributes for event in history.events)
    requests = []
    for attributes in scheduled:
        if attributes.activity_type.name == RECORD:
            requests += await data_converter().decode(attributes.input.payloads, [RecordRequest])
    return requests


async def _completed(event: HistoryEvent, scheduled: dict[int, RecordRequest]) -> tuple[Leaf, ...]:
    attributes = event.activity_task_completed_event_attributes
    request = scheduled.get(attributes.scheduled_event_id)
    if request is None:
        return ()
    [answer] = await data_converter().decode(attributes.result.payloads, [Recorded])
    if answer.refused:
        return ()
    assert answer.leaf_hash == leaf_hash(leaf_bytes(request.leaves[-1])).hex()
    return request.leaves


async def streams_of(place: Installation) -> list[str]:
    """Every stream of the round's log that a workflow of the same id owns."""
    return await place.ledger.reading.streams(f.ROUND)


async def compare_with_record(place: Installation, stream: str, workflows: Sequence[type] = WORKFLOWS) -> int:
    """Assert that histories and record say the same of a stream, one to one; return how much they say.

    Compared are versions, types, data, times and actors, and the bytes over all. Every run must replay.
    """
    await place.until_idle(stream)
    histories = await histories_of(place, stream)
    told = [leaf for history in histories for leaf in await recorded_by(history)]
    held = [entry.leaf for entry in await place.ledger.reading.stream_entries(stream)]
    for ours, theirs in zip(told, held, strict=True):
        assert (ours.version, ours.type, ours.data) == (theirs.version, theirs.type, theirs.data)
        assert (ours.at, ours.actor, leaf_bytes(ours)) == (theirs.at, theirs.actor, leaf_bytes(theirs))
    assert [leaf.version for leaf in held] == list(range(1, len(held) + 1))
    await replay(histories, workflows)
    return len(held)


async def replay(histories: list[WorkflowHistory], workflows: Sequence[type] = WORKFLOWS) -> None:
    """Replay with the plugin that workers use; raises at the first difference in the order of commands.

    The Replayer does not look at what goes into activities, so a second replay, outside the sandbox, catches
    what the code would record, and that must be what the history holds.
    """
    for history in histories:
        await Replayer(workflows=workflows, plugins=[selection_plugin()]).replay_workflow(history)
        caught = Catching()
        replayer = Replayer(
            workflows=workflows,
            plugins=[selection_plugin()],
            interceptors=[caught],
            workflow_runner=UnsandboxedWorkflowRunner(),
        )
        await replayer.replay_workflow(history)
        told = [leaf_bytes(leaf) for request in caught.requests for leaf in request.leaves]
        asked = [leaf_bytes(leaf) for request in await requested_by(history) for leaf in request.leaves]
        assert told == asked, "a replay would record something else"


class Catching(Interceptor):
    """Keeps the requests of record activities that a workflow starts."""

    def __init__(self) -> None:
        self.requests: list[RecordRequest] = []

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - the name is the SDK's
    ) -> type[WorkflowInboundInterceptor]:
        requests = self.requests

        class Outbound(WorkflowOutboundInterceptor):
            def start_activity(self, input: StartActivityInput) -> ActivityHandle[Any]:  # noqa: A002
                if input.activity == RECORD:
                    requests.append(input.args[0])
                return super().start_activity(input)

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

        return Inbound


async def compare_all(place: Installation, workflows: Sequence[type] = WORKFLOWS) -> dict[str, int]:
    """Compare every stream of the round with its histories; return the number of entries per stream."""
    return {stream: await compare_with_record(place, stream, workflows) for stream in await streams_of(place)}


async def is_running(place: Installation, stream: str) -> bool:
    """Whether the workflow has not closed and did not fail."""
    described = await place.handle(stream).describe()
    return described.status is WorkflowExecutionStatus.RUNNING
