"""Decides every entry of a round's log again, from what was asked and the facts of its place, and compares the bytes.

What was asked is what the histories show: an envelope, a decision to carry out, a deadline, and the instant at which
the workflow took it. Where an answer was lost, or no history was kept, the entry names what it was made of: a deadline,
a look, a decision of another stream, or a person's command. That stands in the entry if it was signed and not refused;
of any other the entry has the hash, and some history the envelope if it was sent again. The machine that decides is the
one that decided; all that it reads is folded from the log before the entries, and from the register as far as they say
that they saw.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple

from activities.messages import Answer, DecideRequest
from audit.bundle.archive import WITH_WORKFLOW
from audit.claims import Difference, NotInBundle
from audit.decisions.batches import Batch, Log, batches
from audit.decisions.differing import name_difference
from audit.decisions.facts import FactsOfPlace
from audit.histories.evidence import DecisionEvidence, Evidence
from audit.rules.batch_reports import report_of
from audit.rules.fold import UNFIT, Folding
from audit.rules.panel.draw_contents import Draws
from selection.decision.aggregate import Frame, event_of
from selection.decision.machine import (
    Act,
    Cancellation,
    Carry,
    Report,
    Settle,
    Task,
    answer_from,
    decide,
    read_act,
)
from selection.decision.making import Outcome
from selection.decision.reference import Decision
from selection.decision.stream_state import StreamState
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, leaf_hash
from selection.projections.standing import measure_standing
from selection.recommendation.message_ids import is_to_carry
from selection.refusals.refused import Refused
from selection.streams import aggregate

NAMED = re.compile(rb'"command_id":"((?:application|recommender|round)/[^"#]+)#([0-9]+)"')
"""How an entry names the decision that it carries out."""
CANCEL = "cancel/"
LOOK = "look/"
BY_ITSELF = ("deadline/", LOOK)
"""How the command ids begin of what a stream does by itself."""


class Asking(NamedTuple):
    """One way in which a batch may have come about: a task, the instant, and whether more may have followed."""

    task: Task
    at: datetime
    open_end: bool = False


def _call_core(decide: Callable[[], Outcome[StreamState]]) -> Outcome[StreamState]:
    return decide()


@dataclass
class DecidingAgain:
    """One pass over the log. `found` are what does not follow and what can't be decided again, each with its stream.

    `only` are streams, where no others are to be decided again.
    """

    log: Log
    folding: Folding
    evidence: Evidence
    draws: Draws
    only: frozenset[str] = frozenset()
    counted: int = 0
    found: list[tuple[str, Difference | NotInBundle]] = field(default_factory=list)
    again: set[tuple[str, int]] = field(default_factory=set)
    """The entries that no answer holds and that follow all the same."""
    calling: Callable[[Callable[[], Outcome[StreamState]]], Outcome[StreamState]] = _call_core
    """Calls a decision: what else is to be around it, such as a debugger."""
    _last_at: dict[str, datetime] = field(default_factory=dict)

    def run(self) -> None:
        """Decide all again. Raises Difference where the log does not fold."""
        for body in self.log.entries(self.log.round):
            for stream, version in NAMED.findall(body):
                self.evidence.will_cite(stream.decode(), int(version))
        for found in batches(self.log, self.evidence):
            rest: Batch | None = found
            while rest is not None:
                batch, rest = rest.split(self._see(rest))
                self._fold(batch)

    def _fold(self, batch: Batch) -> None:
        for offset, (leaf, body) in enumerate(zip(batch.leaves, batch.bodies, strict=True)):
            self.folding.step(batch.seq + offset, leaf)
            self.evidence.store_cited_entry(leaf, body)
        self._last_at[batch.stream] = batch.leaves[-1].at

    def _see(self, batch: Batch) -> int:
        """Decide on a batch again, and return how many of its entries are dealt with."""
        wanted = not self.only or batch.stream in self.only
        if batch.stream.partition("/")[0] not in WITH_WORKFLOW or not wanted:
            return len(batch.leaves)
        try:
            count = self._decide(batch)
            self._hold_repeats(batch)
            self.counted += count
            return count
        except (Difference, NotInBundle) as why:
            self.found.append((batch.stream, why))
            if isinstance(why, NotInBundle):
                return self._count_unheld(batch) or len(batch.leaves)
        except UNFIT:
            self.found.append((batch.stream, Difference(batch.point(), "decision-unfit")))
        return len(batch.leaves)

    def _decide(self, batch: Batch) -> int:
        """Return how many entries the decision brought. Raises Difference at the first that differs, or NotInBundle."""
        first: Difference | None = None
        for asking in self._ways(batch):
            try:
                count = self._compare(batch, asking)
            except Difference as difference:
                first = first or difference
                continue
            if batch.shown is None:
                self.again.update((batch.stream, leaf.version) for leaf in batch.leaves[:count])
            return count
        if first is not None and not self._count_unheld(batch):
            raise first
        raise NotInBundle("act-not-held", batch.point(), stream=batch.stream)

    def _count_unheld(self, batch: Batch) -> int:
        """Return how many entries go up to the end of the first act of which nothing tells what was asked."""
        names = [] if batch.shown else [(leaf.actor.person, leaf.data["command_id"]) for leaf in batch.leaves]
        for offset, leaf in enumerate(batch.leaves):
            last = offset + 1 == len(names) - names[::-1].index(names[offset]) if names else False
            if last and leaf.actor.person != SYSTEM.person and not any(self._guess_tasks(batch, leaf)):
                return offset + 1
        return 0

    def _ways(self, batch: Batch) -> Iterator[Asking]:
        shown = batch.shown
        if shown is None:
            yield from self._guess_causes(batch)
        elif shown.request is None:
            yield Asking(_report(batch, batch.leaves[-1]), self._not_before(batch, batch.leaves[0].recorded))
        else:
            task = _task_of(shown.request, shown.run_id)
            if task is None:
                raise Difference(shown.place, "garbage-recorded", entry=batch.point())
            yield Asking(task, self._not_before(batch, shown.request.at))

    def _not_before(self, batch: Batch, at: datetime) -> datetime:
        """Return the act's instant: no act is dated before the one that it follows."""
        return max(at, self._last_at.get(batch.stream, at))

    def _guess_causes(self, batch: Batch) -> Iterator[Asking]:
        """Yield what the entries name as their cause; what fell due before it names nothing else."""
        causes = {(leaf.actor.person, str(leaf.data["command_id"])): leaf for leaf in batch.leaves}
        named = [leaf for (_, command_id), leaf in causes.items() if not command_id.startswith(BY_ITSELF)]
        for leaf in named:
            yield from self._guess_tasks(batch, leaf)
        if str(batch.leaves[0].data["command_id"]).startswith(BY_ITSELF):
            # A look is dated at the instant that was asked for. When a deadline was settled no entry tells: some
            # time between what fell due and the recording.
            looks = (leaf.at for leaf in batch.leaves if str(leaf.data["command_id"]).startswith(LOOK))
            yield Asking(Settle(), next(looks, batch.leaves[-1].recorded), open_end=True)

    def _guess_tasks(self, batch: Batch, leaf: Leaf) -> Iterator[Asking]:
        command_id = str(leaf.data["command_id"])
        decision = Decision.parse(command_id)
        if leaf.actor.person != SYSTEM.person:
            for body, refuse_as in self.evidence.find_messages(leaf):
                yield Asking(read_act(body, batch.stream, refuse_as), leaf.at)
            yield from (Asking(act, leaf.at) for act in batch.list_signed_acts(leaf))
        elif command_id.startswith(CANCEL):
            yield Asking(Cancellation(command_id.removeprefix(CANCEL)), leaf.at)
        elif decision is not None:
            yield Asking(Carry(decision), leaf.at)
        else:
            yield Asking(_report(batch, leaf), leaf.at)

    def _compare(self, batch: Batch, asking: Asking) -> int:
        """Return how many of the entries a task brings at its instant. Raises Difference at one that it does not."""
        leaf = batch.leaves[0]
        core = aggregate(batch.stream)
        facts = FactsOfPlace(self.folding.record, self.evidence, self.draws, batch.leaves, batch.point())
        state = self.folding.record.state(batch.stream)
        frame = Frame(recorded=leaf.recorded, register_size=leaf.register_size)
        asked = decide(core, state, asking.task, asking.at, frame)
        outcome = self.calling(partial(answer_from, asked, facts.answer))
        # What lost its answer may be several decisions, of which this is the first.
        whole = batch.shown is not None or not outcome.bodies
        expected = batch.bodies if whole else batch.bodies[: len(outcome.bodies)]
        for offset, body in enumerate(expected):
            if offset >= len(outcome.bodies) or outcome.bodies[offset] != body:
                again = outcome.bodies[offset] if offset < len(outcome.bodies) else None
                found = outcome.leaves[offset].type if again is not None else "-"
                difference = name_difference(body, again)
                params = {"type": batch.leaves[offset].type, "found": found, "difference": difference}
                raise Difference(batch.point(offset), "decision-differs", **params)
        if len(outcome.bodies) > len(batch.bodies) and not asking.open_end:
            found = outcome.leaves[len(batch.bodies)].type
            raise Difference(batch.point(len(batch.leaves) - 1), "decision-cut-short", found=found)
        if batch.shown is not None:
            self._hold_answer(batch, batch.shown, outcome)
        return len(expected)

    def _hold_answer(self, batch: Batch, shown: DecisionEvidence, outcome: Outcome[StreamState]) -> None:
        """See that what the workflow was told is what was decided: the standing above all, which it waits by."""
        answer, last = shown.answer, batch.leaves[-1]
        refused = outcome.refused
        expected = Answer(
            command_id=str(last.data["command_id"]),
            at=last.at,
            first=batch.leaves[0].version,
            seq=batch.seq,
            hashes=tuple(leaf_hash(body).hex() for body in batch.bodies),
            recorded=last.recorded,
            register_size=last.register_size,
            code=refused.code if refused else "",
            params=refused.params if refused else {},
            tells=answer.tells if _settles(shown) else _find_messages(batch.leaves),
            standing=measure_standing(aggregate(batch.stream), outcome.state, outcome.facts),
        )
        for name in Answer.model_fields:
            if getattr(answer, name) != getattr(expected, name):
                raise Difference(shown.place, "answer-differs", field=name, entry=batch.point())

    def _hold_repeats(self, batch: Batch) -> None:
        """See that a receipt was given again only to the act that it is of."""
        for offset, leaf in enumerate(batch.leaves):
            for place, request in self.evidence.repeats(batch.stream, leaf.version):
                if not _is_of(leaf, request):
                    raise Difference(place, "receipt-of-another", entry=batch.point(offset))


