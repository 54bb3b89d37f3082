"""Workflows that are the real one in all but a fault: one that breaks the rule of the one loop, one that fails."""

from temporalio import workflow

from activities.messages import StreamStart
from workflows.application import ApplicationWorkflow
from workflows.ticket import Ticket


@workflow.defn(name="Application")
class DecidesInHandlers(ApplicationWorkflow):
    """The handler of an update takes its act to the record itself; signals and deadlines are left to the loop."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        return await super().run(start)

    async def wait_for_answer(self, ticket: Ticket) -> None:
        await self.take(ticket)
        # The loop sees what became due, and the end.
        self._rang = True


@workflow.defn(name="Application")
class FailsForOne(ApplicationWorkflow):
    """Has a fault that the first application alone meets: each of its workflow tasks fails."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        if workflow.info().workflow_id.endswith("/0001"):
            raise RuntimeError("not mended yet")
        return await super().run(start)
