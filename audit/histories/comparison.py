"""Holds what replayed code told Temporal against the history: inputs, timers, outcomes, how the run went on.

Temporal's Replayer compares the order of commands only; this compares what is in them.
"""

import json
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.update.v1 import Outcome
from temporalio.bridge.proto.workflow_commands import (
    ContinueAsNewWorkflowExecution,
    ScheduleActivity,
    ScheduleLocalActivity,
    StartTimer,
    UpdateResponse,
    WorkflowCommand,
)

from audit.claims import Difference
from audit.histories.run import ENDS, Run

SCHEDULED = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
TIMER = EventType.EVENT_TYPE_TIMER_STARTED
ATTRIBUTES = EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES
ACCEPTED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
COMPLETED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED

MARKER = EventType.EVENT_TYPE_MARKER_RECORDED
LOCAL_ACTIVITY = "core_local_activity"
"""How the SDK calls the marker in which the result of a local activity stands."""

CHANGES = "TemporalChangeVersion"


def compare(run: Run, commands: Iterable[WorkflowCommand]) -> int:
    """Return how many events of the history were compared with a command. Raises Difference at the first."""
    commands_of_run = Commands(run, commands)
    counted = 0
    for event in run.events:
        counted += commands_of_run.hold(event)
    if run.has_ended_itself:
        commands_of_run.finish()
    return counted


class Commands:
    """The commands of a replay, by kind, to be met by the events of the history in their order."""

    def __init__(self, run: Run, commands: Iterable[WorkflowCommand]) -> None:
        self._run = run
        self._activities: deque[ScheduleActivity] = deque()
        self._locals: dict[int, ScheduleLocalActivity] = {}
        self._timers: dict[str, StartTimer] = {}
        self._attributes: deque[WorkflowCommand] = deque()
        self._patches: set[str] = set()
        self._accepted: set[str] = set()
        self._outcomes: dict[str, UpdateResponse] = {}
        self._updates: dict[int, str] = {}
        self._end: WorkflowCommand | None = None
        for command in commands:
            self._sort(command)

    def _sort(self, command: WorkflowCommand) -> None:
        match command.WhichOneof("variant"):
            case "schedule_activity":
                self._activities.append(command.schedule_activity)
            case "schedule_local_activity":
                self._locals[command.schedule_local_activity.seq] = command.schedule_local_activity
            case "start_timer":
                self._timers[str(command.start_timer.seq)] = command.start_timer
            case "upsert_workflow_search_attributes":
                self._attributes.append(command)
            case "set_patch_marker":
                self._patches.add(command.set_patch_marker.patch_id)
            case "update_response":
                self._sort_response(command.update_response)
            case (
                "continue_as_new_workflow_execution"
                | "complete_workflow_execution"
                | "fail_workflow_execution"
                | "cancel_workflow_execution"
            ):
                self._end = command

    def _sort_response(self, response: UpdateResponse) -> None:
        # On acceptance, `accepted`; a refusal after it comes as `rejected`, a receipt as `completed`.
        if response.HasField("accepted"):
            self._accepted.add(response.protocol_instance_id)
        else:
            self._outcomes[response.protocol_instance_id] = response

    def hold(self, event: HistoryEvent) -> int:
        """Hold one event against its command; return 1 if it has one. Raises Difference."""
        kind = event.event_type
        if kind == SCHEDULED:
            self._hold_activity(event)
        elif local_of(event) is not None:
            self._hold_local(event)
        elif kind == TIMER:
            self._hold_timer(event)
        elif kind == ATTRIBUTES:
            self._hold_attributes(event)
        elif kind == ACCEPTED:
            self._hold_update(event)
        elif kind == COMPLETED:
            self._hold_outcome(event)
        elif kind in ENDS:
            self._hold_end(event)
        else:
            return 0
        return 1

    def finish(self) -> None:
        """See that the replay told nothing beyond what the closed run holds."""
        if self._activities or self._locals or self._attributes or self._outcomes:
            raise Difference(self._run.last_point, "replay-tells-more")

    def _hold_activity(self, event: HistoryEvent) -> None:
        recorded = event.activity_task_scheduled_event_attributes
        if not self._activities:
            raise self._differs(event, "activity-differs", activity=recorded.activity_type.name)
        command = self._activities.popleft()
        if (command.activity_id, command.activity_type) != (
            recorded.activity_id,
            recorded.activity_type.name,
        ):
            raise self._differs(event, "activity-differs", activity=recorded.activity_type.name)
        if not same(command.arguments, recorded.input.payloads):
            raise self._differs(event, "input-differs", activity=recorded.activity_type.name)

    def _hold_local(self, event: HistoryEvent) -> None:
        """Hold a marker against the local activity that the replay called; its input stands in no history."""
        made = local_of(event)
        assert made is not None
        command = self._locals.pop(made.seq, None)
        if command is None or (command.activity_id, command.activity_type) != (
            made.activity_id,
            made.activity_type,
        ):
            raise self._differs(event, "activity-differs", activity=made.activity_type)

    def _hold_timer(self, event: HistoryEvent) -> None:
        recorded = event.timer_started_event_attributes
        command = self._timers.pop(recorded.timer_id, None)
        if command is None or command.start_to_fire_timeout != recorded.start_to_fire_timeout:
            raise self._differs(event, "timer-differs")

    def _hold_attributes(self, event: HistoryEvent) -> None:
        recorded = event.upsert_workflow_search_attributes_event_attributes.search_attributes.indexed_fields
        if recorded.keys() == {CHANGES}:
            # The SDK's own, beside the marker of `workflow.patched`: no code of a workflow says it.
            if not _parse_changes(recorded[CHANGES]) <= self._patches:
                raise self._differs(event, "attributes-differ")
            return
        if not self._attributes:
            raise self._differs(event, "attributes-differ")
        command = self._attributes.popleft()
        fields = command.upsert_workflow_search_attributes.search_attributes.indexed_fields
        if {name: value.data for name, value in fields.items()} != {
            name: value.data for name, value in recorded.items()
        }:
            raise self._differs(event, "attributes-differ")

    def _hold_update(self, event: HistoryEvent) -> None:
        recorded = event.workflow_execution_update_accepted_event_attributes
        self._updates[event.event_id] = recorded.protocol_instance_id
        if recorded.protocol_instance_id not in self._accepted:
            raise self._differs(event, "update-not-accepted")

    def _hold_outcome(self, event: HistoryEvent) -> None:
        recorded = event.workflow_execution_update_completed_event_attributes
        response = self._outcomes.pop(self._updates.get(recorded.accepted_event_id, ""), None)
        if response is None or not _same_outcome(response, recorded.outcome):
            raise self._differs(event, "outcome-differs", update=recorded.meta.update_id)

    def _hold_end(self, event: HistoryEvent) -> None:
        end = self._end
        completed = event.workflow_execution_completed_event_attributes
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
                result = [end.complete_workflow_execution.result] if end else []
                matches = end is not None and same(result, completed.result.payloads)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
                matches = end is not None and _same_start(end.continue_as_new_workflow_execution, event)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
                matches = end is not None and end.HasField("fail_workflow_execution")
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED:
                matches = end is not None and end.HasField("cancel_workflow_execution")
            case _:
                # Someone else ended it: no code had a say in this.
                return
        if not matches:
            raise self._differs(event, "end-differs")

    def _differs(self, event: HistoryEvent, finding: str, **params: str) -> Difference:
        return Difference(self._run.point(event), finding, **params)


