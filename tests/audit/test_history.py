import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History

from audit.bundle.archive import ArchivedRun
from audit.claims import Difference
from audit.histories.run import read_run


def history() -> History:
    """The beginning of a run: started, and its first task scheduled, started and done."""
    kept = History()
    for number, name in enumerate(
        ("EXECUTION_STARTED", "TASK_SCHEDULED", "TASK_STARTED", "TASK_COMPLETED"), 1
    ):
        kept.events.add(event_id=number, event_type=EventType.Value(f"EVENT_TYPE_WORKFLOW_{name}"))
    started = kept.events[0].workflow_execution_started_event_attributes
    started.workflow_id, started.original_execution_run_id = "w", "x"
    # What refers to the history of another workflow says nothing about this one.
    started.parent_initiated_event_id = 99
    kept.events[1].workflow_task_scheduled_event_attributes.attempt = 1
    kept.events[2].workflow_task_started_event_attributes.scheduled_event_id = 2
    kept.events[3].workflow_task_completed_event_attributes.scheduled_event_id = 2
    kept.events[3].workflow_task_completed_event_attributes.started_event_id = 3
    return kept


def test_an_event_follows_from_earlier_ones() -> None:
    listed = ArchivedRun("w", "x", 4, False, "", 0)
    kept = history()
    assert len(read_run(listed, kept.SerializeToString()).events) == 4
    kept.events[2].workflow_task_started_event_attributes.scheduled_event_id = 3
    with pytest.raises(Difference) as found:
        read_run(listed, kept.SerializeToString())
    assert (found.value.point, found.value.finding) == ("w@x#3", "event-skipped")
