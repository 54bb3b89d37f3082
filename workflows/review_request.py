"""The requests for review of one application, from the first to the last that is decided."""

from temporalio import workflow

from activities.messages import StreamStart
from selection.streams import REVIEW_REQUEST, stream_of
from workflows.companion import Companion


@workflow.defn(name=REVIEW_REQUEST)
class ReviewRequestWorkflow(Companion):
    """Workflow id `application/<round>/<number>/review`, a child of the application's workflow (decisions/0069).

    It takes what is done about requests, keeps their days, and ends once none waits for anybody any more. Their stream
    is the application's: what was requested and found stands beside all that it is about.
    """

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start, other=stream_of(workflow.info().workflow_id))

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts and days in order until no request is open, and return the application's outcome."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        return self.standing.result

    def _is_over(self) -> bool:
        """Tell whether no request waits for anybody."""
        return self._asked and not self.standing.request