class Local(NamedTuple):
    """What the SDK notes of a local activity in its marker."""

    seq: int
    activity_id: str
    activity_type: str


def local_of(event: HistoryEvent) -> Local | None:
    """Return which local activity the event is the marker of, None for another event; unreadable is seq -1."""
    marker = event.marker_recorded_event_attributes
    if event.event_type != MARKER or marker.marker_name != LOCAL_ACTIVITY:
        return None
    try:
        [payload] = marker.details["data"].payloads
        noted = json.loads(payload.data)
        return Local(int(noted["seq"]), str(noted["activity_id"]), str(noted["activity_type"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Local(-1, "", "?")


def same(payloads: Sequence[Payload], recorded: Sequence[Payload]) -> bool:
    """Tell whether payloads are equal, byte for byte."""
    return [_strip_metadata(part) for part in payloads] == [_strip_metadata(part) for part in recorded]


def _strip_metadata(payload: Payload) -> tuple[bytes, bytes]:
    return payload.metadata.get("encoding", b""), payload.data


def _same_outcome(response: UpdateResponse, recorded: Outcome) -> bool:
    if recorded.HasField("success"):
        return response.HasField("completed") and same([response.completed], recorded.success.payloads)
    return response.HasField("rejected") and _refusal(response.rejected) == _refusal(recorded.failure)


def _refusal(failure: Failure) -> tuple[str, list[tuple[bytes, bytes]]]:
    """Return what a refusal says: its code, its parameters and its place in the record.

    Its sentence is left out: it is made from these by the catalogue of refusals, which a later release may word
    better, and a bundle of an earlier release must stay provable. Its bytes are under the history's hash.
    """
    info = failure.application_failure_info
    return info.type, [_strip_metadata(part) for part in info.details.payloads]


def _same_start(command: ContinueAsNewWorkflowExecution, event: HistoryEvent) -> bool:
    recorded = event.workflow_execution_continued_as_new_event_attributes
    return same(command.arguments, recorded.input.payloads)


def _parse_changes(changes: Payload) -> set[str]:
    """Return the changes of the code that a search attribute names; one that cannot be read names itself."""
    try:
        return set(json.loads(changes.data))
    except (ValueError, TypeError, RecursionError):
        return {changes.data.decode("utf-8", "replace")}
