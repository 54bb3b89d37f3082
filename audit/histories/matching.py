"""One to one: what the record answered, as its workflows' histories hold it, and the entries of a stream.

No replay is needed for it: every answer stands in a history as the result of a local activity (a marker) or of a
regular one, and tells the first version, the first sequence number and all leaf hashes of what it recorded. So each
answer has its entries, each receipt that an update was answered with names one, and each entry has an answer.

An entry may lack its answer in an honest round: the commit comes before Temporal has stored what was answered, and
a worker may die between the two; a run may be reset; Temporal may be lost or set back. Later answers tell of such an
entry, since they say at which version the stream stands. It is no difference then, and it is not proven either:
`Matching.untold` names it, and it counts as matched only if it is decided again from the record
(audit/decisions/verification.py). An entry of which nothing tells at all, on a stream whose last runs have closed, is
one that no workflow had recorded: that is refuted.

An application whose requests for review are decided has two workflows at once. Their answers lie between each other:
each tells of what it recorded, one decision after the other, and of no entry that the other tells of.
"""

from collections.abc import Sequence
from typing import TypeVar

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.update.v1 import Outcome

from activities.messages import CARRY_OUT, DECIDE, DRAW, Answer, StreamStart
from audit.bundle.archive import GoneOn, StreamEntries
from audit.claims import Difference, NotInBundle
from audit.histories.comparison import MARKER, local_of
from audit.histories.run import Run
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.streams import log_of

M = TypeVar("M", bound=Frozen)

SCHEDULED = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
COMPLETED = EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
ANSWERED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED
RECORDING = (DECIDE, DRAW, CARRY_OUT)
"""The activities that put something on the record and answer with what it was."""


