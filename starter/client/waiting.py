"""Whether an act waits in Temporal to be decided."""

from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.temporal.payloads import converter_of
from selection.decision.envelope import open_envelope
from selection.refusals.refused import Refused
from selection.streams import workflow_ids_of

LOCAL = "core_local_activity"


async def waits(client: Client, stream: str, person: str, command_id: str) -> bool:
    """Tell whether a present run of the stream holds an act of the person under this id that it has not answered.

    An update waits until it is completed. A signal counts as taken once the record answered anything after it: where
    others are before it in the queue, that is said too early, and to send the act again under its id does no harm.
    """
    held = [await _holds(client, name, person, command_id) for name in workflow_ids_of(stream)]
    return any(held)


async def _holds(client: Client, workflow_id: str, person: str, command_id: str) -> bool:
    updates: set[str] = set()
    signalled = False
    try:
        async for event in client.get_workflow_handle(workflow_id).fetch_history_events():
            match event.WhichOneof("attributes"):
                case "workflow_execution_update_accepted_event_attributes":
                    accepted = event.workflow_execution_update_accepted_event_attributes
                    body = await _body(client, workflow_id, accepted.accepted_request.input.args.payloads)
                    if _is(body, person, command_id):
                        updates.add(accepted.protocol_instance_id)
                case "workflow_execution_update_completed_event_attributes":
                    updates.discard(event.workflow_execution_update_completed_event_attributes.meta.update_id)
                case "workflow_execution_signaled_event_attributes":
                    signal = event.workflow_execution_signaled_event_attributes
                    signalled |= _is(
                        await _body(client, workflow_id, signal.input.payloads), person, command_id
                    )
                case _ if _answers(event):
                    signalled = False
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return bool(updates) or signalled


def _answers(event: HistoryEvent) -> bool:
    if event.HasField("marker_recorded_event_attributes"):
        return event.marker_recorded_event_attributes.marker_name == LOCAL
    return event.HasField("activity_task_completed_event_attributes")


async def _body(client: Client, workflow_id: str, payloads: Sequence[Payload]) -> bytes:
    if not payloads:
        return b""
    codec = converter_of(client, workflow_id).payload_codec
    [payload] = await codec.decode(payloads[:1]) if codec else payloads[:1]
    return payload.data


def _is(body: bytes, person: str, command_id: str) -> bool:
    try:
        envelope = open_envelope(body)
    except Refused:
        return False
    return (envelope.actor.person, envelope.command_id) == (person, command_id)
