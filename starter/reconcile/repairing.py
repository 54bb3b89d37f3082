"""Carry out what a person chose about a log that lost entries: bring back what can be had again, or go on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from activities.messages import Answer
from ledger.errors import EraserAway, LedgerError, ReadsMoved, RecordUnavailable
from ledger.record import Ledger
from selection.decision.aggregate import ActRefused, Frame
from selection.decision.machine import Act, Report, Settle, Task
from selection.decision.reference import Decision
from selection.kernel.actor import Actor
from selection.kernel.counting import number_of
from selection.register.commands import CONTENTS_AT_MOST, RecordRestoration
from selection.register.state import INSTALLATION
from selection.round.commands import ReportBatch
from starter.client.client import SelectionClient
from starter.reconcile.comparing import Comparison, Finding
from starter.reconcile.resume import forget, poke


@dataclass(frozen=True)
class Choice:
    """Who chose and why, and the parts that it is done with. `recorder` is the record in the workers' role."""

    client: SelectionClient
    recorder: Ledger
    actor: Actor
    command_id: str

    async def repair(self, compared: Comparison) -> list[Finding]:
        """Bring back what was lost, log by log; lift the halt of each that lacks nothing more.

        Returns what could not be had again. Until that is settled its log stays halted. Raises EraserAway for an
        erasure, where the eraser's login is missing.
        """
        left: list[Finding] = []
        for log in _in_turn(compared):
            lost = compared.of(log)
            if log != INSTALLATION:
                await self._announce(compared, log, "repair")
            # Nobody else records meanwhile: what is brought back goes to the places that it had.
            answers = number_of(len(lost), "answer is", "answers are")
            await self.recorder.halts.halt(log, f"{answers} not in the record: repair {self.command_id}")
            missing = [item for item in lost if not await self._bring_back(item)]
            left += missing
            if missing and log == INSTALLATION:
                # No other choice can be recorded while this log is halted.
                return [
                    *left,
                    *(item for other in compared.logs if other != log for item in compared.of(other)),
                ]
            if not missing:
                await self._open(log)
            if log == INSTALLATION:
                await self._announce(compared, log, "repair")
        return left

    async def go_on(self, compared: Comparison) -> None:
        """Take what the record holds for all that there is, log by log, and open each again."""
        for log in _in_turn(compared):
            if log == INSTALLATION:
                await self._open(log)
            await self._announce(compared, log, "go-on")
            for item in compared.of(log):
                for task in item.tasks[:1]:
                    await self._keep_number(item, task)
            if log != INSTALLATION:
                await self._open(log)

    async def _announce(self, compared: Comparison, log: str, choice: Literal["repair", "go-on"]) -> None:
        """Put the choice into the installation's log, once however often the command is repeated."""
        said = RecordRestoration(
            target=log,
            choice=choice,
            size=await self.recorder.reading.head(log),
            lost=sum(len(item.answer.hashes) for item in compared.of(log)),
            contents=compared.contents.get(log, ())[:CONTENTS_AT_MOST],
        )
        mark = hashlib.sha256(f"{choice}/{log}".encode()).hexdigest()[:8]
        own_id = f"{self.command_id}.{mark}"
        if not await self.recorder.reading.answer(INSTALLATION, self.actor.person, own_id):
            await self.client.act(INSTALLATION, said, actor=self.actor, command_id=own_id)

    async def _bring_back(self, lost: Finding) -> bool:
        """Decide again as it was decided then; record it only if it is the same to the byte."""
        answer = lost.answer
        if lost.state != "lost" or answer.recorded is None:
            return False
        for task in lost.tasks or await _reports(self.recorder, lost):
            for at in _instants(task, answer):
                if await _record_again(self.recorder, lost, task, at):
                    await self._keep_number(lost, task)
                    return True
        return False

    async def _keep_number(self, lost: Finding, task: Task) -> None:
        """Give an application's number back to the command that had it: it is nobody else's."""
        if lost.answer.first == 1 and lost.stream.startswith("application/") and isinstance(task, Act):
            _, round_id, number = lost.stream.split("/")
            envelope = task.envelope
            await self.recorder.numbers.keep(
                round_id, int(number), envelope.actor.person, envelope.command_id
            )

    async def _open(self, log: str) -> None:
        """Let the log take entries again: first every workflow forgets what it knew, as it would halt it anew."""
        await forget(self.client.temporal, [log])
        await self.recorder.halts.lift(log)
        await poke(self.client.temporal, [log])


def _in_turn(compared: Comparison) -> list[str]:
    """Return the logs, the installation's first: it is in this one that choices are recorded.

    The choice about itself is recorded once it is open again.
    """
    return sorted(compared.logs, key=lambda log: (log != INSTALLATION, log))


async def _record_again(recorder: Ledger, lost: Finding, task: Task, at: datetime) -> bool:
    answer = lost.answer
    assert answer.recorded is not None
    frame = Frame(recorded=answer.recorded, register_size=answer.register_size)
    while True:
        try:
            return await recorder.deciding.record_again(lost.stream, task, at, frame, answer.hashes)
        except (RecordUnavailable, EraserAway):
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
