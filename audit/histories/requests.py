"""What a run asked of the record and how it was answered, out of its history and its replay.

The answers stand in the history. The questions of local activities do not: only the replayed code gives them.
"""

from collections.abc import Iterable, Iterator

from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand

from activities.messages import DECIDE
from audit.histories.comparison import local_of
from audit.histories.matching import RECORDING, SCHEDULED, result_in
from audit.histories.messages import Exchange, Message
from audit.histories.run import Run

SIGNALED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
ACCEPTED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
ADMITTED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED


def list_asked(run: Run, commands: Iterable[WorkflowCommand]) -> Iterator[Exchange]:
    """Give all that the record answered in a run, with what the replay asked there; what is unreadable is left out."""
    local = {
        command.schedule_local_activity.seq: command.schedule_local_activity.arguments
        for command in commands
        if command.WhichOneof("variant") == "schedule_local_activity"
    }
    names: dict[int, str] = {}
    inputs: dict[int, bytes] = {}
    for event in run.events:
        if event.event_type == SCHEDULED:
            scheduled = event.activity_task_scheduled_event_attributes
            names[event.event_id] = scheduled.activity_type.name
            inputs[event.event_id] = _one(scheduled.input.payloads)
            continue
        name, result = result_in(event, names)
        if name not in RECORDING:
            continue
        made = local_of(event)
        if made is not None:
            request = _one(local.get(made.seq, ()))
        else:
            request = inputs.get(event.activity_task_completed_event_attributes.scheduled_event_id, b"")
        if name != DECIDE or request:
            yield Exchange(
                run.point(event), run.listed.run_id, request if name == DECIDE else b"", _one(result)
            )


def list_sent(run: Run) -> Iterator[Message]:
    """Give every message that the history holds, answered or not."""
    for event in run.events:
        found = _message(event)
        if found is not None:
            yield found


def _message(event: HistoryEvent) -> Message | None:
    if event.event_type == SIGNALED:
        signal = event.workflow_execution_signaled_event_attributes
        return Message(signal.signal_name, _one(signal.input.payloads))
    if event.event_type == ACCEPTED:
        input_ = event.workflow_execution_update_accepted_event_attributes.accepted_request.input
    elif event.event_type == ADMITTED:
        # What a reset applied again.
        input_ = event.workflow_execution_update_admitted_event_attributes.request.input
    else:
        return None
    return Message(input_.name, _one(input_.args.payloads)) if input_.name else None


def _one(payloads: Iterable[Payload]) -> bytes:
    return next((bytes(payload.data) for payload in payloads), b"")
