"""Carry out what a person chose about a log that lost entries: bring back what can be had again, or go on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from temporalio.client import Client

from activities.messages import Answer
from ledger.append.restorations import Restoration
from ledger.errors import LedgerError, ReadsMoved, RecordUnavailable
from ledger.record import Ledger
from selection.decision.aggregate import ActRefused, Frame
from selection.decision.machine import Act, Report, Settle, Task
from selection.decision.reference import Decision
from selection.kernel.actor import Actor
from selection.kernel.counting import number_of
from selection.round.commands import ReportBatch
from starter.reconcile.comparing import Compared, Finding
from starter.reconcile.resume import forget, poke

# So many ids fit into a leaf.
CONTENTS_AT_MOST = 800


@dataclass(frozen=True)
class Choice:
    """Who chose and why, and the parts that it is done with. `recorder` is the record in the workers' role."""

    client: Client
    ledger: Ledger
    actor: Actor
    command_id: str

    async def repair(self, recorder: Ledger, compared: Compared) -> list[Finding]:
        """Bring back what was lost, log by log; lift the halt of each that lacks nothing more.

        Returns what could not be had again. Until that is settled its log stays halted.
        """
        left: list[Finding] = []
        for log in compared.logs:
            lost = compared.of(log)
            await self._announce(compared, log, "repair")
            # Nobody else records meanwhile: what is brought back goes to the places that it had.
            answers = number_of(len(lost), "answer is", "answers are")
            await recorder.halts.halt(log, f"{answers} not in the record: repair {self.command_id}")
            missing = [item for item in lost if not await self._bring_back(recorder, item)]
            left += missing
            if not missing:
                await self._open(log)
        return left

    async def go_on(self, compared: Compared) -> None:
        """Take what the record holds for all that there is, log by log, and open each again."""
        for log in compared.logs:
            lost = compared.of(log)
            await self._announce(compared, log, "go-on")
            for item in lost:
                for task in item.tasks[:1]:
                    await self._keep_number(item, task)
            await self._open(log)

    async def _announce(self, compared: Compared, log: str, choice: Literal["repair", "go-on"]) -> None:
        """Put the choice into the installation's log, once however often the command is repeated."""
        said = Restoration(
            target=log,
            choice=choice,
            size=await self.ledger.reading.head(log),
            lost=sum(len(item.answer.hashes) for item in compared.of(log)),
            contents=compared.contents.get(log, ())[:CONTENTS_AT_MOST],
        )
        mark = hashlib.sha256(f"{choice}/{log}".encode()).hexdigest()[:8]
        await self.ledger.restorations.record(f"{self.command_id}.{mark}", self.actor, said)

    async def _bring_back(self, recorder: Ledger, lost: Finding) -> bool:
        """Decide again as it was decided then; record it only if it is the same to the byte."""
        answer = lost.answer
        if lost.state != "lost" or answer.recorded is None:
            return False
        for task in lost.tasks or await _reports(recorder, lost):
            for at in _instants(task, answer):
                if await _record_again(recorder, lost, task, at):
                    await self._keep_number(lost, task)
                    return True
        return False

    async def _keep_number(self, lost: Finding, task: Task) -> None:
        """Give an application's number back to the command that had it: it is nobody else's."""
        if lost.answer.first == 1 and lost.stream.startswith("application/") and isinstance(task, Act):
            _, round_id, number = lost.stream.split("/")
            envelope = task.envelope
            await self.ledger.numbers.keep(round_id, int(number), envelope.actor.person, envelope.command_id)

    async def _open(self, log: str) -> None:
        """Let the log take entries again: first every workflow forgets what it knew, as it would halt it anew."""
        await forget(self.client, [log])
        await self.ledger.halts.lift(log)
        await poke(self.client, [log])


async def _record_again(recorder: Ledger, lost: Finding, task: Task, at: datetime) -> bool:
    answer = lost.answer
    assert answer.recorded is not None
    frame = Frame(recorded=answer.recorded, register_size=answer.register_size)
    while True:
        try:
            return await recorder.deciding.record_again(lost.stream, task, at, frame, answer.hashes)
        except RecordUnavailable:
            raise
        except ReadsMoved:
            # Somebody was registered meanwhile.
            continue
        except LedgerError:
            return False


async def _reports(recorder: Ledger, lost: Finding) -> Sequence[Task]:
    """Return what the end of a batch may have said: its applications took the decision, or refused it, before."""
    kind, _, rest = lost.answer.command_id.partition("/")
    batch, _, begun = rest.rpartition("/")
    if kind != "report" or batch.startswith("draw/") or not begun.isdigit():
        return []
    decision = Decision(stream=lost.stream, version=int(begun))
    carried = await recorder.reading.read_caused(decision.command_id)
    refused = {leaf.stream for _, leaf in carried if leaf.type == ActRefused.TYPE}
    touched = len({leaf.stream for _, leaf in carried} - refused)
    return [
        Report(ReportBatch(batch=batch, touched=touched, left_over=left), lost.answer.command_id)
        for left in ((), tuple(sorted(refused)))
    ]


def _instants(task: Task, answer: Answer) -> Sequence[datetime]:
    """Return when it may have been decided: entries of a deadline do not tell when it was settled."""
    assert answer.recorded is not None
    if isinstance(task, Settle):
        return [answer.recorded] if answer.at is None else [answer.recorded, answer.at]
    return [] if answer.at is None else [answer.at]
