"""Wait for a condition, and tell what was waited for where it does not come."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

SOON = timedelta(minutes=10)
"""How long anything is waited for, on the busiest machine. A task that a killed worker took away costs ten seconds, and
a decision that it was making as a regular activity the minute that this may take (workflows/policies.py)."""
STUCK_AFTER = SOON.total_seconds()
"""The same in seconds."""
EVERY = 0.02
LAST_EVENTS = 12

Tell = Callable[[], Awaitable[str]]


async def until(
    met: Callable[[], Awaitable[bool]], what: str, *, tell: Tell | None = None, within: timedelta = SOON
) -> None:
    """Wait until `met` holds; raise AssertionError with `what` and what `tell` finds where it never does."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            while not await met():
                await asyncio.sleep(EVERY)
    except TimeoutError:
        found = f": {await tell()}" if tell else ""
        raise AssertionError(f"{what} did not come within {within.total_seconds():.0f} s{found}") from None


async def tell_workflow(handle: WorkflowHandle[object, object]) -> str:
    """Return what a workflow waits for, and how its history ends."""
    described = (await handle.describe()).raw_description
    events = [EventType.Name(event.event_type) async for event in handle.fetch_history_events()]
    pending = f"{described.pending_activities} {described.pending_workflow_task}".strip()
    return f"{handle.id} waits for {pending or 'nothing'}; its history ends {events[-LAST_EVENTS:]}"
