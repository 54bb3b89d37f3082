"""A workflow with a bug: each of its tasks fails, until a mended worker takes them."""

from temporalio import workflow

from activities.messages import StreamStart
from workflows.application import ApplicationWorkflow


@workflow.defn(name="Application")
class Stumbles(ApplicationWorkflow):
    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        raise RuntimeError("not mended yet")
