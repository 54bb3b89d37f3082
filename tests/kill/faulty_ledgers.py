"""Ledgers with one fault each, as controls, and one that is sound but loses the answer of its first append."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from ledger.errors import RecordUnavailable
from ledger.outgoing import outbox_items
from ledger.record import Ledger
from selection.leaf import Leaf, Receipt, leaf_bytes, leaf_hash


class LosesFirstAnswer(Ledger):
    """Sound, but its first append is not answered, as if its worker were killed after the commit."""

    answered = False

    async def append(
        self,
        log: str,
        stream: str,
        leaves: Sequence[Leaf],
        *,
        resting_on: dict[str, datetime] | None = None,
    ) -> list[Receipt]:
        receipts = await self.commit(log, stream, leaves)
        if not self.answered:
            self.answered = True
            raise RecordUnavailable("the answer was lost")
        return receipts

    async def commit(self, log: str, stream: str, leaves: Sequence[Leaf]) -> list[Receipt]:
        return await super().append(log, stream, leaves)


class LooksForNoKey(LosesFirstAnswer):
    """Appends without looking whether it has done so before."""

    async def commit(self, log: str, stream: str, leaves: Sequence[Leaf]) -> list[Receipt]:
        bodies = [leaf_bytes(leaf) for leaf in leaves]
        row = await self.store.row(
            "SELECT append_entries(%(log)s, %(stream)s, %(expected)s, %(bodies)s) AS seq",
            {"log": log, "stream": stream, "expected": leaves[0].version - 1, "bodies": bodies},
        )
        assert row
        return receipts_of(log, int(row["seq"]), leaves)


class AnswersFirst(Ledger):
    """Answers at once and means to record later; a restart forgets what it meant."""

    async def append(
        self,
        log: str,
        stream: str,
        leaves: Sequence[Leaf],
        *,
        resting_on: dict[str, datetime] | None = None,
    ) -> list[Receipt]:
        return receipts_of(log, await self.reading.head(log), leaves)


class MailsFirst(Ledger):
    """Sends the letters of an act and then fails to commit it."""

    mail_port: int

    async def append(
        self,
        log: str,
        stream: str,
        leaves: Sequence[Leaf],
        *,
        resting_on: dict[str, datetime] | None = None,
    ) -> list[Receipt]:
        folding = self.fold.aggregate(stream)
        state = folding.initial(stream)
        for leaf in leaves:
            after = folding.evolve(state, leaf)
            for item in outbox_items(leaf, self.fold.outgoing(state, leaf, after)):
                if item["kind"] == "letter":
                    self._send(item["message_id"])
            state = after
        raise RecordUnavailable("killed before the commit")

    def _send(self, message_id: str) -> None:
        mail = EmailMessage()
        mail["Message-ID"] = message_id
        mail["From"], mail["To"] = "control@localhost", "person@localhost"
        with smtplib.SMTP("127.0.0.1", self.mail_port) as smtp:
            smtp.send_message(mail)


def receipts_of(log: str, first: int, leaves: Sequence[Leaf]) -> list[Receipt]:
    return [
        Receipt(
            log=log,
            seq=first + offset,
            stream=leaf.stream,
            version=leaf.version,
            leaf_hash=leaf_hash(leaf_bytes(leaf)).hex(),
            command_id=str(leaf.data["command_id"]),
            at=leaf.at,
        )
        for offset, leaf in enumerate(leaves)
    ]
