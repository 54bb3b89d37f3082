"""The installation's own stream: people, erasures, letters, repairs, and acts that reached no other."""

from temporalio import workflow

from activities.messages import StreamStart
from workflows.stream import Stream


@workflow.defn(name="Register")
class RegisterWorkflow(Stream):
    """Workflow id `installation`. Begins with the first act and never ends."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts for as long as the installation lasts; end only where none has ever left an entry."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        return self.standing.result
