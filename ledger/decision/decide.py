"""Decide where it is recorded: load, settle, gather, decide and append, in one place for every kind of stream.

Everything is read as it stands at the very place of the log where the entries will stand. What was read is compared
once the log's head is held; if anything moved, the decision is made again. So a decision needs no lock while it
thinks, and an entry never rests on what was no longer so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import TypeVar

from ledger.append.append import Batch, FoldedStates, Record, new_receipts
from ledger.database.store import Store
from ledger.decision.citable import read_as_cited
from ledger.decision.facts import FactsReader
from ledger.decision.halts import QUERIES, Halts
from ledger.decision.place import Place, ask_place, decision_of, key_of
from ledger.decision.reads import ReadNotes
from ledger.errors import ReadsMoved, RecordHalted, RecordUnavailable
from selection.decision.aggregate import ActRefused, Frame, event_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, Task, decide
from selection.decision.making import Asking, Outcome
from selection.decision.stream_state import StreamState
from selection.kernel.counting import number_of
from selection.kernel.leaf import Leaf, Receipt, leaf_hash
from selection.projections.standing import Standing, measure_standing
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.streams import aggregate, log_of

T = TypeVar("T")

AHEAD = timedelta(seconds=2)
"""How far the clock of who asks may be ahead of the database's: it is waited for. Beyond, the clocks are wrong."""

OVERTAKEN_AT_MOST = 5
"""How often others may come before a decision until it keeps them out while it is made."""


