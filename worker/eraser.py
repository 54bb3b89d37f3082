"""Compose the eraser: one more task queue, polled only where the login that erases is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.decide import DecidingActivities, ErasingActivities
from ledger.record import Ledger
from workflows.stream import eraser_queue

DRAIN = timedelta(seconds=5)

log = structlog.get_logger(__name__)


def make_eraser(client: Client, ledger: Ledger, task_queue: str) -> Worker:
    """Return a worker for the eraser's queue, which takes the erasures of workers that may not."""
    return Worker(
        client,
        task_queue=eraser_queue(task_queue),
        activities=[ErasingActivities(DecidingActivities(ledger, client)).decide],
        max_concurrent_activity_task_polls=1,
        graceful_shutdown_timeout=DRAIN,
    )


@asynccontextmanager
async def erase_where_the_login_is(client: Client, ledger: Ledger, task_queue: str) -> AsyncIterator[None]:
    """Erase for all workers while the context lasts, if this one may; otherwise do nothing, and say so."""
    if ledger.eraser is None:
        log.info("no login of the eraser here: this worker erases nobody")
        yield
        return
    async with make_eraser(client, ledger, task_queue):
        yield
