"""Records with one fault each, as controls, and sound ones that lose an answer or commit when nobody waits."""

import asyncio
import smtplib
from email.message import EmailMessage
from typing import TypeVar

from ledger.append.append import Batch, FoldedStates, Reads, Record
from ledger.append.outgoing import outbox_items
from ledger.database.store import Store
from ledger.decision.decide import Deciding
from ledger.errors import RecordUnavailable
from ledger.log.reading import Reading, Snapshot
from ledger.projections.fold import Fold
from ledger.record import Ledger
from runtime.settings import MailServer

R = TypeVar("R", bound=Record)


def recording_by(ledger: Ledger, kind: type[R]) -> R:
    """Have a ledger write by another kind of record, and return that."""
    made = kind(ledger.store, ledger.fold, ledger.reading)
    ledger.record = made
    ledger.deciding = Deciding(ledger.store, made, ledger.facts, ledger.halts)
    return made


class LosesFirstAnswer(Record):
    """Sound, but its first append is not answered, as if its worker were killed after the commit."""

    answered = False

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        first = await super().write(batch, snapshot, reads, folded)
        if first is not None and not self.answered:
            self.answered = True
            raise RecordUnavailable("the answer was lost")
        return first


class CommitsLate(Record):
    """Sound, but its first append is given up and goes on later, as that of a frozen worker which is thought dead."""

    _late: asyncio.Task[int | None] | None = None

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        if self._late is not None:
            return await super().write(batch, snapshot, reads, folded)
        self._may_go_on = asyncio.Event()
        self._late = asyncio.create_task(self._later(batch, snapshot, reads, folded))
        raise RecordUnavailable("frozen")

    async def go_on(self) -> int | None:
        """Let the append that waits go on, and return what it returns."""
        assert self._late is not None
        self._may_go_on.set()
        return await self._late

    async def _later(
        self, batch: Batch, snapshot: Snapshot | None, reads: Reads | None, folded: FoldedStates | None
    ) -> int | None:
        await self._may_go_on.wait()
        return await super().write(batch, snapshot, reads, folded)


class Hesitates(Record):
    """Sound, but its first append waits between decision and record until it may go on."""

    compares = True

    def __init__(self, store: Store, fold: Fold, reading: Reading) -> None:
        super().__init__(store, fold, reading)
        self.waits, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        self.waits.set()
        await self.may_go_on.wait()
        return await super().write(batch, snapshot, reads if self.compares else None, folded)


class ComparesNothing(Hesitates):
    """The same, but what the decision read is not compared with what stands when it is recorded."""

    compares = False


class AnswersFirst(Record):
    """Answers at once and means to record later; a restart forgets what it meant."""

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        return await self.reading.head(batch.log)


class MailsFirst(Record):
    """Sends the letters of an act and then fails to commit it."""

    mail_server: MailServer

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        folding = self.fold.aggregate(batch.stream)
        state = folding.initial(batch.stream)
        for leaf in batch.leaves:
            after = folding.evolve(state, leaf)
            for item in outbox_items(leaf, self.fold.list_outgoing(state, leaf, after)):
                if item["kind"] == "letter":
                    self._send(item["message_id"])
            state = after
        raise RecordUnavailable("killed before the commit")

    def _send(self, message_id: str) -> None:
        mail = EmailMessage()
        mail["Message-ID"] = message_id
        mail["From"], mail["To"] = "control@localhost", "person@localhost"
        with smtplib.SMTP(self.mail_server.host, self.mail_server.port) as smtp:
            smtp.login(self.mail_server.user or "", self.mail_server.password or "")
            smtp.send_message(mail)