@dataclass(frozen=True)
class DecisionResult:
    """How a task was answered: the receipt of its last entry, the refusal if it was refused, where the stream stands.

    `receipts` are of all that was recorded now, in order. A refusal without a receipt was not recorded.
    """

    receipt: Receipt | None
    refused: Refused | None
    standing: Standing
    leaves: tuple[Leaf, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    frame: Frame | None = None


class Deciding:
    """The only way to an entry."""

    def __init__(self, store: Store, record: Record, facts: FactsReader, halts: Halts) -> None:
        self._store = store
        self._record = record
        self._facts = facts
        self._halts = halts
        self._sizes: dict[str, tuple[datetime | None, int]] = {}

    async def decide(
        self, stream: str, task: Task, at: datetime | None = None, *, knows: int = 0
    ) -> DecisionResult:
        """Decide on a task at an instant, by default now, and record what it brings; all or nothing.

        The same command of the same person is answered as it was the first time. `knows` is a version that the
        record told of before: where it is behind that, entries were lost, and the log is halted. Raises
        RecordUnavailable when it is not known what was recorded, and RecordHalted.

        One that others overtake again and again, as in a register that is being imported, is made while nobody else
        appends: then it is certain to be recorded.
        """
        # The register's own acts come one after the other, and an erasure is another session's.
        for _ in range(OVERTAKEN_AT_MOST) if stream != INSTALLATION else count():
            try:
                return self._note_recorded(*await self._decide(stream, task, at, knows))
            except ReadsMoved:
                continue
        async with self._record.alone():
            made = await self._decide(stream, task, at, knows)
        return self._note_recorded(*made)

    async def _decide(
        self, stream: str, task: Task, at: datetime | None, knows: int
    ) -> tuple[Place, DecisionResult]:
        """Decide once, and return where. Raises ReadsMoved when it is to be made again."""
        while True:
            # Before the place is read: another decision may be recorded meanwhile.
            known = self._sizes.get(log_of(stream))
            place = await self._place(stream, task)
            await self._refuse_loss(place, knows, known)
            refused_or_done = self._find_answer(place, task)
            if refused_or_done is not None:
                return place, await self._keep_standing(place, *refused_or_done)
            if at is not None and at > place.row["clock"]:
                await _wait_for_clock(at - place.row["clock"])
                continue
            return place, await self._make(place, task, at or place.row["clock"])

    async def foresee(self, stream: str, task: Task, at: datetime | None = None) -> Outcome[StreamState]:
        """Return what a task would bring now; nothing is recorded or sent."""
        (found,) = await self.foresee_each(stream, [task], at)
        return found

    async def foresee_unstored(self, stream: str, task: Task) -> Outcome[StreamState]:
        """Return what a task would bring now, taking what it cites as stored; nothing is recorded or sent."""
        while True:
            place = await self._place(stream, task)
            at, noted = place.row["clock"], place.get_noted()
            asking = decide(place.core, place.state(), task, at, place.frame)
            try:
                return await answer_from(asking, partial(read_as_cited(self._facts.read, at), noted=noted))
            except ReadsMoved:
                continue

    async def foresee_each(
        self, stream: str, tasks: Sequence[Task], at: datetime | None = None
    ) -> list[Outcome[StreamState]]:
        """Return what each of several tasks would bring now, each without the others; the place is read once for all.

        It is read again for a task of another person, or that cites or is signed by something else, and where what a
        task reads has moved on.
        """
        found, place, known = [], None, None
        for task in tasks:
            asked = {**ask_place(stream, task), "command_id": ""}
            while True:
                if place is None or asked != known:
                    place, known = await self._place(stream, task), asked
                asking = decide(place.core, place.state(), task, at or place.row["clock"], place.frame)
                try:
                    found.append(await self._ask(asking, place.get_noted()))
                    break
                except ReadsMoved:
                    place = None
        return found

    async def _make(self, place: Place, task: Task, at: datetime) -> DecisionResult:
        """Decide at this place and record. Raises ReadsMoved when it is to be made again."""
        # Who sent it may have asked another clock: no act is dated before the one that it follows.
        at = max(at, place.row["last_at"] or at)
        state, noted = place.state(), place.get_noted()
        outcome = await self._ask(decide(place.core, state, task, at, place.frame), noted)
        log = log_of(place.stream)
        receipts: tuple[Receipt, ...] = ()
        if outcome.leaves:
            batch = Batch(log, place.stream, tuple(outcome.leaves), tuple(outcome.bodies))
            folded = FoldedStates(state, tuple(outcome.states))
            first = await self._record.write(batch, place.snapshot, noted.reads(), folded)
            if first is None:
                raise ReadsMoved("another entry came first")
            receipts = tuple(new_receipts(batch, first))
        mine = receipts[-1] if receipts and _is_answer(task, outcome) else None
        return DecisionResult(
            receipt=mine,
            refused=outcome.refused,
            standing=measure_standing(place.core, outcome.state, outcome.facts),
            leaves=tuple(outcome.leaves),
            receipts=receipts,
            frame=place.frame,
        )

    async def _place(self, stream: str, task: Task) -> Place:
        row = await self._store.row(QUERIES["read_place"], ask_place(stream, task))
        assert row is not None
        named, renewal = decision_of(task), self._record.reading.renewal
        beside = {"stream": named.stream if named else "", "version": row["named_stands"]}
        own, other = await renewal.renew_states(
            [
                {"stream": stream, "version": row["version"], "state": row["state"], "fold": row["fold"]},
                {**beside, "state": row["named_state"], "fold": row["named_fold"]},
            ]
        )
        states = {"state": own["state"], "named_state": other["state"]}
        projected = not renewal.is_foreign(row["fold"])
        return Place(stream, {**row, **states}, aggregate(stream), named, projected)

    async def _refuse_loss(self, place: Place, knows: int, known: tuple[datetime | None, int] | None) -> None:
        """Raise RecordHalted where entries that were told of before are gone, or that was found already.

        What this process saw before a person chose to go on from what there is counts no more.
        """
        log, size = log_of(place.stream), int(place.row["size"])
        before = known[1] if known is not None and known[0] == place.row["lifted"] else 0
        if place.row["halted"] is None:
            if place.version >= knows and size >= before:
                self._note_size(place, size)
                return
            found = f"{place.stream} at {place.version}, was {knows}" if place.version < knows else ""
            await self._halts.halt(log, found or f"{number_of(size, 'entry', 'entries')}, were {before}")
        raise RecordHalted(f"entries of {log} were lost; choose with `selection reconcile`")

    def _note_recorded(self, place: Place, made: DecisionResult) -> DecisionResult:
        """Note how far the log goes by what was committed: noted before, it would look to others as if it was lost."""
        if made.receipts:
            self._note_size(place, made.receipts[-1].seq + 1)
        return made

    def _note_size(self, place: Place, size: int) -> None:
        log, lifted = log_of(place.stream), place.row["lifted"]
        known = self._sizes.get(log)
        if known is None or known[0] != lifted or known[1] < size:
            self._sizes[log] = (lifted, size)

    async def record_again(
        self, stream: str, task: Task, at: datetime, frame: Frame, hashes: Sequence[str]
    ) -> bool:
        """Record what a halted log lost, if the task then brings leaves of these very hashes; else change nothing.

        Needs a record that stands where it stood then, and the frame of that time. Contents that it cited may be gone.
        """
        place = await self._place(stream, task)
        for read in (self._facts.read, read_as_cited(self._facts.read, at)):
            noted = place.get_noted()
            asking = decide(place.core, place.state(), task, at, frame)
            outcome = await answer_from(asking, partial(read, noted=noted))
            if [leaf_hash(body).hex() for body in outcome.bodies] == list(hashes):
                batch = Batch(log_of(stream), stream, tuple(outcome.leaves), tuple(outcome.bodies))
                return await self._record.bring_back(batch, place.snapshot, noted.reads()) is not None
        return False

    def _find_answer(self, place: Place, task: Task) -> tuple[Receipt | None, Refused | None] | None:
        """Return the answer that needs no decision: that of the same command before, or of a stranger."""
        before = place.before()
        if before is not None:
            leaf, receipt = before
            event = event_of(leaf)
            if isinstance(task, Act) and leaf.data.get("command_hash") != task.envelope.digest:
                return None, Refused("command-reused")
            refused = Refused(event.code, **event.params) if isinstance(event, ActRefused) else None
            return receipt, refused
        if not isinstance(task, Act) or place.person_fact is not None:
            return None
        stranger = Refused("unknown-person" if place.row["register_size"] else "not-founded")
        return None if place.core.admits_stranger(place.state(), task.envelope.kind) else (None, stranger)

    async def _keep_standing(
        self, place: Place, receipt: Receipt | None, refused: Refused | None
    ) -> DecisionResult:
        facts = Facts()
        if place.core.in_round:
            facts = await self._facts.read(FactsRequest(terms=True, deadlines=True), place.get_noted())
        return DecisionResult(receipt, refused, measure_standing(place.core, place.state(), facts))

    async def _ask(self, asking: Asking[Outcome[StreamState]], noted: ReadNotes) -> Outcome[StreamState]:
        return await answer_from(asking, partial(self._facts.read, noted=noted))


async def answer_from(asking: Asking[T], answer: Callable[[FactsRequest], Awaitable[Facts]]) -> T:
    """Run a decision to its end, with facts that take time to read.

    The loop of `selection/decision/machine.py` once more: the core knows no `await`, and who awaits cannot call it.
    """
    try:
        request = next(asking)
        while True:
            request = asking.send(await answer(request))
    except StopIteration as done:
        result: T = done.value
        return result


async def _wait_for_clock(ahead: timedelta) -> None:
    if ahead > AHEAD:
        raise RecordUnavailable(f"the clocks differ by {ahead.total_seconds():.0f} s; see `selection doctor`")
    await asyncio.sleep(ahead.total_seconds())


def _is_answer(task: Task, outcome: Outcome[StreamState]) -> bool:
    return bool(outcome.leaves) and outcome.leaves[-1].data["command_id"] == key_of(task)[1]
