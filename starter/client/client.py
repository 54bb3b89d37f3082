"""The typed client: every act of every person goes through here, of the command line and of the demo alike."""

import asyncio
import hmac
import uuid
from collections.abc import AsyncIterable, Sequence
from contextlib import suppress
from datetime import timedelta

from temporalio.client import Client

from activities.revive import NobodyThere
from ledger.database.store import CONNECT_LIMIT
from ledger.errors import ContentTooLarge, LedgerError
from ledger.people.contents import Kind
from ledger.record import Ledger
from runtime.endpoints import Servers, connect
from runtime.settings import Settings
from selection.application.commands import (
    DeclineReversal,
    ReplaceAgent,
    RequestReview,
    ReverseDecision,
    Submit,
)
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from selection.recommendation.commands import Recommend, RecommendOnPaper
from selection.refusals.refused import Refused
from selection.register.commands import COMMANDS as ON_REGISTER, ReportUnreached
from selection.register.events import MessageRefused
from selection.register.state import INSTALLATION
from selection.round.commands import DRAW_ACTS, OpenRound
from selection.streams import application_stream
from starter.client.answers import answer_of
from starter.client.contents import TEXT, name_content
from starter.client.errors import ActMissing, ClientError, Pending
from starter.client.no_workflow import has_no_round, why_nobody
from starter.client.send import Sending
from starter.client.signing import Signer, Signing

STARTS: tuple[type[Frozen], ...] = (Submit, Recommend, RecommendOnPaper, OpenRound, *ON_REGISTER)
"""Acts that may begin a stream."""
REOPENS: tuple[type[Frozen], ...] = (
    RequestReview,
    ReverseDecision,
    DeclineReversal,
    *DRAW_ACTS,
    ReplaceAgent,
)
"""Acts for which a stream that has ended gets a workflow again."""
PATIENCE = timedelta(seconds=10)
REPORTED_WITHIN = timedelta(seconds=4)
"""A report is waited for as long as it takes to leave it as a signal where no worker answers."""


