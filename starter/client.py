"""The typed client: every act of every person goes through here, of the command line and of the demo alike."""

import asyncio
import hmac
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.telling import pass_cancellation_on
from ledger.errors import ContentTooLarge
from ledger.record import Ledger
from ledger.refusals import MessageRefused
from runtime.endpoints import Servers, connect
from runtime.settings import Settings
from selection.actor import Actor
from selection.aggregate import ActRefused, event_of
from selection.application.commands import Submit
from selection.canonical import canonical_bytes, sha256_hex
from selection.leaf import Receipt
from selection.messages import Envelope
from selection.model import Frozen, Ref
from selection.recommendation.decide import Recommend
from selection.refusal_sentences import SENTENCES
from selection.refusals import Refused
from selection.round.commands import OpenRound
from selection.streams import application_stream
from starter.errors import Broken, Pending
from starter.nobody import has_no_round, why_nobody
from workflows.loop import StreamStart

# Acts that may begin a stream, and the workflow that owns it.
STARTS: dict[type[Frozen], str] = {Submit: "Application", Recommend: "Recommender", OpenRound: "Round"}
# Faults that pass: the server restarts or is busy, or the workflow waits for a mended worker.
_PASSING = (
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.ABORTED,
    RPCStatusCode.FAILED_PRECONDITION,
    # What the SDK says when the connection ends in the middle of a call: the server was killed.
    RPCStatusCode.UNKNOWN,
    RPCStatusCode.CANCELLED,
)
PATIENCE = timedelta(seconds=10)
AGAIN_AFTER = timedelta(milliseconds=200)


