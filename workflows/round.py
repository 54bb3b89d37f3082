"""One round, from the sealed call to the issued list."""

from temporalio import workflow
from temporalio.workflow import ActivityHandle

from activities.messages import CARRY_OUT, DRAW, Answer, BatchRequest, StreamStart
from selection.streams import log_of
from workflows import policies
from workflows.archive import ArchiveStart, start_archiving
from workflows.stream import Stream


@workflow.defn(name="Round")
class RoundWorkflow(Stream):
    """Workflow id `round/<round>`. Ends with the issued list, or cancelled.

    It never gets a message per application: it waits for acts of its staff, for the intake's deadlines, and for the
    signal `look`, upon which the record is asked what follows from its counts. A decision that is to be carried out
    on the applications is a long activity, which puts its own end on the record.
    """

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)
        self._job: ActivityHandle[Answer] | None = None
        self._job_batch = 0

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts, deadlines and looks until the list is issued and carried out; return the last stage."""
        await self.serve()
        if not self._is_over():
            workflow.continue_as_new(self.next_start())
        if self.standing.version:
            # A workflow of its own that waits until this one and the applications have closed. A child, and no row
            # of the outbox: it stands in this history, for an operator to follow, and needs no courier.
            act = ArchiveStart(command_id="archive/round-ended", cause="round-ended")
            await start_archiving(log_of(self.stream), act)
        return self.standing.result

    def has_pending_work(self) -> bool:
        """Tell whether a batch began or came to its end."""
        begun = self.standing.batch_begun
        return begun != self._job_batch or (self._job is not None and self._job.done())

    async def attend(self) -> None:
        """Begin the batch of a decision just recorded, or take the end of one."""
        if self._job is not None and self._job.done():
            answer = self._job.result()
            self._job, self._job_batch = None, 0
            self._adopt(answer)
            # The next stage may be over already, such as a survey of nobody; and an attempt whose worker died may
            # have put the end on the record before this one looked.
            await self.settle()
        elif self._job is not None:
            # By the record it is over: the round was cancelled, or an act was answered after the activity's own
            # report and before its end. What is still under way has no decision behind it any more.
            self._job.add_done_callback(_let_go)
            self._job.cancel()
            self._job, self._job_batch = None, 0
            self._rang = True
        else:
            self._begin_job()

    def _begin_job(self) -> None:
        standing = self.standing
        request = BatchRequest(stream=self.stream, batch=standing.batch, begun=standing.batch_begun)
        self._job_batch = standing.batch_begun
        draws = standing.batch.startswith("draw/")
        self._job = workflow.start_activity(
            DRAW if draws else CARRY_OUT,
            request,
            result_type=Answer,
            start_to_close_timeout=policies.DRAW_TIMEOUT if draws else policies.BATCH_TIMEOUT,
            heartbeat_timeout=policies.DRAW_HEARTBEAT if draws else policies.BATCH_HEARTBEAT,
            retry_policy=policies.LONG_RETRY,
            summary=standing.batch,
        )

    def _must_continue(self) -> bool:
        # A running batch belongs to this run; it is waited for before the next begins.
        return self._job is None and not self.standing.batch and super()._must_continue()


def _let_go(job: ActivityHandle[Answer]) -> None:
    """Take the end of a job that nobody waits for, so that it is not told as a failure that nobody saw."""
    if not job.cancelled():
        job.exception()
