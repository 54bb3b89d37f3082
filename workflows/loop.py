"""One loop decides: the shape of every workflow that owns a stream of the record.

Handlers only put a message into the inbox and wait for its answer. The loop takes one message at a time:
settle what is due, decide, record, then evolve and answer. State is always the recorded state, so nothing
needs a lock or a rollback, and the order of the inbox is the order of history (docs/decisions, "one loop").
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.messages import (
    READ_FACTS,
    READ_RECEIPT,
    RECORD,
    FactsQuery,
    ReceiptQuery,
    Recorded,
    RecordRequest,
)
from selection.actor import SYSTEM, Actor
from selection.aggregate import ActRefused, Aggregate, Context, Due, Event, Seen, leaf_of
from selection.facts import Facts, FactsRequest
from selection.leaf import Receipt
from selection.messages import Envelope, fallback_command_id, open_envelope
from selection.model import Frozen
from selection.refusals import Refused
from selection.streams import log_of
from workflows import policies
from workflows.inbox import Inbox
from workflows.showing import Shown
from workflows.ticket import NOBODY, DeadlinesMoved, Ticket, cancel_request, refuse_impostor

A = TypeVar("A", bound=Frozen)


class StreamStart(Frozen):
    """What a run starts with: nothing for a new stream, all that it knows for a continued one."""

    state: str = ""
    facts: Facts = Facts()


class StreamLoop(Inbox, Shown):
    """The loop and the record of one stream. A workflow class adds its handlers' names and `run`."""

    def __init__(self, aggregate: Aggregate[Any], start: StreamStart) -> None:
        Inbox.__init__(self)
        Shown.__init__(self)
        stream = workflow.info().workflow_id
        self.aggregate = aggregate
        self.state: Any = aggregate.load(start.state) if start.state else aggregate.initial(stream)
        self.facts = start.facts
        self._in_hand: tuple[Ticket, ...] = ()
        self._rang = False
        self._timer: asyncio.Task[None] | None = None
        self._timer_at: datetime | None = None

    @workflow.query(description="The stream's version, to compare with the record.")
    def version(self) -> int:
        """Return the version of the recorded state."""
        return int(self.state.version)

    # --- the loop -------------------------------------------------------------------------------------------

    async def serve(self) -> None:
        """Run the loop to its end; a cancel request becomes a refusal on the record and ends nothing."""
        # The loop has a task of its own: cancelling the workflow cancels only what awaits it here, so that a
        # record under way is never torn.
        loop = asyncio.create_task(self._loop())
        while not loop.done():
            try:
                await asyncio.shield(loop)
            except asyncio.CancelledError:
                self.inbox.append(cancel_request(workflow.info().run_id))
        await loop

    async def _loop(self) -> None:
        """Take what comes until the stream has ended or the history is long enough to continue as new."""
        if self.needs_terms() and self.facts.terms is None and self.state.version:
            # Started from the record by an operator: deadlines must be waited for before any act comes.
            await self.learn(FactsRequest(terms=True, deadlines=True))
            await self.resume()
        while not (self.state.ended or self._must_continue()):
            if not self.inbox:
                self._set_timer()
                await workflow.wait_condition(lambda: bool(self.inbox) or self._rang or self.stirred())
            self._rang = False
            if self.stirred():
                await self.attend()
            elif self.inbox:
                await self.take(self.inbox.popleft())
            else:
                await self.settle(workflow.now())
        await self._drain()

    async def resume(self) -> None:
        """Do what a lost run may have left undone, in one that was started from the record."""

    def stirred(self) -> bool:
        """Tell whether something other than a message or a deadline waits for the loop."""
        return False

    async def attend(self) -> None:
        """Do what `stirred` told of."""

    async def after(self, events: tuple[Event, ...], envelope: Envelope, now: datetime) -> None:
        """Do what recorded events ask for, before the act is answered. May raise Refused."""

    async def take(self, ticket: Ticket) -> None:
        """Decide on one message, record the outcome, and answer it."""
        now = workflow.now()
        self._in_hand = (ticket,)
        try:
            ticket.receipt = await self._decide(ticket, now)
        except Refused as refused:
            ticket.refused = refused
        ticket.answered, self._in_hand = True, ()

    async def _decide(self, ticket: Ticket, now: datetime) -> Receipt:
        kind, actor, command_id = "unknown", NOBODY, fallback_command_id(ticket.body)
        try:
            envelope = open_envelope(ticket.body)
            kind, actor, command_id = envelope.kind, envelope.actor, envelope.command_id
            refuse_impostor(ticket, envelope, others_speak=self.takes_system_messages())
            if command_id in self.state.seen:
                return await self._answered_before(self.state.seen[command_id])
            if ticket.refuse_as:
                raise Refused(ticket.refuse_as)
            command = self.aggregate.parse(envelope.command)
            if not isinstance(command, self.aggregate.before_settling):
                await self.settle(now)
            if self.state.ended:
                raise self.too_late()
            facts = await self._facts_for(self.aggregate.needs(self.state, actor, command, now, self.facts))
            context = Context(actor=actor, at=now, command_id=command_id, facts=facts)
            events = self.aggregate.decide(self.state, command, context)
            receipt = await self.record(events, actor, now, command_id)
        except Refused as refused:
            if "/" in command_id and not ticket.internal:
                # The engine's ids are predictable: a refusal must not stand where its own act will come.
                command_id = fallback_command_id(ticket.body)
            if command_id not in self.state.seen:
                await self.record(await self.refusal(kind, refused), actor, now, command_id)
            raise
        await self.after(events, envelope, now)
        return receipt

    def takes_system_messages(self) -> bool:
        """Tell whether other workflows act on this stream; what they carry out is checked on the record."""
        return True

    def too_late(self) -> Refused:
        """Return the refusal of an act on a stream that has ended."""
        return Refused("ended")

    async def refusal(self, kind: str, refused: Refused) -> tuple[Event, ...]:
        """Return the events of a refused act."""
        return (ActRefused(kind=kind, code=refused.code, params=refused.params),)

    async def _answered_before(self, seen: Seen) -> Receipt:
        """Return the same answer as the first time: one command id is one act."""
        if seen.code:
            raise Refused(seen.code, **seen.params)
        query = ReceiptQuery(stream=self.state.stream, version=seen.version)
        return await self._short(READ_RECEIPT, query, Receipt, "receipt of an act done before")

    async def settle(self, now: datetime) -> None:
        """Record what deadlines up to `now` bring, each dated at the deadline itself."""
        while (due := self.aggregate.due(self.state, self.facts)) is not None and due.at <= now:
            events = self.aggregate.settle(self.state, due, self.facts)
            if not events:
                return
            command_id = f"deadline/{due.name}/{self.state.version + 1}"
            resting_on = self.facts.deadlines if due.movable else None
            try:
                await self.record(events, SYSTEM, due.deadline, command_id, resting_on)
            except DeadlinesMoved as moved:
                # An extension reaches a workflow when its record is compared, never by a broadcast.
                self.facts = self.facts.joined(Facts(deadlines=moved.deadlines))

    # --- facts and record -----------------------------------------------------------------------------------

    async def learn(self, request: FactsRequest) -> Facts:
        """Ask the record and keep what stays true: terms and deadlines."""
        query = FactsQuery(round=self.state.round, stream=self.state.stream, request=request)
        told = await self._short(READ_FACTS, query, Facts, "facts for a decision")
        self.facts = self.facts.joined(Facts(terms=told.terms, deadlines=told.deadlines))
        return told

    async def _facts_for(self, request: FactsRequest) -> Facts:
        if self.needs_terms() and self.facts.terms is None:
            request = request.joined(FactsRequest(terms=True, deadlines=True))
        return self.facts if request.empty else self.facts.joined(await self.learn(request))

    def needs_terms(self) -> bool:
        """Tell whether decisions of this stream need the round's terms."""
        return True

    async def record(
        self,
        events: tuple[Event, ...],
        actor: Actor,
        at: datetime,
        command_id: str,
        resting_on: dict[str, datetime] | None = None,
    ) -> Receipt:
        """Record the events as the next versions, evolve, and return the last one's receipt.

        Raises Refused for an act in the engine's name that no recorded decision stands behind, and for an event
        that is larger than a leaf may be; DeadlinesMoved when other deadlines are in force than those given.
        """
        leaves = tuple(
            leaf_of(event, state=self.state, offset=offset, actor=actor, at=at, command_id=command_id)
            for offset, event in enumerate(events, start=1)
        )
        log = log_of(self.state.stream)
        request = RecordRequest(log=log, stream=self.state.stream, leaves=leaves, deadlines=resting_on)
        try:
            recorded = await self._short(RECORD, request, Recorded, events[0].TYPE)
        except ActivityError as failed:
            await self._stop_diverged(failed)
        if recorded.refused:
            raise Refused(recorded.refused, **recorded.params)
        if recorded.moved:
            raise DeadlinesMoved(recorded.moved)
        for leaf in leaves:
            self.state = self.aggregate.evolve(self.state, leaf)
        self.show()
        return Receipt(
            log=log,
            seq=recorded.seq,
            stream=self.state.stream,
            version=leaves[-1].version,
            leaf_hash=recorded.leaf_hash,
            command_id=command_id,
            at=at,
        )

    async def _short(self, name: str, argument: Frozen, answer: type[A], summary: str) -> A:
        told: A = await workflow.execute_activity(
            name,
            argument,
            result_type=answer,
            start_to_close_timeout=policies.time_for(argument),
            retry_policy=policies.RECORD_RETRY,
            summary=summary,
        )
        return told

    async def _stop_diverged(self, failed: ActivityError) -> None:
        """Take no further acts: the record holds something else, and only an operator can tell why."""
        cause = failed.cause
        code = cause.type if isinstance(cause, ApplicationError) and cause.type else "record-diverged"
        self.diverged = True
        workflow.set_current_details(
            f"**{code}**: version {self.state.version + 1} of {self.state.stream} was not recorded. "
            "No acts are taken until an operator has reconciled it."
        )
        workflow.logger.error("record diverged: %s", code)
        for ticket in (*self._in_hand, *self.inbox):
            ticket.refused, ticket.answered = Refused("record-diverged"), True
        self.inbox.clear()
        await workflow.wait_condition(lambda: False)

    # --- timers, details, ends ------------------------------------------------------------------------------

    def _set_timer(self) -> None:
        due = self.aggregate.due(self.state, self.facts)
        if due is None or (self._timer_at is not None and self._timer_at <= due.at):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = due.at
        self._timer = asyncio.create_task(self._ring(due))

    async def _ring(self, due: Due) -> None:
        pause = max(due.at - workflow.now(), timedelta())
        await workflow.sleep(pause, summary=f"{due.name} until {due.deadline.isoformat()}")
        self._timer, self._timer_at, self._rang = None, None, True

    def _must_continue(self) -> bool:
        return workflow.info().is_continue_as_new_suggested()

    async def _drain(self) -> None:
        """Answer all that was admitted, let every handler finish; new acts are told to come again."""
        self.draining = True
        while True:
            while self.inbox:
                await self.take(self.inbox.popleft())
            await workflow.wait_condition(lambda: bool(self.inbox) or workflow.all_handlers_finished())
            if not self.inbox:
                return

    def start_of_next_run(self) -> StreamStart:
        """Return what the next run needs to know."""
        return StreamStart(state=self.aggregate.dump(self.state), facts=self.facts)