class Matching:
    """Walks the runs of a stream's workflows from the first to the last, and notes of which entries they tell."""

    def __init__(self, stream: str, entries: StreamEntries, gone_on: Sequence[GoneOn] = ()) -> None:
        """`gone_on` are the choices to go on without what the log had lost."""
        self._stream = stream
        self._gone_on = gone_on
        self._given_up = ""
        self._log = log_of(stream)
        self._entries = entries
        self._matched: dict[int, str] = {}
        self._decided_up_to: dict[str, int] = {}
        self._answered_up_to = 0

    @property
    def match_count(self) -> int:
        """How many entries have their answer."""
        return len(self._matched)

    def follow(self, run: Run) -> None:
        """Match what one run was answered. Raises Difference at the first event that the record does not bear out."""
        _read(run, run.events[0], run.start.input.payloads, StreamStart)
        scheduled: dict[int, str] = {}
        for event in run.events:
            if event.event_type == SCHEDULED:
                name = event.activity_task_scheduled_event_attributes.activity_type.name
                scheduled[event.event_id] = name
            elif event.event_type == ANSWERED:
                self._hold_outcome(run, event)
            else:
                name, result = result_in(event, scheduled)
                if name in RECORDING:
                    self._hold_answer(run, event, _read(run, event, result, Answer), name)

    def finish(self, last: Sequence[Run]) -> int:
        """See that no entry lies beyond all that the histories tell, and return how many were matched.

        `last` are the last runs of each workflow. Raises Difference at an entry that nothing tells of. An open run may
        have recorded more after it was kept, which can't be shown: NotInBundle.
        """
        if self._given_up:
            raise NotInBundle("given-up", self._given_up, stream=self._stream)
        if self._answered_up_to >= len(self._entries):
            return self.match_count
        seq, _ = self._entries.at(self._answered_up_to + 1)
        entry = f"{self._log}#{seq}"
        for run in last:
            if not run.listed.closed:
                raise NotInBundle("beyond-archive", run.last_point, entry=entry)
        raise Difference(entry, "entry-without-event", stream=self._stream)

    def list_unanswered(self) -> list[int]:
        """Return the versions that later answers tell of, and that no answer holds itself."""
        return [
            version
            for version in range(1, min(self._answered_up_to, len(self._entries)) + 1)
            if version not in self._matched
        ]

    def _hold_answer(self, run: Run, event: HistoryEvent, answer: Answer, activity: str) -> None:
        if self._is_given_up(answer):
            self._given_up = self._given_up or run.point(event)
            return
        if answer.hashes:
            self._hold_recorded(run, event, answer, activity)
        if answer.receipt is not None:
            self._hold_receipt(run, event, answer.receipt)
        version = answer.standing.version if answer.standing is not None else 0
        # Of a standing alone nothing tells whether it was before a choice to go on without what was lost.
        if version <= len(self._entries) or not self._gone_on:
            self._hold_version(run, event, version)

    def gave_up(self, body: bytes) -> bool:
        """Tell whether an answer, as JSON, is of entries that were lost and that a person chose to go on without."""
        try:
            return bool(self._gone_on) and self._is_given_up(Answer.model_validate_json(body))
        except ValueError:
            return False

    def _is_given_up(self, answer: Answer) -> bool:
        recorded = answer.recorded
        return recorded is not None and any(item.covers(answer.seq, recorded) for item in self._gone_on)

    def _hold_recorded(self, run: Run, event: HistoryEvent, answer: Answer, activity: str) -> None:
        """Hold each hash against its entry; they follow each other in the stream and in the log."""
        place = run.point(event)
        copied = event.event_id < run.fork_id
        if activity == DECIDE and not copied:
            # A workflow takes one decision at a time; only a long activity is recorded while others are.
            if answer.first <= self._decided_up_to.get(run.listed.workflow_id, 0):
                raise Difference(place, "entry-told-twice", version=str(answer.first))
            self._decided_up_to[run.listed.workflow_id] = answer.first + len(answer.hashes) - 1
        for offset, digest in enumerate(answer.hashes):
            version = answer.first + offset
            self._hold_version(run, event, version)
            seq, leaf_hash = self._entries.at(version)
            if leaf_hash.hex() != digest:
                raise Difference(place, "entry-differs", entry=f"{self._log}#{seq}", version=str(version))
            if seq != answer.seq + offset:
                raise Difference(place, "result-differs", entry=f"{self._log}#{seq}")
            if version in self._matched and not copied and self._matched[version]:
                raise Difference(place, "entry-told-twice", version=str(version))
            self._matched[version] = place

    def _hold_receipt(self, run: Run, event: HistoryEvent, receipt: Receipt) -> None:
        """Hold a receipt, of now or of before, against the entry that it names."""
        if any(item.covers(receipt.seq, receipt.at) for item in self._gone_on):
            return
        self._hold_version(run, event, receipt.version)
        if receipt.version < 1 or receipt.stream != self._stream:
            raise Difference(run.point(event), "receipt-differs", version=str(receipt.version))
        seq, leaf_hash = self._entries.at(receipt.version)
        if (receipt.log, receipt.seq, receipt.leaf_hash) != (self._log, seq, leaf_hash.hex()):
            raise Difference(run.point(event), "receipt-differs", version=str(receipt.version))
        # An attempt whose answer was lost is told of by the receipt that the next one got.
        self._matched.setdefault(receipt.version, "")

    def _hold_outcome(self, run: Run, event: HistoryEvent) -> None:
        outcome: Outcome = event.workflow_execution_update_completed_event_attributes.outcome
        if outcome.HasField("success"):
            self._hold_receipt(run, event, _read(run, event, outcome.success.payloads, Receipt))

    def _hold_version(self, run: Run, event: HistoryEvent, version: int) -> None:
        """See that the stream has this version, and note that it was told of."""
        if version > len(self._entries):
            raise Difference(run.point(event), "event-without-entry", version=str(version))
        self._answered_up_to = max(self._answered_up_to, version)


def result_in(event: HistoryEvent, scheduled: dict[int, str]) -> tuple[str, Sequence[Payload]]:
    """Return the name of the activity whose result an event holds, and the result; an empty name for none.

    `scheduled` are the names of the regular activities by the event that scheduled them.
    """
    if event.event_type == COMPLETED:
        done = event.activity_task_completed_event_attributes
        return scheduled.get(done.scheduled_event_id, ""), done.result.payloads
    if event.event_type == MARKER:
        marker, local = event.marker_recorded_event_attributes, local_of(event)
        if local is not None and not marker.HasField("failure"):
            return local.activity_type, marker.details["result"].payloads
    return "", ()


def _read(run: Run, event: HistoryEvent, payloads: Sequence[Message], model: type[M]) -> M:
    try:
        [payload] = payloads
        assert isinstance(payload, Payload)
        return model.model_validate_json(payload.data)
    except (ValueError, AssertionError):
        raise Difference(run.point(event), "payload-unreadable") from None
