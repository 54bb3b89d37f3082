"""One application, from submission to its outcome."""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.workflow import ChildWorkflowHandle, ParentClosePolicy

from activities.messages import TASK_TIMEOUT, Answer, StreamStart
from selection.streams import REVIEW_REQUEST, review_workflow
from workflows.companion import Companion

# By its name: with its class, each application in the cache would hold what loading another workflow takes.
Child = ChildWorkflowHandle[Any, str]


@workflow.defn(name="Application")
class ApplicationWorkflow(Companion):
    """Workflow id `application/<round>/<number>`. Ends with the application's outcome.

    The stages are rooms (selection/application/rooms.py): submission and recommendation until their deadlines, the
    legality check with one send-back, the panel's review until its score is fixed, survey, appraisal, proposal, public
    notice, and the list. Each act comes in as a message and is decided at the record.

    After the end a request for review brings a new run. What follows upon it is a child's
    (workflows/review_request.py), for which this one waits. However that closed, it is started again as long as the
    record says that a request is open.
    """

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start, other=review_workflow(workflow.info().workflow_id))
        self._child: Child | None = None
        # One that another run started, as before a reset: when it closes is not told here.
        self._runs_already = False

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

    # --- requests for review --------------------------------------------------------------------------------

    def has_news(self) -> bool:
        """Tell whether something was recorded of which the child was not told."""
        return super().has_news() and (self._child is not None or self._runs_already)

    def has_pending_work(self) -> bool:
        """Tell whether the child closed, is missing, or is to be told something."""
        return self._has_closed() or self._is_missing() or self.has_news()

    async def attend(self) -> None:
        """Start the child, tell it, or take its end, of which only the record says whether it was one."""
        if self._has_closed():
            self._let_child_go()
            await self.settle()
        elif self._is_missing():
            await self._start_child()
        else:
            await self.tell_news()

    async def settle(self) -> Answer:
        """Have what is due settled, and ask again whether a child that another run started still runs."""
        self._runs_already = False
        return await super().settle()

    def _let_child_go(self) -> None:
        child, self._child = self._child, None
        if child is not None and not child.cancelled():
            # Taken, so that it is not told as a failure that nobody saw.
            child.exception()

    def _has_closed(self) -> bool:
        return self._child is not None and self._child.done()

    def _is_missing(self) -> bool:
        return self.standing.request and self._child is None and not self._runs_already

    async def _start_child(self) -> None:
        try:
            self._child = await workflow.start_child_workflow(
                REVIEW_REQUEST,
                StreamStart(),
                id=self._other,
                result_type=str,
                task_timeout=TASK_TIMEOUT,
                # A run that is reset or terminated does not take it along.
                parent_close_policy=ParentClosePolicy.ABANDON,
                static_summary=self._other,
            )
        except WorkflowAlreadyStartedError:
            self._runs_already = True
        else:
            # It asks the record when it starts.
            self._news = False

    def _set_timer(self) -> None:
        # The child keeps the time, unless this run would not learn that it closed.
        if self._runs_already or not self.standing.request:
            super()._set_timer()
