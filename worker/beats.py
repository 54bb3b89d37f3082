"""Show every few seconds that acts are decided here: that this process reaches both the record and Temporal.

A worker that is cut off from the record goes on asking Temporal for work, and fails at it. So it shows up at a queue of
its own only while the record answers (`runtime.temporal.namespace.find_deciders`): nothing is recorded for it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from ledger.database.health import takes_entries
from ledger.database.store import Store
from ledger.errors import LedgerError
from runtime.temporal.namespace import BEATS_EVERY, decider_queue, show_up

ANSWERS_WITHIN_S = 5.0
"""Seconds in which the record has to answer, by the connections that decisions use [D]."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def beat_while_running(
    client: Client, store: Store, task_queue: str, every: timedelta = BEATS_EVERY
) -> AsyncIterator[None]:
    """Show up while the context lasts and the record answers; `store` is what this worker decides on."""
    beating = asyncio.create_task(_keep_beating(client, store, decider_queue(task_queue), every))
    try:
        yield
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating


async def _keep_beating(client: Client, store: Store, queue: str, every: timedelta) -> None:
    cut_off = False
    while True:
        fault = await _beat(client, store, queue)
        if fault and not cut_off:
            log.warning("acts are not decided here", reason=fault)
        if cut_off and not fault:
            log.info("acts are decided here again")
        cut_off = bool(fault)
        await asyncio.sleep(every.total_seconds())


async def _beat(client: Client, store: Store, queue: str) -> str:
    """Show up if the record answers, and return why not."""
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            if not await takes_entries(store):
                return "the record only reads"
        await show_up(client, queue)
    except (LedgerError, TimeoutError):
        return "the record does not answer"
    except RPCError:
        return "Temporal does not answer"
    return ""
