"""What a history says was recorded, to be held against the record itself, and its replay."""

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowExecutionStatus, WorkflowHistory
from temporalio.worker import Replayer

from activities.messages import RECORD, Recorded, RecordRequest
from runtime.plugin import data_converter, selection_plugin
from selection.leaf import Leaf, leaf_bytes, leaf_hash
from tests import factories as f
from tests.workflows.installation import Installation
from worker.run import WORKFLOWS


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
    """Every stream of the round's log; each has a workflow of the same id."""
    entries = await place.ledger.reading.entries(f.ROUND, limit=10_000)
    return sorted({entry.leaf.stream for entry in entries})


async def compare_with_record(place: Installation, stream: str) -> int:
    """Assert that histories and record say the same of a stream, one to one; return how much they say.

    Compared are versions, types, data, times and actors, and the bytes over all. Every run must replay.
    """
    histories = await histories_of(place, stream)
    told = [leaf for history in histories for leaf in await recorded_by(history)]
    held = [entry.leaf for entry in await place.ledger.reading.stream_entries(stream)]
    for ours, theirs in zip(told, held, strict=True):
        assert (ours.version, ours.type, ours.data) == (theirs.version, theirs.type, theirs.data)
        assert (ours.at, ours.actor, leaf_bytes(ours)) == (theirs.at, theirs.actor, leaf_bytes(theirs))
    assert [leaf.version for leaf in held] == list(range(1, len(held) + 1))
    await replay(histories)
    return len(held)


async def replay(histories: list[WorkflowHistory]) -> None:
    """Replay with the plugin that workers use; raises at the first difference."""
    for history in histories:
        await Replayer(workflows=list(WORKFLOWS), plugins=[selection_plugin()]).replay_workflow(history)


async def compare_all(place: Installation) -> dict[str, int]:
    """Compare every stream of the round with its histories; return the number of entries per stream."""
    return {stream: await compare_with_record(place, stream) for stream in await streams_of(place)}


async def is_running(place: Installation, stream: str) -> bool:
    """Whether the workflow has not closed and did not fail."""
    described = await place.handle(stream).describe()
    return described.status is WorkflowExecutionStatus.RUNNING
