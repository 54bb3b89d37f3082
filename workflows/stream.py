"""What every workflow that owns a stream does: keep order, wait, and take each task to the record.

The record decides (docs/decisions/0024). A workflow knows where its stream stands, sets its
timer by that, shows it, and holds nothing else: a run that starts, for whatever reason, asks the record.
Messages are taken one at a time: acts in flight on one stream would only make each other decide again.
"""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError

from activities.messages import DECIDE, ERASER_AWAY, Answer, DecideRequest, StreamStart, Waiting
from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt
from selection.projections.standing import Standing
from selection.streams import log_of, stream_of
from workflows import policies
from workflows.inbox import Inbox
from workflows.showing import Display
from workflows.ticket import Ticket


def eraser_queue(task_queue: str) -> str:
    """Return the task queue of the workers that may erase people."""
    return f"{task_queue}-eraser"


class Stream(Inbox, Display):
    """One stream's order and time. A workflow class adds its handlers' names and `run`."""

    def __init__(self, start: StreamStart) -> None:
        Inbox.__init__(
            self,
            [Ticket(each.body, each.refuse_as, each.carry, each.cancels) for each in start.waiting],
            start.counted,
        )
        Display.__init__(self)
        self.stream = stream_of(workflow.info().workflow_id)
        self.standing = Standing()
        self._asked = False
        self._rang = False
        self._timer: asyncio.Task[None] | None = None
        self._timer_at: datetime | None = None

    @workflow.query(description="The version that the record told last, to compare with the record.")
    def version(self) -> int:
        """Return the version that the record told last."""
        return self.standing.version

    @workflow.signal(name="look", description="Something in the record changed; ask it again.")
    async def look(self) -> None:
        """Have the record asked."""
        self._rang = True

    @workflow.signal(
        name="resume", description="The record was restored, and a person chose to go on from it."
    )
    async def resume(self) -> None:
        """Forget what the record told, and have it asked again."""
        self.standing, self._asked = Standing(), False
        self._rang = True

    # --- the loop -------------------------------------------------------------------------------------------

    async def serve(self) -> None:
        """Take what comes until the stream has ended; a cancel request becomes a refusal and ends nothing."""
        # The loop has a task of its own: cancelling the workflow cancels only what awaits it here, so that a
        # decision under way is never torn.
        loop = asyncio.create_task(self._loop())
        while not loop.done():
            try:
                await asyncio.shield(loop)
            except asyncio.CancelledError:
                self.inbox.append(Ticket(cancels=workflow.info().run_id))
        await loop

    async def _loop(self) -> None:
        """Take one thing at a time until the stream has ended or the history is long enough to continue as new."""
        await self.begin()
        while not (self._is_over() or self._must_continue()):
            if not self.inbox:
                self._set_timer()
                await workflow.wait_condition(
                    lambda: bool(self.inbox) or self._rang or self.has_pending_work()
                )
            if self.has_pending_work():
                await self.attend()
            elif self.inbox:
                await self.take_next()
            elif self._rang:
                await self.settle()
        await self._drain()

    async def begin(self) -> None:
        """Learn where the stream stands."""
        await self.settle()

    def _is_over(self) -> bool:
        """Tell whether nothing can come any more: the stream has ended, or never began and nothing waits."""
        waiting = self.inbox or self.put_off
        return self.standing.ended or (self._asked and not self.standing.version and not waiting)

    def has_pending_work(self) -> bool:
        """Tell whether something other than a message or a deadline waits for the loop."""
        return False

    async def attend(self) -> None:
        """Do what `has_pending_work` told of."""

    def has_news(self) -> bool:
        """Tell whether another workflow has to know of what was recorded here."""
        return False

    async def tell_news(self) -> None:
        """Do what `has_news` told of."""

    async def after(self, answer: Answer) -> Answer:
        """Do what a decision asks for before it is answered, and return the answer that counts."""
        return answer

    async def take_next(self) -> None:
        """Take the first message; before it those that a halted log could not take, if it is open again."""
        if self.put_off:
            await self.settle()
        await self.take(self.inbox.popleft())

    async def take(self, ticket: Ticket) -> None:
        """Have one message decided, and answer it; what nobody waits for outlasts a halt."""
        answer = await self.ask(
            body=ticket.body, refuse_as=ticket.refuse_as, carry=ticket.carry, cancels=ticket.cancels
        )
        if answer.halted and not ticket.waits:
            # Nobody would be told to send it again.
            self.put_off.append(ticket)
            self._wait_until(workflow.now() + policies.HALTED_AGAIN)
            return
        if answer.counted and not (answer.halted or answer.erases):
            self.counted = self.counted.with_(garbage=self.counted.garbage + 1)
            self.show()
        answer = await self.after(answer)
        ticket.receipt = self._receipt(answer)
        ticket.code, ticket.params = answer.code, answer.params
        ticket.answered = True

    async def settle(self) -> Answer:
        """Have what is due settled, and learn where the stream stands."""
        self._rang = False
        answer = await self.ask()
        if answer.halted:
            self._wait_until(workflow.now() + policies.HALTED_AGAIN)
        else:
            self.inbox.extendleft(reversed(self.put_off))
            self.put_off = []
        return await self.after(answer)

    # --- the record -----------------------------------------------------------------------------------------

    async def ask(
        self,
        *,
        body: bytes = b"",
        refuse_as: str = "",
        carry: Decision | None = None,
        cancels: str = "",
    ) -> Answer:
        """Take a task to the record: by a local activity first, by one that waits where the record is away."""
        request = DecideRequest(
            stream=self.stream,
            at=workflow.now(),
            knows=self.standing.version,
            body=body,
            refuse_as=refuse_as,
            carry=carry,
            cancelled=bool(cancels),
            run="" if cancels == workflow.info().run_id else cancels,
        )
        answer = await self._decide(request)
        if answer.erases:
            answer = await self._by_eraser(request)
        if not answer.halted:
            self._adopt(answer)
        return answer

    async def _decide(self, request: DecideRequest) -> Answer:
        answer = await self._locally(request)
        if answer.away:
            answer = await workflow.execute_activity(
                DECIDE,
                request,
                result_type=Answer,
                start_to_close_timeout=policies.RECORD_TIMEOUT,
                heartbeat_timeout=policies.RECORD_HEARTBEAT,
                retry_policy=policies.RECORD_RETRY,
                summary="the record is away",
            )
        return answer

    async def _by_eraser(self, request: DecideRequest) -> Answer:
        """Take an erasure to a worker that may record it; refused where none is there to take it.

        A worker that stopped may have recorded it and told nobody: then the record has the receipt.
        """
        try:
            answer: Answer = await workflow.execute_activity(
                DECIDE,
                request,
                result_type=Answer,
                task_queue=eraser_queue(workflow.info().task_queue),
                schedule_to_start_timeout=policies.ERASER_WITHIN,
                start_to_close_timeout=policies.RECORD_TIMEOUT,
                heartbeat_timeout=policies.RECORD_HEARTBEAT,
                retry_policy=policies.RECORD_RETRY,
                summary="an erasure",
            )
        except ActivityError:
            answer = await self._decide(request)
        return Answer(code=ERASER_AWAY, counted=True, erases=True) if answer.erases else answer

    async def _locally(self, request: DecideRequest) -> Answer:
        try:
            answer: Answer = await workflow.execute_local_activity(
                DECIDE,
                request,
                result_type=Answer,
                schedule_to_close_timeout=policies.LOCAL_TIMEOUT,
                retry_policy=policies.ONCE,
            )
        except FailureError:
            # Live it is an ActivityError, on replay the bare cause of that (SDK 1.35): whoever catches only the one
            # stops the workflow for good. The activity never raises for a record that is away, so this is a worker
            # that could not run it in time, or a fault; the regular one is tried until a mended worker comes.
            return Answer(away=True)
        return answer

    def _adopt(self, answer: Answer) -> None:
        if answer.standing is not None:
            self._asked = True
            self.standing = answer.standing
            self.show()

    def _receipt(self, answer: Answer) -> Receipt | None:
        if not answer.hashes:
            return answer.receipt
        assert answer.at is not None
        last = len(answer.hashes) - 1
        return Receipt(
            log=log_of(self.stream),
            seq=answer.seq + last,
            stream=self.stream,
            version=answer.first + last,
            leaf_hash=answer.hashes[-1],
            command_id=answer.command_id,
            at=answer.at,
        )

    # --- timers, ends ---------------------------------------------------------------------------------------

    def _set_timer(self) -> None:
        if self.standing.due is not None:
            self._wait_until(self.standing.due)

    def _wait_until(self, instant: datetime) -> None:
        if self._timer_at is not None and self._timer_at <= instant:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = instant
        self._timer = asyncio.create_task(self._ring(instant))

    async def _ring(self, instant: datetime) -> None:
        standing = self.standing
        until = standing.until.isoformat() if standing.until else ""
        pause = max(instant - workflow.now(), timedelta())
        await workflow.sleep(pause, summary=f"{standing.waits_for} until {until}")
        self._timer, self._timer_at, self._rang = None, None, True

    def _must_continue(self) -> bool:
        return workflow.info().is_continue_as_new_suggested()

    async def _drain(self) -> None:
        """Answer all who wait, in their turn, and let every handler finish; new acts are told to come again.

        What came after them, and nobody waits for, goes along into the next run, if there is one.
        """
        self.draining = True
        while True:
            # Nobody who waits overtakes what came before: an act counts by the instant at which it is taken.
            while self.inbox and (self._is_over() or self._is_awaited()):
                await self.take_next()
            if self.has_news():
                # What comes meanwhile is taken as well.
                await self.tell_news()
                continue
            await workflow.wait_condition(lambda: self._is_awaited() or workflow.all_handlers_finished())
            if workflow.all_handlers_finished():
                return

    def _is_awaited(self) -> bool:
        return any(ticket.waits for ticket in self.inbox)

    def next_start(self) -> StreamStart:
        """Return what the next run needs to know."""
        waiting = tuple(
            Waiting(body=ticket.body, refuse_as=ticket.refuse_as, carry=ticket.carry, cancels=ticket.cancels)
            for ticket in (*self.put_off, *self.inbox)
        )
        return StreamStart(waiting=waiting, counted=self.counted)
