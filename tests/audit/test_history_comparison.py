"""What a history holds that no code ever wrote is a difference, not a crash."""

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.bridge.proto.workflow_commands import (
    FailWorkflowExecution,
    ScheduleActivity,
    ScheduleLocalActivity,
    UpdateResponse,
    WorkflowCommand,
)

from audit.bundle.archive import ArchivedRun
from audit.claims import Difference
from audit.histories.comparison import CHANGES, LOCAL_ACTIVITY, compare
from audit.histories.run import Run, read_run
from tests.audit.test_history import history


@pytest.mark.parametrize("held", [b"[" * 100_000, b"\xff", b"7", b'["unknown"]'])
def test_changes_that_can_not_be_read_differ(held: bytes) -> None:
    kept = history()
    event = kept.events.add(
        event_id=5, event_type=EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES
    ).upsert_workflow_search_attributes_event_attributes
    event.workflow_task_completed_event_id = 4
    event.search_attributes.indexed_fields[CHANGES].data = held
    run = read_run(ArchivedRun("w", "x", 5, False, "", 0), kept.SerializeToString())
    with pytest.raises(Difference) as found:
        compare(run, [])
    assert (found.value.point, found.value.finding) == ("w@x#5", "attributes-differ")


@pytest.mark.parametrize(
    "more",
    [
        WorkflowCommand(schedule_activity=ScheduleActivity(activity_type="record")),
        WorkflowCommand(schedule_local_activity=ScheduleLocalActivity(seq=1, activity_type="decide")),
        WorkflowCommand(update_response=UpdateResponse(protocol_instance_id="act")),
    ],
    ids=["activity", "local activity", "answer"],
)
def test_a_closed_run_lacks_nothing_that_its_code_tells(more: WorkflowCommand) -> None:
    kept = history()
    run = read_run(ArchivedRun("w", "x", 4, False, "", 0), kept.SerializeToString())
    assert compare(run, [more]) == 0, "an open run goes on after what was kept of it"
    end = kept.events.add(event_id=5, event_type=EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
    run = read_run(ArchivedRun("w", "x", 5, True, "", 0), kept.SerializeToString())
    assert compare(run, [more]) == 1, "one that others ended lacks what it had not told yet"
    end.event_type = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED
    failed = WorkflowCommand(fail_workflow_execution=FailWorkflowExecution())
    run = read_run(ArchivedRun("w", "x", 5, True, "", 0), kept.SerializeToString())
    assert compare(run, [failed]) == 1
    with pytest.raises(Difference) as found:
        compare(run, [more, failed])
    assert (found.value.point, found.value.finding) == ("w@x#5", "replay-tells-more")


@pytest.mark.parametrize(
    "noted",
    [b"{}", b"[" * 100_000, b"\xff", b'{"seq":"x"}', b'{"seq":1,"activity_id":"1","activity_type":"other"}'],
)
def test_a_marker_of_a_local_activity_that_the_code_does_not_call_differs(noted: bytes) -> None:
    kept = history()
    event = kept.events.add(event_id=5, event_type=EventType.EVENT_TYPE_MARKER_RECORDED)
    marker = event.marker_recorded_event_attributes
    marker.workflow_task_completed_event_id = 4
    marker.marker_name = LOCAL_ACTIVITY
    marker.details["data"].payloads.add(data=noted)
    run = read_run(ArchivedRun("w", "x", 5, False, "", 0), kept.SerializeToString())
    called = ScheduleLocalActivity(seq=1, activity_id="1", activity_type="decide")
    with pytest.raises(Difference) as found:
        compare(run, [WorkflowCommand(schedule_local_activity=called)])
    assert (found.value.point, found.value.finding) == ("w@x#5", "activity-differs")


def refusal(sentence: str, code: str = "late", params: bytes = b'{"until":"then"}') -> Failure:
    failure = Failure(message=sentence)
    failure.application_failure_info.type = code
    failure.application_failure_info.details.payloads.append(Payload(data=params))
    return failure


def make_run(failure: Failure) -> Run:
    """A run in which one act was answered by a refusal."""
    kept = history()
    accepted = kept.events.add(
        event_id=5, event_type=EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
    ).workflow_execution_update_accepted_event_attributes
    accepted.protocol_instance_id = "act"
    completed = kept.events.add(
        event_id=6, event_type=EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED
    ).workflow_execution_update_completed_event_attributes
    completed.accepted_event_id = 5
    completed.outcome.failure.CopyFrom(failure)
    return read_run(ArchivedRun("w", "x", 6, False, "", 0), kept.SerializeToString())


def make_commands(failure: Failure) -> list[WorkflowCommand]:
    accepted = UpdateResponse(protocol_instance_id="act")
    accepted.accepted.SetInParent()
    return [
        WorkflowCommand(update_response=accepted),
        WorkflowCommand(update_response=UpdateResponse(protocol_instance_id="act", rejected=failure)),
    ]


def test_a_refusal_that_an_earlier_release_worded_otherwise_is_the_same_answer() -> None:
    run = make_run(refusal("The deadline passed then."))
    assert compare(run, make_commands(refusal("The deadline has passed: then."))) == 2


@pytest.mark.parametrize(
    "other", [refusal("", code="ended"), refusal("", params=b'{"until":"now"}')], ids=["code", "parameters"]
)
def test_a_refusal_of_another_code_or_with_other_parameters_differs(other: Failure) -> None:
    with pytest.raises(Difference) as found:
        compare(make_run(refusal("")), make_commands(other))
    assert (found.value.point, found.value.finding) == ("w@x#6", "outcome-differs")
