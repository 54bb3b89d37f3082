"""What a workflow tells Temporal, in order, a line per command: for people who read what a change does to it."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_commands import ScheduleActivity, UpdateResponse, WorkflowCommand

from activities.messages import READ_FACTS, RECORD, TELL

LOOK = f"activity {READ_FACTS} view"


def sequence_of(commands: Iterable[WorkflowCommand]) -> list[str]:
    """Return a line for every command; of a round's looks at the record, one after the other, the first.

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


def _activity(scheduled: ScheduleActivity) -> str:
    name = scheduled.activity_type
    if name not in (RECORD, READ_FACTS, TELL):
        return name
    [request] = [_json(part) for part in scheduled.arguments]
    return f"{name} {' '.join(_told(name, request))}"


def _told(name: str, request: Any) -> Sequence[str]:
    if name == RECORD:
        types = [leaf["type"] for leaf in request["leaves"]]
        return [*types, "(resting on deadlines)"] if request.get("deadlines") else types
    if name == TELL:
        return [request["envelope"]["command"]["kind"]]
    return [key for key, value in request["request"].items() if value]


def _answer(response: UpdateResponse) -> str:
    if response.HasField("accepted"):
        return "accepted"
    if response.HasField("rejected"):
        return f"refused: {response.rejected.application_failure_info.type}"
    return "answered"


def _json(payload: Payload) -> Any:
    return json.loads(payload.data)
