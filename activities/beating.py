"""Long work that tells Temporal that its worker lives, so that a dead one's is soon taken over."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from temporalio import activity

BEAT_S = 1.0

T = TypeVar("T")


async def beat_while(work: Coroutine[Any, Any, T]) -> T:
    """Do long work of the running activity with a heartbeat every second, and return what it brings."""
    task = asyncio.create_task(work)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=BEAT_S)
            activity.heartbeat()
        return task.result()
    finally:
        task.cancel()
