"""What a history holds that no code ever wrote is a difference, not a crash."""

import pytest
from temporalio.api.enums.v1 import EventType

from audit.archived import ArchivedRun
from audit.claims import Difference
from audit.history import read_run
from audit.history_comparison import CHANGES, compare
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
