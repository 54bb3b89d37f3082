"""Long work that tells Temporal that its worker lives, so that a dead one's is soon taken over."""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar

import structlog
from temporalio import activity

BEAT_S = 1.0

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def beat_while(work: Coroutine[Any, Any, T]) -> T:
    """Do long work of the running activity with a heartbeat every second, and return what it brings.

    Cancelled, it ends the work and waits for its end: none of it goes on beside the attempt that follows.
    """
    task = asyncio.create_task(work)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=BEAT_S)
            activity.heartbeat()
        return task.result()
    finally:
        await end_all([task])


async def end_all(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel those that still run and wait for their end; what goes wrong meanwhile is logged."""
    running = [task for task in tasks if not task.done()]
    for task in running:
        task.cancel()
    if not running:
        return
    await asyncio.wait(running)
    for task in running:
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("failed while it was ended", exc_info=failure)