class SelectionClient:
    """Sends acts and reads the record, for one process."""

    def __init__(self, temporal: Client, ledger: Ledger, task_queue: str) -> None:
        self.temporal = temporal
        self.ledger = ledger
        self.task_queue = task_queue

    @classmethod
    async def connect(cls, settings: Settings) -> "SelectionClient":
        """Connect to Temporal and the record as the settings say. Raises StackError or LedgerError."""
        ends = Servers.find(settings)
        temporal = await connect(ends.temporal_address, ends.temporal_namespace, settings)
        return cls(temporal, await Ledger.connect(ends.database_url, size=8), ends.task_queue)

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
        patience: timedelta = PATIENCE,
    ) -> Receipt:
        """Do one act and return its receipt.

        Repeated with the same command id it is the same act. Raises Refused, Pending when no answer came
        within `patience`, Broken for what is no refusal.
        """
        command_id = command_id or new_command_id()
        envelope = Envelope(command_id=command_id, actor=actor, command=command.model_dump(mode="json"))
        try:
            async with asyncio.timeout(patience.total_seconds()):
                return await self._until_taken(stream, command, envelope)
        except TimeoutError:
            raise Pending(command_id) from None

    async def act_when_up(
        self, stream: str, command: Frozen, *, actor: Actor, command_id: str, patience: timedelta = PATIENCE
    ) -> Receipt:
        """Do one act that must not wait for a worker: leave it as a signal, then ask for its answer as `act` does.

        Temporal keeps a signal, so the act is taken first when a worker runs again, before what became due
        meanwhile. Pending therefore means that it will be taken; Broken, that it could not be left in time.
        """
        began = time.monotonic()
        await self.signal(stream, command, actor=actor, command_id=command_id, patience=patience)
        left = patience - timedelta(seconds=time.monotonic() - began)
        return await self.act(stream, command, actor=actor, command_id=command_id, patience=left)

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

        Sent again while Temporal is away, for `patience`; then raises Broken.
        """
        envelope = Envelope(
            command_id=command_id or new_command_id(), actor=actor, command=command.model_dump(mode="json")
        )
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await self._until_left(stream, envelope)
        except TimeoutError:
            # Not Pending: nothing holds the act yet.
            raise Broken("Temporal does not answer.") from None
        return envelope.command_id

    async def new_application(self, round_id: str, command_id: str) -> str:
        """Return the stream of a new application; the same command id always gives the same one."""
        number = await self.ledger.numbers.application_number(round_id, command_id)
        return application_stream(round_id, f"{number:04d}")

    async def store_text(self, text: str, *, person: str, log: str) -> Ref:
        """Store a text and return its reference; the same text of the same person is stored once."""
        return await self._store(text.encode(), "text", "text/plain; charset=utf-8", person, log)

    async def store_file(self, data: bytes, media_type: str, *, person: str, log: str) -> Ref:
        """Store a file of at most 20 MB and return its reference."""
        return await self._store(data, "file", media_type, person, log)

    async def _store(self, data: bytes, kind: str, media_type: str, person: str, log: str) -> Ref:
        told = {"log": log, "person": person, "kind": kind, "media": media_type, "body": sha256_hex(data)}
        # Keyed, as the id stays in the log: after an erasure nobody can try texts out on it.
        key = await self.ledger.contents.key_of(person)
        mark = hmac.new(key, canonical_bytes(told), "sha256").hexdigest()
        content_id = f"{kind}-{mark[:32]}"
        try:
            card = await self.ledger.contents.put(
                content_id,
                data,
                kind="text" if kind == "text" else "file",
                media_type=media_type,
                stored_by=person,
            )
        except ContentTooLarge:
            raise Refused("too-many", place="file", limit="20 MB") from None
        return Ref(id=card.id, sha256=card.sha256)

    async def _until_taken(self, stream: str, command: Frozen, envelope: Envelope) -> Receipt:
        """Send until the workflow takes it: one that continues as new, or is just being started, asks again."""
        if isinstance(command, Recommend) and await has_no_round(self.ledger, stream):
            # A list that began without its round has ended when that opens.
            return await self._nobody_there(stream, envelope)
        while True:
            try:
                return await self._send(stream, command, envelope)
            except WorkflowUpdateFailedError as exc:
                refused = _refused(exc)
                if refused is not None:
                    raise refused from None
            except WorkflowUpdateRPCTimeoutOrCancelledError:
                pass_cancellation_on()
            except WorkflowAlreadyStartedError:
                return await self._nobody_there(stream, envelope)
            except RPCError as exc:
                if exc.status is RPCStatusCode.NOT_FOUND:
                    return await self._nobody_there(stream, envelope)
                if exc.status not in _PASSING:
                    raise Broken(f"Temporal refused the message ({exc.status.name}).") from exc
            await asyncio.sleep(AGAIN_AFTER.total_seconds())

    async def _until_left(self, stream: str, envelope: Envelope) -> None:
        """Leave the act as a signal; one that was left twice is one act, by its command id."""
        while True:
            try:
                return await self.temporal.get_workflow_handle(stream).signal("act", envelope)
            except RPCError as exc:
                if exc.status is RPCStatusCode.NOT_FOUND:
                    await self._nobody_there(stream, envelope)
                    return None
                if exc.status not in _PASSING:
                    raise Broken(f"Temporal refused the message ({exc.status.name}).") from exc
            await asyncio.sleep(AGAIN_AFTER.total_seconds())

    async def _send(self, stream: str, command: Frozen, envelope: Envelope) -> Receipt:
        starts = STARTS.get(type(command))
        if starts is None:
            handle = self.temporal.get_workflow_handle(stream)
            receipt: Receipt = await handle.execute_update(
                "act", envelope, id=envelope.command_id, result_type=Receipt
            )
            return receipt
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            starts,
            StreamStart(),
            id=stream,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=stream,
        )
        try:
            begun: Receipt = await self.temporal.execute_update_with_start_workflow(
                "act",
                envelope,
                start_workflow_operation=operation,
                id=envelope.command_id,
                result_type=Receipt,
            )
        except (WorkflowAlreadyStartedError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCError):
            # The operation holds the same failure; what nobody takes is told to the terminal in the end.
            with suppress(asyncio.CancelledError, Exception):
                await operation.workflow_handle()
            raise
        return begun

    async def _nobody_there(self, stream: str, envelope: Envelope) -> Receipt:
        """Answer an act that reached no workflow: as the first time if it was done before the stream ended.

        Else record it in the installation's log, and raise the refusal.
        """
        earlier = await self.ledger.reading.receipts(envelope.command_id)
        done = [receipt for receipt in earlier if receipt.stream == stream]
        if done:
            return await self._as_before(done[-1])
        refused = await why_nobody(
            self.ledger, stream, person=envelope.actor.person, kind_of_act=envelope.kind
        )
        if not earlier:
            note = MessageRefused(
                target=stream[:200], kind=envelope.kind, code=refused.code, params=refused.params
            )
            await self.ledger.refusals.record_refusal(envelope.command_id, envelope.actor, note)
        raise refused

    async def _as_before(self, receipt: Receipt) -> Receipt:
        """Return the receipt of an act that the record holds, or raise its recorded refusal."""
        (entry, *_) = await self.ledger.reading.stream_entries(receipt.stream, receipt.version - 1)
        event = event_of(entry.leaf)
        if isinstance(event, ActRefused):
            raise Refused(event.code, **event.params)
        return receipt


def new_command_id() -> str:
    """Return a new command id, for one intended act."""
    return str(uuid.uuid4())


def _refused(failed: WorkflowUpdateFailedError) -> Refused | None:
    """Return the refusal that a failed update tells of, None if it is to be sent again; raise Broken else."""
    cause = failed.cause
    if not isinstance(cause, ApplicationError) or cause.type is None:
        raise Broken(f"The act failed: {type(cause).__name__}.")
    if cause.type == "continuing":
        return None
    if cause.type not in SENTENCES:
        raise Broken(f"{cause.type}: {cause.message}")
    details = cause.details[0] if cause.details else {}
    return Refused(cause.type, **{str(key): str(value) for key, value in dict(details).items()})
