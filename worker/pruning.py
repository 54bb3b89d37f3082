"""Keep the log of reads no longer than it is to be kept."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

from ledger.errors import LedgerError
from ledger.read_log import ReadLog

EVERY = timedelta(days=1)
AGAIN = timedelta(minutes=10)
"""When it is tried again after the record was away."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def prune_while_running(reads: ReadLog, every: timedelta = EVERY) -> AsyncIterator[None]:
    """Remove old reads at once, and then once a day, while the context lasts; any number of workers may."""
    pruning = asyncio.create_task(_keep_pruned(reads, every))
    try:
        yield
    finally:
        pruning.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await pruning


async def _keep_pruned(reads: ReadLog, every: timedelta) -> None:
    while True:
        pause = every
        try:
            gone = await reads.prune()
        except LedgerError as error:
            log.warning("old reads not removed", code=error.code)
            pause = min(every, AGAIN)
        else:
            if gone:
                log.info("old reads removed", count=gone)
        await asyncio.sleep(pause.total_seconds())
