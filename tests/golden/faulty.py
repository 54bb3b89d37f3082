"""Changes of a workflow, as controls: two that nobody put behind a patch, and one that somebody did."""

from datetime import timedelta

from temporalio import workflow

from activities.messages import StreamStart
from workflows.application import ApplicationWorkflow


@workflow.defn(name="Application")
class WaitsFirst(ApplicationWorkflow):
    """A timer comes before the first command."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        await workflow.sleep(timedelta(milliseconds=1), summary="at first")
        return await super().run(start)


@workflow.defn(name="Application")
class WaitsFirstWhereNew(ApplicationWorkflow):
    """The same timer, for workflows that begin with this code."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        if workflow.patched("waits-first"):
            await workflow.sleep(timedelta(milliseconds=1), summary="at first")
        return await super().run(start)


@workflow.defn(name="Application")
class ShowsOtherwise(ApplicationWorkflow):
    """The same commands in the same order, with another value in one."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        return await super().run(start)

    def show(self) -> None:
        changed = {**self.standing.attributes, "SelectionRound": "another"}
        self.standing = self.standing.with_(attributes=changed)
        super().show()
