"""The inbox of a stream's workflow: handlers that only put a message in and wait for its answer."""

from collections import deque
from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from selection.leaf import Receipt
from selection.refusals import sentence
from workflows.ticket import Ticket

INBOX_LIMIT = 500


class Inbox:
    """Messages as they came, updates and signals alike; what they mean is decided by the loop."""

    def __init__(self) -> None:
        self.inbox: deque[Ticket] = deque()
        self.draining = False
        self.diverged = False

    @workflow.update(name="act", description="One act: an envelope with command id, actor and command.")
    async def act(self, message: RawValue) -> Receipt:
        """Take one act and answer with its receipt, or fail with the refusal's code as type."""
        return await self._answer_to(message.payload.data)

    @act.validator
    def validate_act(self, message: RawValue) -> None:
        """Reject only what cannot be taken now; refusals of acts are recorded, not rejected."""
        self._refuse_untakeable()

    @workflow.update(dynamic=True)
    async def act_of_unknown_name(self, name: str, messages: Sequence[RawValue]) -> Receipt:
        """Refuse an update of a name that does not exist, on the record."""
        return await self._answer_to(
            messages[0].payload.data if messages else b"", refuse_as="unknown-command"
        )

    @act_of_unknown_name.validator
    def validate_unknown(self, name: str, messages: Sequence[RawValue]) -> None:
        """Reject only what cannot be taken now."""
        self._refuse_untakeable()

    @workflow.signal(name="act", description="The same as the update, for callers that cannot wait.")
    async def act_signal(self, message: RawValue) -> None:
        """Take one act without an answer."""
        self.inbox.append(Ticket(message.payload.data))

    @workflow.signal(dynamic=True)
    async def signal_of_unknown_name(self, name: str, messages: Sequence[RawValue]) -> None:
        """Refuse a signal of a name that does not exist, on the record."""
        self.inbox.append(Ticket(messages[0].payload.data if messages else b"", refuse_as="unknown-command"))

    def _refuse_untakeable(self) -> None:
        if self.diverged:
            raise _error("record-diverged", {})
        if self.draining or len(self.inbox) >= INBOX_LIMIT:
            raise ApplicationError(
                "The workflow continues; send the same command id again.", type="continuing"
            )

    async def _answer_to(self, body: bytes, *, refuse_as: str = "") -> Receipt:
        ticket = Ticket(body, refuse_as=refuse_as)
        await self._until_answered(ticket)
        if ticket.refused is not None:
            raise _error(ticket.refused.code, ticket.refused.params)
        assert ticket.receipt is not None
        return ticket.receipt

    async def _until_answered(self, ticket: Ticket) -> None:
        self.inbox.append(ticket)
        await workflow.wait_condition(lambda: ticket.answered)


def _error(code: str, params: dict[str, str]) -> ApplicationError:
    """Return the failure of a refused act: the code as type, parameters as details, the English sentence."""
    return ApplicationError(sentence(code, params), params, type=code, non_retryable=True)
