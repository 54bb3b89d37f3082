"""What a workflow tells Temporal, in order, a line per command: for people who read what a change does to it."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_commands import (
    ScheduleActivity,
    ScheduleLocalActivity,
    UpdateResponse,
    WorkflowCommand,
)

from activities.messages import DECIDE, TELL

LOOK = f"{DECIDE} what is due"


def sequence_of(commands: Iterable[WorkflowCommand]) -> list[str]:
    """Return a line for every command; of looks at the record, one after the other, the first.

    How many there are depends on who was quicker, so it would differ between histories of the same code.
    """
    lines = [line_of(command) for command in commands]
    return [line for number, line in enumerate(lines) if line != LOOK or lines[max(number - 1, 0)] != LOOK]


def line_of(command: WorkflowCommand) -> str:
    """Return what a command asks for; ids, instants and the contents of payloads are left out."""
    kind = str(command.WhichOneof("variant"))
    match kind:
        case "schedule_activity":
            return f"activity {_activity(command.schedule_activity)}"
        case "schedule_local_activity":
            return _activity(command.schedule_local_activity)
        case "start_timer":
            said = json.loads(command.user_metadata.summary.data or b'""')
            return "timer " + re.sub(r" until \d.*", "", said)
        case "upsert_workflow_search_attributes":
            fields = command.upsert_workflow_search_attributes.search_attributes.indexed_fields
            return "attributes " + " ".join(f"{name}={_json(fields[name])}" for name in sorted(fields))
        case "update_response":
            return f"update {_answer(command.update_response)}"
        case "start_child_workflow_execution":
            return f"child {command.start_child_workflow_execution.workflow_type}"
        case "set_patch_marker":
            marker = command.set_patch_marker
            return f"patch {marker.patch_id}" + " (deprecated)" * marker.deprecated
    return kind.replace("_", " ")


def _activity(scheduled: ScheduleActivity | ScheduleLocalActivity) -> str:
    name = scheduled.activity_type
    if name not in (DECIDE, TELL):
        return name
    [request] = [_json(part) for part in scheduled.arguments]
    return f"{name} {_name_subject(request)}"


def _name_subject(request: Any) -> str:
    """Return what is to be decided, or told: the kind of an act, or of the stream that decided already."""
    decision = request.get("carry") or request.get("decision")
    if decision:
        return f"what a {decision['stream'].partition('/')[0]} decided"
    if request.get("cancelled"):
        return "a cancel request"
    if "body" not in request and "refuse_as" not in request:
        return "what is due"
    try:
        return str(json.loads(b64decode(request["body"]))["command"]["kind"])
    except (ValueError, KeyError, TypeError):
        return "what cannot be read"


def _answer(response: UpdateResponse) -> str:
    if response.HasField("accepted"):
        return "accepted"
    if response.HasField("rejected"):
        return f"refused: {response.rejected.application_failure_info.type}"
    return "answered"


def _json(payload: Payload) -> Any:
    return json.loads(payload.data)
