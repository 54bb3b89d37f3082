"""One to one: what a workflow's histories say was recorded, and the entries of its stream."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from activities.messages import RECORD, Recorded, RecordRequest
from audit.archived import StreamEntries
from audit.claims import Difference
from audit.history import Run
from audit.judging import NotHeld
from selection.leaf import Leaf, leaf_bytes, leaf_hash
from selection.model import Frozen
from selection.streams import aggregate, log_of
from workflows.loop import StreamStart

M = TypeVar("M", bound=Frozen)

SCHEDULED = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
COMPLETED = EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
WITHOUT_EFFECT = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED: "activity_task_failed_event_attributes",
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED: "activity_task_canceled_event_attributes",
}


class Matching:
    """Walks a workflow's runs from the first to the last, with the state that the matched entries fold to."""

    def __init__(self, stream: str, entries: StreamEntries, restored: Sequence[int] = ()) -> None:
        """`restored` are the versions at which the record says that a run was started from the record."""
        self._stream = stream
        self._restored = restored
        self._log = log_of(stream)
        self._entries = entries
        self._state: Any = aggregate(stream).initial(stream)
        self._asked: dict[int, RecordRequest] = {}
        self.matched = 0

    def follow(self, run: Run) -> None:
        """Match what one run recorded. Raises Difference at the first event that the record does not answer to."""
        self._settle_unanswered()
        self._hold_start(run)
        for event in run.events:
            if event.event_type == SCHEDULED:
                self._note_request(run, event)
            elif event.event_type == COMPLETED:
                self._hold_result(run, event)
            elif event.event_type in WITHOUT_EFFECT:
                failed = getattr(event, WITHOUT_EFFECT[event.event_type])
                self._asked.pop(failed.scheduled_event_id, None)

    def finish(self, last: Run) -> int:
        """See that no entry is left over, and return how many were matched.

        Raises Difference at an entry that no event told of. An open run may have recorded more after it was
        kept, which can't be shown: NotHeld.
        """
        self._settle_unanswered()
        if last.listed.closed:
            self._refuse_more()
        elif self.matched < len(self._entries):
            seq, _ = self._entries.at(self.matched + 1)
            raise NotHeld("beyond-archive", last.last_point, entry=f"{self._log}#{seq}")
        return self.matched

    def _settle_unanswered(self) -> None:
        """Take what a run asked to record at its end, if the record holds it: it may have died before the answer."""
        for request in self._asked.values():
            if self._told_by(request):
                for leaf in request.leaves:
                    self._take(leaf)
        self._asked.clear()

    def _hold_start(self, run: Run) -> None:
        """See that a run starts from what the entries before it fold to."""
        first = run.events[0]
        start = _read(run, first, run.started.input, StreamStart)
        known = self._state.version
        if not start.state:
            if known:
                raise Difference(run.point(first), "start-differs")
            return
        try:
            state = aggregate(self._stream).load(start.state)
        except ValidationError:
            raise Difference(run.point(first), "start-differs") from None
        if not run.started.continued_execution_run_id and not any(
            at <= state.version for at in self._restored
        ):
            raise Difference(run.point(first), "start-not-on-record")
        if state.version > known:
            self._refuse_more()
        if state != self._state:
            raise Difference(run.point(first), "start-differs")

    def _note_request(self, run: Run, event: HistoryEvent) -> None:
        attributes = event.activity_task_scheduled_event_attributes
        if attributes.activity_type.name != RECORD:
            return
        request = _read(run, event, attributes.input, RecordRequest)
        streams = {request.stream, *(leaf.stream for leaf in request.leaves)}
        if streams != {self._stream} or request.log != self._log or not request.leaves:
            raise Difference(run.point(event), "recorded-elsewhere", stream=request.stream)
        self._asked[event.event_id] = request

    def _hold_result(self, run: Run, event: HistoryEvent) -> None:
        attributes = event.activity_task_completed_event_attributes
        request = self._asked.pop(attributes.scheduled_event_id, None)
        if request is None:
            return
        answer = _read(run, event, attributes.result, Recorded)
        if not answer.done:
            return
        for leaf in request.leaves:
            self._hold_leaf(run, event, leaf)
        seq, digest = self._entries.at(self.matched)
        if (answer.seq, answer.leaf_hash) != (seq, digest.hex()):
            raise Difference(run.point(event), "result-differs", entry=f"{self._log}#{seq}")

    def _hold_leaf(self, run: Run, event: HistoryEvent, leaf: Leaf) -> None:
        expected = self.matched + 1
        version = str(leaf.version)
        if leaf.version != expected or expected > len(self._entries):
            raise Difference(run.point(event), "event-without-entry", version=version)
        seq, digest = self._entries.at(expected)
        if leaf_hash(leaf_bytes(leaf)) != digest:
            raise Difference(run.point(event), "entry-differs", entry=f"{self._log}#{seq}", version=version)
        self._take(leaf)

    def _take(self, leaf: Leaf) -> None:
        self._state = aggregate(self._stream).evolve(self._state, leaf)
        self.matched = leaf.version

    def _told_by(self, request: RecordRequest) -> bool:
        """Tell whether the next entries are those of a request that was not answered."""
        first = self.matched + 1
        if request.leaves[0].version != first or request.leaves[-1].version > len(self._entries):
            return False
        hashes = [self._entries.at(first + offset)[1] for offset in range(len(request.leaves))]
        return hashes == [leaf_hash(leaf_bytes(leaf)) for leaf in request.leaves]

    def _refuse_more(self) -> None:
        if self.matched < len(self._entries):
            seq, _ = self._entries.at(self.matched + 1)
            if any(at > self.matched for at in self._restored):
                # Temporal lost what made it, and somebody put this on the record.
                raise NotHeld("restored-from-record", f"{self._log}#{seq}", stream=self._stream)
            raise Difference(f"{self._log}#{seq}", "entry-without-event", stream=self._stream)


def _read(run: Run, event: HistoryEvent, payloads: Payloads, model: type[M]) -> M:
    try:
        [payload] = payloads.payloads
        return model.model_validate_json(payload.data)
    except ValueError:
        raise Difference(run.point(event), "payload-unreadable") from None
