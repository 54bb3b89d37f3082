"""One round, from the sealed call to the issued list."""

from datetime import datetime
from typing import Any

from temporalio import workflow
from temporalio.workflow import ActivityHandle

from activities.messages import CARRY_OUT, DRAW, BatchRequest
from selection.actor import SYSTEM
from selection.messages import Envelope
from selection.model import Frozen
from selection.round.commands import ReportBatch, ReportDraw
from selection.round.decide import ROUND
from selection.round.looking import advance, look_needs
from selection.round.state import RoundState
from workflows import policies
from workflows.archive import ArchiveStart, start_archiving
from workflows.loop import StreamLoop, StreamStart
from workflows.ticket import Ticket


@workflow.defn(name="Round")
class RoundWorkflow(StreamLoop):
    """Workflow id `round/<round>`. Ends with the issued list, or cancelled.

    It never gets a message per application: it waits for acts of its staff, for the intake's deadlines, and
    for the signal `look`, upon which it reads the counts from the record.
    """

    state: RoundState

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(ROUND, start)
        self._look = bool(start.state)
        self._job: ActivityHandle[Any] | None = None
        self._job_batch = ""

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts, deadlines and looks until the list is issued and carried out; return the last stage."""
        await self.serve()
        if not self.state.ended:
            workflow.continue_as_new(self.start_of_next_run())
        # A workflow of its own that waits until this one and the applications have closed. A child, and no row of
        # the outbox: it stands in this history, for an operator to follow, and needs no courier.
        act = ArchiveStart(command_id="archive/round-ended", cause="round-ended")
        await start_archiving(self.state.round, act)
        return self.state.stage.value

    @workflow.signal(name="look", description="Something in the record changed that may end a stage.")
    async def look(self) -> None:
        """Ask the loop to look at the record."""
        self._look = True

    def stirred(self) -> bool:
        """Tell whether the record is to be looked at, or a batch began or came to its end."""
        job_waits = self.state.batch != self._job_batch or (self._job is not None and self._job.done())
        return self._look or job_waits

    async def attend(self) -> None:
        """Begin the batch of a decision just recorded, take the report of one that ended, or look."""
        if self._job is not None and self.state.batch != self._job_batch:
            # The round was cancelled meanwhile: what is still under way has no decision behind it any more.
            self._job.cancel()
            self._job, self._job_batch = None, ""
        elif self._job is not None and self._job.done():
            await self._take_report(self._job.result())
        elif self._job is None and self.state.batch:
            self._begin_job()
        elif self._look:
            self._look = False
            await self._look_at_record()

    def needs_terms(self) -> bool:
        """Return False: a round holds its own rules."""
        return False

    async def settle(self, now: datetime) -> None:
        """Settle what is due, and look at the record after it."""
        before = self.state.version
        await super().settle(now)
        self._look = self._look or self.state.version > before

    def takes_system_messages(self) -> bool:
        """Return False: only the round itself reports its batches."""
        return False

    async def _look_at_record(self) -> None:
        facts = await self.learn(look_needs(self.state))
        now = workflow.now()
        events = advance(self.state, facts)
        if events:
            await self.record(events, SYSTEM, now, f"look/{self.state.version + 1}")
            # The next stage may be over already, such as a survey of nobody.
            self._look = True

    def _begin_job(self) -> None:
        request = BatchRequest(round=self.state.round, batch=self.state.batch, version=self.state.version)
        self._job_batch = self.state.batch
        if self.state.batch.startswith("draw/"):
            self._job = workflow.start_activity(
                DRAW,
                request,
                result_type=ReportDraw,
                start_to_close_timeout=policies.DRAW_TIMEOUT,
                retry_policy=policies.LONG_RETRY,
                summary=request.batch,
            )
            return
        self._job = workflow.start_activity(
            CARRY_OUT,
            request,
            result_type=ReportBatch,
            start_to_close_timeout=policies.BATCH_TIMEOUT,
            heartbeat_timeout=policies.BATCH_HEARTBEAT,
            retry_policy=policies.LONG_RETRY,
            summary=request.batch,
        )

    async def _take_report(self, report: Frozen) -> None:
        # A repeated batch has the same name; its report is another act.
        command_id = f"report/{self._job_batch}/{self.state.version}"
        self._job, self._job_batch = None, ""
        envelope = Envelope(command_id=command_id, actor=SYSTEM, command=report.model_dump(mode="json"))
        await self.take(Ticket(envelope.model_dump_json().encode(), internal=True))
        self._look = True

    def _must_continue(self) -> bool:
        # A running batch belongs to this run; it is waited for before the next begins.
        return self._job is None and not self.state.batch and super()._must_continue()

    def details(self) -> str:
        """Return stage, batch and proposal for an operator."""
        state = self.state
        return (
            f"**{state.stage.value}** {'(rehearsal)' if state.sealed and state.sealed.is_rehearsal else ''}\n\n"
            f"- version {state.version}, refusals {state.refusals}\n"
            f"- batch: {state.batch or 'none'}, left over {len(state.left_over)}\n"
            f"- proposal {state.proposal}, levels passed: {', '.join(state.passed) or 'none'}"
        )

    def attributes(self) -> dict[str, str]:
        """Return what an operator searches by."""
        return {"SelectionRound": self.state.round, "SelectionStage": self.state.stage.value}
