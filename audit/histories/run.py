"""One run's history as it was kept: read, and seen to be a whole history of that run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import History, HistoryEvent
from temporalio.client import WorkflowHistory

from audit.bundle.archive import ArchivedRun
from audit.bundle.layout import history_of
from audit.claims import Difference

ENDS = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    }
)
"""What the last event of a closed run may be."""

BY_OTHERS = (
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
)
"""Ends that code has no say in."""

RESET = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW


@dataclass(frozen=True)
class Run:
    """A run as kept, with where it was listed."""

    listed: ArchivedRun
    events: Sequence[HistoryEvent]

    @property
    def start(self) -> Any:
        """What the run was started with."""
        return self.events[0].workflow_execution_started_event_attributes

    @property
    def has_ended_itself(self) -> bool:
        """Tell whether the workflow's own code ended the run, so that nothing of what it did is missing."""
        return self.listed.closed and self.events[-1].event_type not in BY_OTHERS

    @property
    def continues_as(self) -> str:
        """The id of the run that continues this one, empty if none does."""
        last = self.events[-1].workflow_execution_continued_as_new_event_attributes
        return str(last.new_execution_run_id)

    @property
    def fork(self) -> HistoryEvent | None:
        """Where an operator's reset began this run, None if it was no reset: what stands before is a copy."""
        return fork_in(self.events)

    @property
    def reset_of(self) -> str:
        """The id of the run that this one was reset from, empty if it was no reset."""
        fork = self.fork
        return str(fork.workflow_task_failed_event_attributes.base_run_id) if fork is not None else ""

    @property
    def fork_id(self) -> int:
        """The id of the first event of its own."""
        fork = self.fork
        return fork.event_id if fork is not None else 0

    @property
    def began(self) -> int:
        """When its first event of its own was, in nanoseconds."""
        first = self.fork or self.events[0]
        return first.event_time.ToNanoseconds()

    @property
    def history(self) -> WorkflowHistory:
        """The history as Temporal's Replayer takes it."""
        return WorkflowHistory(self.listed.workflow_id, self.events)

    def point(self, event: HistoryEvent) -> str:
        """Return an event's place."""
        return f"{self.listed.workflow_id}@{self.listed.run_id}#{event.event_id}"

    @property
    def last_point(self) -> str:
        """The place of the last event that was kept."""
        return self.point(self.events[-1])

    def has_tasks(self) -> bool:
        """Tell whether the workflow's code ever ran; before that there is nothing to replay."""
        return any(event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED for event in self.events)


def read_run(listed: ArchivedRun, body: bytes) -> Run:
    """Return the run in the bytes. Raises Difference when they are no whole history of it."""
    name = history_of(listed.workflow_id, listed.run_id)
    try:
        run = Run(listed, History.FromString(body).events)
    except DecodeError:
        raise Difference(name, "history-unreadable") from None
    if not run.events or run.events[0].event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
        raise Difference(name, "history-unreadable")
    for expected, event in enumerate(run.events, start=1):
        if event.event_id != expected:
            raise Difference(run.point(event), "event-skipped", expected=str(expected))
    for event in run.events[1:]:
        # A Replayer waits without end for some of these.
        if _refers_ahead(event):
            raise Difference(run.point(event), "event-skipped", expected=str(event.event_id))
    if (run.start.workflow_id, run_id_of(run.events)) != (listed.workflow_id, listed.run_id):
        raise Difference(run.point(run.events[0]), "history-of-another-run")
    for event in run.events[:-1]:
        if event.event_type in ENDS:
            raise Difference(run.point(event), "event-after-end")
    closed = run.events[-1].event_type in ENDS
    if (len(run.events), closed) != (listed.events, listed.closed):
        params = {"stated": str(listed.events), "found": str(len(run.events))}
        raise Difference(run.last_point, "history-length-differs", **params)
    return run


def fork_in(events: Sequence[HistoryEvent]) -> HistoryEvent | None:
    """Return the event at which a reset began a history, None if it was no reset."""
    resets = (
        event for event in reversed(events) if event.workflow_task_failed_event_attributes.cause == RESET
    )
    return next(resets, None)


def run_id_of(events: Sequence[HistoryEvent]) -> str:
    """Return the run that a history is of: one that was reset starts with a copy, and names itself at the reset."""
    fork = fork_in(events)
    if fork is not None:
        return str(fork.workflow_task_failed_event_attributes.new_run_id)
    return str(events[0].workflow_execution_started_event_attributes.original_execution_run_id)


def _refers_ahead(event: HistoryEvent) -> bool:
    """Tell whether an event follows from one that does not come before it in this history."""
    attributes = getattr(event, event.WhichOneof("attributes") or "", None)
    if attributes is None:
        return False
    return any(
        field.name.endswith("event_id") and not field.name.startswith(ELSEWHERE) and value >= event.event_id
        for field, value in attributes.ListFields()
    )


ELSEWHERE = ("external_", "parent_")
"""How the names of fields begin that refer to an event of another workflow's history."""
