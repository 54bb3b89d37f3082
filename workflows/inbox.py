"""The inbox of a stream's workflow: handlers that only put a message in and wait for its answer.

It is bounded. Updates beyond the bound are told to come again; of signals, which nobody waits for, what exceeds it is
dropped, counted and shown. A flood so costs its history, and never the stream.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice

from pydantic import ValidationError
from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from activities.messages import Counted
from selection.decision.envelope import ENVELOPE_LIMIT
from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt
from selection.wording.refusals import sentence
from workflows.ticket import Ticket

INBOX_LIMIT = 500
# What waits goes along when a run continues as new, in one payload: Temporal takes 2 MiB.
INBOX_BYTES = 1_000_000
CARRY = "carry"


class Inbox:
    """Messages as they came, updates and signals alike; what they mean is decided at the record."""

    def __init__(self, waiting: Sequence[Ticket], counted: Counted) -> None:
        self.inbox: deque[Ticket] = deque(waiting)
        # What nobody waits for and a halted log could not take: it comes before the inbox once that is open again.
        self.put_off: list[Ticket] = []
        self.counted = counted
        self.draining = False

    @workflow.update(
        name="act", description="One act: an envelope with stream, command id, actor and command."
    )
    async def act(self, message: RawValue) -> Receipt:
        """Take one act and answer with its receipt, or fail with the refusal's code as type."""
        return await self._answer_to(make_ticket(message.payload.data))

    @act.validator
    def validate_act(self, message: RawValue) -> None:
        """Reject only what cannot be taken now; refusals of acts are recorded, not rejected."""
        self._refuse_untakeable(len(message.payload.data))

    @workflow.update(name=CARRY, description="The name of a recorded decision, to be carried out here.")
    async def carry(self, message: RawValue) -> Receipt:
        """Carry a decision of another stream out, and answer as `act` does."""
        return await self._answer_to(make_carry_ticket(message.payload.data))

    @carry.validator
    def validate_carry(self, message: RawValue) -> None:
        """Reject only what cannot be taken now."""
        self._refuse_untakeable(len(message.payload.data))

    @workflow.update(dynamic=True)
    async def act_of_unknown_name(self, name: str, messages: Sequence[RawValue]) -> Receipt:
        """Refuse an update of a name that does not exist."""
        return await self._answer_to(Ticket(_first(messages), refuse_as="unknown-command"))

    @act_of_unknown_name.validator
    def validate_unknown(self, name: str, messages: Sequence[RawValue]) -> None:
        """Reject only what cannot be taken now."""
        self._refuse_untakeable(len(_first(messages)))

    @workflow.signal(name="act", description="The same as the update, for callers that cannot wait.")
    async def act_signal(self, message: RawValue) -> None:
        """Take one act without an answer."""
        self._put(make_ticket(message.payload.data))

    @workflow.signal(name=CARRY, description="The same as the update, for callers that cannot wait.")
    async def carry_signal(self, message: RawValue) -> None:
        """Carry a decision out without an answer."""
        self._put(make_carry_ticket(message.payload.data))

    @workflow.signal(dynamic=True)
    async def signal_of_unknown_name(self, name: str, messages: Sequence[RawValue]) -> None:
        """Refuse a signal of a name that does not exist."""
        self._put(Ticket(_first(messages), refuse_as="unknown-command"))

    def _put(self, ticket: Ticket) -> None:
        place = self._place_of_signal()
        if len(ticket.body) > ENVELOPE_LIMIT or self._is_full(len(ticket.body), place):
            self.counted = self.counted.with_(dropped=self.counted.dropped + 1)
        else:
            self.inbox.insert(place, ticket)

    def _place_of_signal(self) -> int:
        """Return the place before the updates that came with it in one workflow task.

        So they come, but after a reset: live, what is applied again comes in the order of its events, and on replay
        signals before updates (docs/decisions/0090). A run that took them in another order would not replay.
        """
        place, seen = len(self.inbox), workflow.info().get_current_history_length()
        while place and self.inbox[place - 1].waits and self.inbox[place - 1].seen == seen:
            place -= 1
        return place

    def _is_full(self, size: int, ahead: int) -> bool:
        """Tell whether a message of so many bytes is too much with so many `ahead` of it."""
        # The count first: thousands of signals may come in one workflow task, which has two seconds of processor.
        if ahead + len(self.put_off) >= INBOX_LIMIT:
            return True
        before = (*self.put_off, *islice(self.inbox, ahead))
        return sum(len(ticket.body) for ticket in before) + size > INBOX_BYTES

    def _refuse_untakeable(self, size: int) -> None:
        if self.draining or self._is_full(min(size, ENVELOPE_LIMIT), len(self.inbox)):
            raise ApplicationError(
                "The workflow continues; send the same command id again.", type="continuing"
            )

    async def _answer_to(self, ticket: Ticket) -> Receipt:
        ticket.waits, ticket.seen = True, workflow.info().get_current_history_length()
        if len(ticket.body) > ENVELOPE_LIMIT:
            # Not kept: only its size matters, and the run that it waits in must stay small.
            ticket.body, ticket.refuse_as = b"", "message-too-large"
        await self.wait_for_answer(ticket)
        if ticket.code:
            raise _error(ticket)
        assert ticket.receipt is not None
        return ticket.receipt

    async def wait_for_answer(self, ticket: Ticket) -> None:
        """Put the message in and wait: only the loop takes anything to the record, in the order in which it came."""
        self.inbox.append(ticket)
        await workflow.wait_condition(lambda: ticket.answered)


def make_ticket(body: bytes) -> Ticket:
    """Return the ticket of an act; one without any bytes asks for nothing and is refused like other garbage."""
    return Ticket(body, refuse_as="" if body else "unreadable")


def make_carry_ticket(body: bytes) -> Ticket:
    """Return the ticket of a decision's name; what cannot be read is refused like any other garbage."""
    try:
        return Ticket(carry=Decision.model_validate_json(body[:ENVELOPE_LIMIT]))
    except ValidationError:
        return Ticket(refuse_as="unreadable")


def _first(messages: Sequence[RawValue]) -> bytes:
    return messages[0].payload.data if messages else b""


def _error(ticket: Ticket) -> ApplicationError:
    """Return the failure of a refused act: the code as type; parameters and the refusal's version as details."""
    params, version = ticket.params or {}, ticket.receipt.version if ticket.receipt else 0
    return ApplicationError(
        sentence(ticket.code, params), params, version, type=ticket.code, non_retryable=True
    )
