"""A workflow of the wrong shape, for the control: its handlers change the state themselves, behind a lock."""

import asyncio
from datetime import datetime

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from activities.messages import RECORD, Recorded, RecordRequest
from selection.actor import Actor
from selection.aggregate import Event, leaf_of
from selection.leaf import Receipt
from selection.refusals import Refused
from selection.streams import log_of
from workflows.application import ApplicationWorkflow
from workflows.loop import StreamStart
from workflows.ticket import Ticket


@workflow.defn(name="Application")
class HastyApplication(ApplicationWorkflow):
    """Each handler decides and records at once, one after the other; `run` only waits for the end."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Wait for the end."""
        await workflow.wait_condition(lambda: self.state.ended)
        return self.state.outcome

    @workflow.signal(name="act")
    async def act_signal(self, message: RawValue) -> None:
        """Decide in the handler."""
        await self.take(Ticket(message.payload.data))

    async def _answer_to(self, body: bytes, *, refuse_as: str = "") -> Receipt:
        ticket = Ticket(body, refuse_as=refuse_as)
        await self.take(ticket)
        if ticket.refused is not None:
            raise error_of(ticket.refused)
        assert ticket.receipt is not None
        return ticket.receipt

    async def record(self, events: tuple[Event, ...], actor: Actor, at: datetime, command_id: str) -> Receipt:
        """Change the state first, then write: the order is that of the handlers, not that of the record."""
        changed = self.state
        leaves = []
        for event in events:
            leaf = leaf_of(event, state=changed, offset=1, actor=actor, at=at, command_id=command_id)
            changed = self.aggregate.evolve(changed, leaf)
            leaves.append(leaf)
        self.state = changed
        async with self._lock:
            request = RecordRequest(log=log_of(changed.stream), stream=changed.stream, leaves=tuple(leaves))
            recorded = await self._short(RECORD, request, Recorded, events[0].TYPE)
        return Receipt(
            log=request.log,
            seq=recorded.seq,
            stream=request.stream,
            version=changed.version,
            leaf_hash=recorded.leaf_hash,
            command_id=command_id,
            at=at,
        )


def error_of(refused: Refused) -> ApplicationError:
    """The failure that stands for a refusal."""
    return ApplicationError(str(refused), refused.params, type=refused.code, non_retryable=True)
