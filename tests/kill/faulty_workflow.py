"""A workflow that breaks the rule of the one loop, as a control: its handler decides and records by itself."""

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from selection.leaf import Receipt
from workflows.application import ApplicationWorkflow
from workflows.loop import StreamStart
from workflows.ticket import Ticket


@workflow.defn(name="Application")
class HandlerDecides(ApplicationWorkflow):
    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        return await super().run(start)

    @workflow.update(name="act")
    async def act(self, message: RawValue) -> Receipt:  # type: ignore[override]
        ticket = Ticket(message.payload.data)
        await self.take(ticket)
        if ticket.receipt is None:
            assert ticket.refused
            raise ApplicationError(ticket.refused.code, type=ticket.refused.code)
        return ticket.receipt
