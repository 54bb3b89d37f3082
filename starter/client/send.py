"""One act on its way: sent until it is answered, left as a signal where no worker takes it, and what is known of it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import UNTOLD, StreamStart
from activities.revive import NobodyThere, require_workflow, start_options
from activities.wait_for_answer import make_update_id, refusal_of, wait_for_answer
from ledger.errors import LedgerError
from ledger.record import Ledger
from selection.application.requests.commands import AppointDeciders, RecordRemedy, RuleOnRequest
from selection.decision.envelope import Envelope
from selection.kernel.leaf import Receipt
from selection.refusals.refused import Refused
from selection.streams import APPLICATION, aggregate, review_workflow, workflow_type_of
from selection.wording.refusals import SENTENCES
from starter.client.errors import Broken, ClientError, Pending

T = TypeVar("T")

# Faults that pass: the server restarts or is busy, or the workflow waits for a mended worker.
PASSING = (
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.ABORTED,
    RPCStatusCode.FAILED_PRECONDITION,
    # What the SDK says when the connection ends in the middle of a call: the server was killed.
    RPCStatusCode.UNKNOWN,
    RPCStatusCode.CANCELLED,
)
# Temporal keeps an update only once a worker has accepted it. What is not accepted by then is left as a signal,
# which it keeps at once, so that no deadline passes while nothing holds the act.
ACCEPTED_WITHIN = timedelta(seconds=3)

OF_REQUESTS = frozenset(command.ACT.kind for command in (AppointDeciders, RuleOnRequest, RecordRemedy))
"""Acts that the child of the requests for review takes while one is open."""


class Sending:
    """One act to one stream. `held` tells that Temporal has stored it, so that it will be taken."""

    def __init__(
        self,
        temporal: Client,
        ledger: Ledger,
        task_queue: str,
        envelope: Envelope,
        *,
        starts: bool,
        reopens: bool = False,
    ) -> None:
        self._temporal = temporal
        self._ledger = ledger
        self._task_queue = task_queue
        self._envelope = envelope
        self._starts = starts or reopens
        self._reopens = reopens
        self._of_request = envelope.kind in OF_REQUESTS
        self.accepted = False
        self._update_id = make_update_id(envelope.command_id)

    async def answer(self) -> Receipt:
        """Send until the act is answered.

        Raises Refused, NobodyThere, Pending where a list recorded what an application has yet to take, and Broken for
        what is no refusal.
        """
        leaving = asyncio.create_task(self._leave_unless_accepted())
        try:
            return await self._wait_for_answer()
        finally:
            leaving.cancel()
            # Whoever cancels this one meanwhile is not to be kept waiting: only what became of `leaving` is let go.
            await asyncio.gather(leaving, return_exceptions=True)

    async def leave(self) -> None:
        """Leave the act as a signal. Sent again while Temporal is away; one left twice is one act, by its id."""
        await self._again(self._signal)
        self.accepted = True

    async def _leave_unless_accepted(self) -> None:
        await asyncio.sleep(ACCEPTED_WITHIN.total_seconds())
        if not self.accepted:
            await self.leave()

    async def _wait_for_answer(self) -> Receipt:
        """Send until the workflow answers: one that continues as new, or is just being started, asks again."""
        try:
            return await self._again(self._ask)
        except WorkflowUpdateFailedError as failed:
            raise _get_refusal(failed, self._envelope) from failed

    async def _again(self, send: Callable[[], Awaitable[T]]) -> T:
        """Send until it is taken. Raises WorkflowUpdateFailedError, NobodyThere, and Broken."""
        try:
            return await wait_for_answer(send, self._revive, starts=self._starts, passing=PASSING)
        except RPCError as fault:
            raise Broken(f"Temporal refused the message ({fault.status.name}).") from fault

    async def _ask(self) -> Receipt:
        """Send the update, and return its answer."""
        try:
            handle = await self._send()
            self.accepted = True
            return await handle.result()
        except WorkflowUpdateFailedError:
            self._update_id = make_update_id(self._envelope.command_id)
            raise

    async def _send(self) -> WorkflowUpdateHandle[Receipt]:
        """Send the update and return once it is accepted, which is when Temporal has stored it."""
        envelope = self._envelope
        accepted = WorkflowUpdateStage.ACCEPTED
        if not await self._is_to_be_started():
            handle = self._temporal.get_workflow_handle(await self._find_taker())
            return await handle.start_update(
                "act",
                envelope,
                id=self._update_id,
                wait_for_stage=accepted,
                result_type=Receipt,
            )
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            workflow_type_of(envelope.stream),
            StreamStart(),
            **start_options(envelope.stream, self._task_queue),
        )
        try:
            return await self._temporal.start_update_with_start_workflow(
                "act",
                envelope,
                start_workflow_operation=operation,
                id=self._update_id,
                wait_for_stage=accepted,
                result_type=Receipt,
            )
        except (WorkflowAlreadyStartedError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCError):
            # The operation holds the same failure; what nobody takes is told to the terminal in the end.
            await asyncio.gather(operation.workflow_handle(), return_exceptions=True)
            raise

    async def _signal(self) -> None:
        envelope = self._envelope
        if not await self._is_to_be_started():
            await self._signal_to(await self._find_taker())
            return
        await self._temporal.start_workflow(
            workflow_type_of(envelope.stream),
            StreamStart(),
            **start_options(envelope.stream, self._task_queue),
            start_signal="act",
            start_signal_args=[envelope],
        )

    async def _signal_to(self, taker: str) -> None:
        try:
            await self._temporal.get_workflow_handle(taker).signal("act", self._envelope)
        except RPCError as fault:
            if fault.status is not RPCStatusCode.NOT_FOUND or taker == self._envelope.stream:
                raise
            # Whoever starts the child may have to wait for a worker. The act is to be held at once.
            await self._signal_to(self._envelope.stream)

    async def _find_taker(self) -> str:
        """Return which workflow the act is sent to: the child of the requests for review where the record has one open.

        The stream's own takes it as well, as it does while the record is away: nothing rests on which of them it is.
        """
        stream = self._envelope.stream
        with suppress(LedgerError):
            found = await self._ledger.reading.snapshot(stream) if self._of_request else None
            if found is not None and APPLICATION.load(found.state).requested:
                return review_workflow(stream)
        return stream

    async def _is_to_be_started(self) -> bool:
        """Tell whether the act may begin its stream, or give it a workflow again.

        Raises NobodyThere where the record says that it is over, or for what reopens one, that it never was.
        """
        if not self._starts:
            return False
        with suppress(LedgerError):
            found = await self._ledger.reading.snapshot(self._envelope.stream)
            over = found is not None and aggregate(self._envelope.stream).load(found.state).over
            if (found is None) if self._reopens else over:
                raise NobodyThere
        return True

    async def _revive(self) -> None:
        """Start the workflow anew if Temporal lost it. Raises NobodyThere for a stream that is over or unknown.

        A child is started by the stream's own, which is told to look for it.
        """
        stream = self._envelope.stream
        try:
            await require_workflow(self._temporal, self._ledger, self._task_queue, stream)
        except LedgerError as exc:
            raise Broken(str(exc)) from exc
        if self._of_request:
            with suppress(RPCError):
                await self._temporal.get_workflow_handle(stream).signal("look")


def _get_refusal(failed: WorkflowUpdateFailedError, envelope: Envelope) -> Refused | ClientError:
    """Return the refusal that a failed update tells of, that it still waits, or that something is broken."""
    try:
        refusal = refusal_of(failed)
    except WorkflowUpdateFailedError:
        return Broken(f"The act failed: {type(failed.cause).__name__}.")
    if refusal.code == UNTOLD:
        return Pending(envelope.command_id, envelope.stream)
    if refusal.code not in SENTENCES:
        return Broken(f"{refusal.code}: {getattr(failed.cause, 'message', '')}")
    return Refused(refusal.code, **refusal.params)
