"""Something that is being done by itself, whoever looks or leaves: how far it is, and what it came to."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from ledger.errors import LedgerError
from portal.faults import fault_of
from portal.proofs.working import WorkFailed
from reading.errors import ReadFailed
from runtime.error_places import describe_error
from runtime.errors import StackError

PATIENCE = 4.0
"""Seconds that a page waits for an answer before it shows how far the work is [D]."""
STOPPED = "stopped"
"""Why there is no answer where something else took the place of the work, or its copy was deleted."""
Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class Work:
    """Something that is being done: how far it is, and `fault` once it came to nothing."""

    def __init__(self) -> None:
        self.part, self.done, self.total = "waits", 0, 0
        self.fault = ""
        self.task: asyncio.Task[None] | None = None
        self._stopped = False

    def tell(self, part: str, done: int, total: int) -> None:
        """Note how far it is. Raises WorkFailed once it was stopped: a thread ends in no other way."""
        if self._stopped:
            raise WorkFailed(STOPPED)
        self.part, self.done, self.total = part, done, total

    @property
    def running(self) -> bool:
        """Whether it still goes on, or waits for its turn."""
        return self.task is not None and not self.task.done()

    async def wait(self, seconds: float) -> bool:
        """Wait a while for the end; tell whether it came."""
        assert self.task is not None
        await asyncio.wait([self.task], timeout=seconds)
        return not self.running

    def begin(self, work: Callable[[], Awaitable[None]], ended: Callable[[], None] = lambda: None) -> None:
        """Go on by itself, whoever looks or leaves; `ended` is called once it came to something or to nothing."""
        self.task = asyncio.create_task(self._do(work, ended))

    def cancel(self) -> None:
        """Have it end, as soon as it can."""
        self._stopped = True
        if self.running:
            assert self.task is not None
            self.fault = STOPPED
            self.task.cancel()

    async def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.cancel()
        if self.task is not None:
            await asyncio.gather(self.task, return_exceptions=True)

    async def _do(self, work: Callable[[], Awaitable[None]], ended: Callable[[], None]) -> None:
        try:
            await work()
        except (ReadFailed, StackError, LedgerError, WorkFailed) as error:
            self.fault = error.code
        except Exception as error:  # noqa: BLE001 # whatever it is, its page tells it by a code
            self.fault = fault_of(error).code
            log.warning("work on a record failed", error=describe_error(error))
        ended()


class Turns:
    """Whose turn it is in this process: at a time one record is copied, one is verified, and one other job is done."""

    def __init__(self) -> None:
        self.copying = asyncio.Semaphore(1)
        self.verifying = asyncio.Semaphore(1)
        self.short = asyncio.Semaphore(1)


async def await_thread(work: Callable[[], Result]) -> Result:
    """Return what a thread of its own returns. Cancelled, it waits all the same: a thread ends at its next `tell`."""
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        await asyncio.gather(thread, return_exceptions=True)
        raise
