"""One unit's recommendation list in one round: where recommendations that race meet."""

from temporalio import workflow

from activities.messages import TELL, Answer, StreamStart, TellRequest, Told
from selection.decision.reference import Decision
from selection.streams import application_stream, log_of
from workflows import policies
from workflows.stream import Stream


@workflow.defn(name="Recommender")
class RecommenderWorkflow(Stream):
    """Workflow id `recommender/<round>/<unit>`. Ends when the recommendation deadline closes the list."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take recommendations until the deadline, and return how many stand."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        return self.standing.result

    async def after(self, answer: Answer) -> Answer:
        """Have applications carry out what the list recorded; what one refuses frees its place again.

        Asked for what is due, the record also names what a lost run recorded and no application took.
        """
        for number, version in answer.tells.items():
            freed = await self._tell(application_stream(log_of(self.stream), number), version)
            if freed is not None:
                answer = freed
        return answer

    async def _tell(self, application: str, version: int) -> Answer | None:
        """Have one application carry an entry out; return the refusal with which the list frees the place."""
        # The application never waits for this list, so waiting for its answer cannot lock the two up.
        other: Told = await workflow.execute_activity(
            TELL,
            TellRequest(workflow_id=application, decision=Decision(stream=self.stream, version=version)),
            result_type=Told,
            start_to_close_timeout=policies.TELL_TIMEOUT,
            retry_policy=policies.RECORD_RETRY,
            summary=f"tell {application}",
        )
        if not other.code or other.code == "already-done":
            return None
        # An application without an entry of its own, such as one that does not exist, answers each entry anew.
        answers = 0 if other.version else version
        answer = await self.ask(carry=Decision(stream=application, version=other.version, answers=answers))
        if answer.code or not answer.hashes:
            # A withdrawal that the application need not carry out: nothing is to be freed.
            return None
        return answer.model_copy(update={"code": other.code, "params": other.params})
