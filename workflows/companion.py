"""A stream that two workflows take to the record at once: each has the other look after it recorded something.

The record decides in order whichever asks, so that neither has to know what the other does. They tell each other for
the sake of timers, ends, and of what operators see.
"""

from contextlib import suppress

from temporalio import workflow
from temporalio.exceptions import FailureError

from activities.messages import Answer, StreamStart
from workflows.stream import Stream


class Companion(Stream):
    """One of the two. A class adds its handlers' names and `run`."""

    def __init__(self, start: StreamStart, other: str) -> None:
        """`other` is the id of the other one."""
        super().__init__(start)
        self._other = other
        self._news = False

    async def after(self, answer: Answer) -> Answer:
        """Note that there is something to tell."""
        # Of a receipt of before too: what recorded it may have ended before it told anybody.
        self._news |= bool(answer.hashes or answer.receipt)
        return answer

    def has_news(self) -> bool:
        """Tell whether something was recorded of which the other one was not told."""
        return self._news

    async def tell_news(self) -> None:
        """Have the other one ask the record, if it runs: one that does not has nothing to wait for."""
        self._news = False
        with suppress(FailureError):
            await workflow.get_external_workflow_handle(self._other).signal(Stream.look)

    def has_pending_work(self) -> bool:
        """Tell whether there is something to tell."""
        return self.has_news()

    async def attend(self) -> None:
        """Tell it."""
        await self.tell_news()