class SelectionClient:
    """Sends acts and reads the record, for one process."""

    def __init__(
        self, temporal: Client, ledger: Ledger, task_queue: str, signer: Signer | None = None
    ) -> None:
        self.temporal = temporal
        self.ledger = ledger
        self.task_queue = task_queue
        self.signing = Signing(ledger, signer)

    @classmethod
    async def connect(
        cls, settings: Settings, signer: Signer | None = None, *, wait: timedelta = CONNECT_LIMIT
    ) -> "SelectionClient":
        """Connect to Temporal and the record as the settings say. Raises StackError or LedgerError.

        `wait` is how long a connection to the record is waited for that others use.
        """
        ends = Servers.find(settings)
        temporal = await connect(ends.temporal_address, ends.temporal_namespace, settings)
        ledger = await Ledger.connect(ends.database_url, size=8, wait=wait)
        return cls(temporal, ledger, ends.task_queue, signer)

    async def close(self) -> None:
        """Give the record's connections back."""
        await self.ledger.close()

    async def act(
        self,
        stream: str,
        command: Frozen,
        *,
        actor: Actor,
        command_id: str | None = None,
        second: str = "",
        patience: timedelta = PATIENCE,
    ) -> Receipt:
        """Do one act, signed where a key of its person is at hand, and return its receipt.

        `second` is who signs too where two must, for a program that has the keys of both. Repeated with the same
        command id it is the same act, signed anew. Raises what `send` raises.
        """
        envelope = envelope_of(stream, command, actor, command_id or new_command_id())
        signed = await self.signing.sign(envelope)
        if second:
            signed = await self.signing.sign_second(signed, second)
        return await self.send(signed, command, patience=patience)

    async def send(self, envelope: Envelope, command: Frozen, *, patience: timedelta = PATIENCE) -> Receipt:
        """Send an act as it is and return its receipt; `command` is what its envelope asks for.

        Raises Refused; when no answer came within `patience`, Pending if Temporal holds the act and NotTaken if
        nothing does; Broken for what is no refusal.
        """
        stream = envelope.stream
        sending = self._make_sending(envelope, command)
        try:
            async with asyncio.timeout(patience.total_seconds()):
                if isinstance(command, Recommend) and await has_no_round(self.ledger, stream):
                    # A list that began without its round has ended when that opens.
                    return await self._nobody_there(envelope)
                return await sending.answer()
        except NobodyThere:
            return await self._nobody_there(envelope)
        except TimeoutError:
            return await self._without_answer(envelope, accepted=sending.accepted)

    async def report(self, unreached: ReportUnreached, *, actor: Actor, command_id: str) -> None:
        """Have the record say that an act of this id reached no stream, once for each refusal that it met.

        The act was refused whether or not anybody takes the report, so nothing is raised. What names nobody who is
        registered leaves no entry.
        """
        actor = actor.model_copy(update={"reason": None})
        digest = sha256_hex(canonical_bytes(unreached))
        for own_id in (command_id, f"{command_id[:80]}.{digest[:16]}"):
            try:
                await self.act(
                    INSTALLATION, unreached, actor=actor, command_id=own_id, patience=REPORTED_WITHIN
                )
            except Refused as refused:
                if refused.code == "command-reused":
                    continue
            except (ClientError, LedgerError):
                pass
            return

    async def signal(
        self,
        stream: str,
        command: Frozen,
        *,
        actor: Actor,
        command_id: str | None = None,
        patience: timedelta = PATIENCE,
    ) -> str:
        """Send the act as a signal, without waiting for an answer; return its command id.

        Sent again while Temporal is away, for `patience`; then raises NotTaken.
        """
        envelope = await self.signing.sign(
            envelope_of(stream, command, actor, command_id or new_command_id())
        )
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await self._make_sending(envelope, command).leave()
        except NobodyThere:
            await self._nobody_there(envelope)
        except TimeoutError:
            raise ActMissing(envelope.command_id) from None
        return envelope.command_id

    async def new_application(self, round_id: str, person: str, command_id: str) -> str:
        """Return the stream of a new application; the same command of a person always gives the same one."""
        number = await self.ledger.numbers.application_number(round_id, person, command_id)
        return application_stream(round_id, f"{number:04d}")

    async def mark_all(self, values: Sequence[object], *, person: str) -> list[str]:
        """Return a mark (hex) for each value, the same for the same value of a person.

        Keyed like the ids of contents: what a mark in the log was made of nobody finds by trying, once its person is
        erased.
        """
        key = await self.ledger.contents.key_of(person)
        return [hmac.new(key, canonical_bytes(value), "sha256").hexdigest() for value in values]

    async def store_text(self, text: str, *, person: str, log: str) -> Ref:
        """Store a text and return its reference; the same text of the same person is stored once."""
        return await self._store(text.encode(), "text", TEXT, person, log)

    async def store_file(self, data: bytes, media_type: str, *, person: str, log: str) -> Ref:
        """Store a file of at most 20 MB and return its reference."""
        return await self._store(data, "file", media_type, person, log)

    async def store_pieces(
        self, pieces: AsyncIterable[bytes], digest: str, media_type: str, *, person: str, log: str
    ) -> Ref:
        """Store a file that comes in pieces of at most 1 MiB, of this SHA-256, and return its reference.

        It is the file that `store_file` stores, without being held whole.
        """
        content_id = await self.name_file(digest, media_type, person=person, log=log)
        try:
            card = await self.ledger.contents.put_pieces(
                content_id, pieces, kind="file", media_type=media_type, stored_by=person
            )
        except ContentTooLarge:
            raise Refused("too-many", place="file", limit="20 MB") from None
        return card.ref

    async def name_file(self, digest: str, media_type: str, *, person: str, log: str) -> str:
        """Return the id that a file of this SHA-256 has, or would have once it is stored."""
        return await name_content(self.ledger, "file", media_type, digest, person=person, log=log)

    async def _store(self, data: bytes, kind: Kind, media_type: str, person: str, log: str) -> Ref:
        digest = sha256_hex(data)
        content_id = await name_content(self.ledger, kind, media_type, digest, person=person, log=log)
        try:
            card = await self.ledger.contents.put(
                content_id, data, kind=kind, media_type=media_type, stored_by=person
            )
        except ContentTooLarge:
            raise Refused("too-many", place="file", limit="20 MB") from None
        return card.ref

    def _make_sending(self, envelope: Envelope, command: Frozen) -> Sending:
        return Sending(
            self.temporal,
            self.ledger,
            self.task_queue,
            envelope,
            starts=isinstance(command, STARTS),
            reopens=isinstance(command, REOPENS),
        )

    async def find_answer(self, envelope: Envelope) -> Receipt | None:
        """Return the receipt of an act that the record holds already, None if it holds none.

        Raises Refused as it was refused, `command-reused` for another act of this id, on another stream too; Pending
        where it may still be refused; or LedgerError.
        """
        caused = await self.ledger.reading.read_caused(envelope.command_id)
        own = [entry for entry in caused if entry[1].actor.person == envelope.actor.person]
        here = [entry for entry in own if entry[0].stream == envelope.stream]
        if not here:
            # That the act reached no stream was reported under its own id.
            if any(leaf.type != MessageRefused.TYPE for _, leaf in own):
                raise Refused("command-reused")
            return None
        receipt = answer_of(here[-1], envelope)
        if await self._waits_for_application(receipt):
            raise Pending(envelope.command_id, envelope.stream)
        return receipt

    async def _without_answer(self, envelope: Envelope, *, accepted: bool) -> Receipt:
        """Answer from the record if it holds the act; else say truly whether anything holds it."""
        with suppress(LedgerError, TimeoutError):
            async with asyncio.timeout(PATIENCE.total_seconds() / 5):
                receipt = await self._as_before(envelope)
                if not await self._waits_for_application(receipt):
                    return receipt
                accepted = True
        command_id = envelope.command_id
        raise Pending(command_id, envelope.stream) if accepted else ActMissing(command_id)

    async def _waits_for_application(self, receipt: Receipt) -> bool:
        """Tell whether an application has yet to take what a list recorded: it may still refuse it."""
        if not receipt.stream.startswith("recommender/"):
            return False
        return receipt.version in (await self.ledger.facts.read_missed(receipt.stream)).values()

    async def _nobody_there(self, envelope: Envelope) -> Receipt:
        """Answer an act that reached no workflow: as the first time if it was done before the stream ended.

        Else report it to the installation's stream, and raise the refusal.
        """
        with suppress(TimeoutError):
            return await self._as_before(envelope)
        person = envelope.actor.person
        refused = await why_nobody(self.ledger, envelope.stream, person=person, kind_of_act=envelope.kind)
        unreached = ReportUnreached(
            target=envelope.stream[:200], act=envelope.kind, code=refused.code, params=refused.params
        )
        await self.report(unreached, actor=envelope.actor, command_id=envelope.command_id)
        raise refused

    async def _as_before(self, envelope: Envelope) -> Receipt:
        """Return the receipt of an act that the record holds, or raise its recorded refusal.

        Raises TimeoutError when it holds none, Refused `command-reused` for another act of this id.
        """
        found = await self.ledger.reading.answer(envelope.stream, envelope.actor.person, envelope.command_id)
        if found is None:
            raise TimeoutError
        return answer_of(found, envelope)


def new_command_id() -> str:
    """Return a new command id, for one intended act."""
    return str(uuid.uuid4())