def _report(batch: Batch, leaf: Leaf) -> Report:
    command = report_of(event_of(leaf))
    if command is None:
        offset = batch.leaves.index(leaf)
        raise Difference(batch.point(offset), "decision-differs", type=leaf.type, found="-", difference="-")
    return Report(command, str(leaf.data["command_id"]))


def _task_of(request: DecideRequest, run_id: str) -> Task | None:
    """Return what was asked, None for what is nobody's act on the stream."""
    if request.cancelled:
        return Cancellation(request.run or run_id)
    if request.carry is not None:
        return Carry(request.carry)
    if not (request.body or request.refuse_as):
        return Settle()
    try:
        return read_act(request.body, request.stream, request.refuse_as)
    except Refused:
        return None


def _settles(shown: DecisionEvidence) -> bool:
    request = shown.request
    return request is not None and isinstance(_task_of(request, shown.run_id), Settle)


def _find_messages(leaves: list[Leaf]) -> dict[str, int]:
    listed = (leaf for leaf in leaves if leaf.stream.startswith("recommender/") and is_to_carry(leaf))
    return {str(leaf.data["application"]): leaf.version for leaf in listed}


def _is_of(leaf: Leaf, request: DecideRequest) -> bool:
    task = _task_of(request, "")
    match task:
        case Act():
            envelope = task.envelope
            named = (envelope.actor.person, envelope.command_id, envelope.digest)
            return named == (leaf.actor.person, leaf.data["command_id"], leaf.data.get("command_hash"))
        case Carry():
            return bool(leaf.data["command_id"] == task.decision.command_id)
    return False
