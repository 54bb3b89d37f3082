"""One application, from submission to its outcome."""

from temporalio import workflow

from activities.messages import StreamStart
from workflows.stream import Stream


@workflow.defn(name="Application")
class ApplicationWorkflow(Stream):
    """Workflow id `application/<round>/<number>`. Ends with the application's outcome.

    The stages are rooms (selection/application/rooms.py): submission and recommendation until their deadlines, the
    legality check with one send-back, the panel's review until its score is fixed, survey, appraisal, proposal, public
    notice, and the list. Each act comes in as a message and is decided at the record.
    """

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts and deadlines in order until there is an outcome, and return it."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        return self.standing.result

    async def begin(self) -> None:
        """Learn where the stream stands: from the answer to what began this run, where that settles it as well."""
        while self.inbox and not self._asked:
            await self.take(self.inbox.popleft())
        if not self._asked:
            await self.settle()
