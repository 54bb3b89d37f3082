"""One unit's recommendation list in one round: where recommendations that race meet."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.messages import HALTED, NO_ANSWER, TELL, UNTOLD, Answer, StreamStart, TellRequest, Told
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
        # Application -> the version that it has yet to take, as it does not answer.
        self._untold: dict[str, int] = {}

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take recommendations until the deadline, and return how many stand."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        return self.standing.result

    async def settle(self) -> Answer:
        """Have what is due settled, and all told that did not answer."""
        self._untold = {}
        return await super().settle()

    async def after(self, answer: Answer) -> Answer:
        """Have applications carry out what the list recorded; what one refuses frees its place again.

        Asked for what is due, the record also names what a lost run recorded and no application took. One that does not
        answer, as its workflow fails or its log is halted, is left until later: nobody else of the list waits for it.
        """
        if answer.receipt is not None:
            # Asked again for an act of before, the record names all that no application took: some may have meanwhile.
            self._untold = {name: at for name, at in self._untold.items() if answer.tells.get(name) == at}
        tells = {name: at for name, at in answer.tells.items() if self._untold.get(name) != at}
        told = await asyncio.gather(*(self._tell(name, at) for name, at in tells.items()))
        found = answer
        for (name, at), other in zip(tells.items(), told, strict=True):
            if other.code in (NO_ANSWER, HALTED):
                self._untold[name] = at
            elif (freed := await self._free(name, at, other)) is not None and _is_of(answer, at):
                found = freed
        if tells and self._untold:
            self._wait_until(workflow.now() + policies.TELL_AGAIN)
        if any(_is_of(answer, at) for at in self._untold.values()):
            found = answer.model_copy(update={"code": UNTOLD})
        self.show()
        return found

    def list_notes(self) -> list[str]:
        """Tell operators which applications do not answer."""
        names = ", ".join(sorted(self._untold))
        return [f"not told yet, as they do not answer: {names}"] if names else []

    async def _tell(self, number: str, version: int) -> Told:
        """Have one application carry an entry out, and return how it answered."""
        # The application never waits for this list, so waiting for its answer cannot lock the two up.
        application = application_stream(log_of(self.stream), number)
        try:
            told: Told = await workflow.execute_activity(
                TELL,
                TellRequest(workflow_id=application, decision=Decision(stream=self.stream, version=version)),
                result_type=Told,
                start_to_close_timeout=policies.TELL_TIMEOUT,
                schedule_to_close_timeout=policies.TELL_AT_MOST,
                retry_policy=policies.RECORD_RETRY,
                summary=f"tell {application}",
            )
        except ActivityError:
            return Told(code=NO_ANSWER)
        return told

    async def _free(self, number: str, version: int, told: Told) -> Answer | None:
        """Free the place of an application that refused an entry, and return that; None for one that took it."""
        if not told.code or told.code == "already-done":
            return None
        application = application_stream(log_of(self.stream), number)
        # An application without an entry of its own, such as one that does not exist, answers each entry anew.
        answers = 0 if told.version else version
        answer = await self.ask(carry=Decision(stream=application, version=told.version, answers=answers))
        if answer.code or not answer.hashes:
            # A withdrawal that the application need not carry out: nothing is to be freed.
            return None
        return answer.model_copy(update={"code": told.code, "params": told.params})


def _is_of(answer: Answer, version: int) -> bool:
    """Tell whether an answer is that of the act which the list's entry of this version stands for."""
    before = answer.receipt.version if answer.receipt is not None else 0
    return version == before or answer.first <= version < answer.first + len(answer.hashes)
