"""The intake stays open while its people still act, whatever is killed meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from selection.round.commands import ExtendDeadline
from starter.demo.acts.extending import extend_if_near, signers_of
from starter.demo.desk import Desk
from tests.kill.support.patience import until_answered

LOOK_EVERY = 2.0


@asynccontextmanager
async def extending(desk: Desk, within: float) -> AsyncIterator[asyncio.Event]:
    """Keep the intake open for so many seconds at least, until the event is set that is yielded."""
    over = asyncio.Event()
    signers = signers_of(desk)

    async def extend(command: ExtendDeadline) -> None:
        command_id = f"extend:{command.name}:{command.until}"
        await until_answered(
            lambda: desk.client.act(desk.round_stream, command, **signers, command_id=command_id)
        )

    async def keep() -> None:
        while not over.is_set():
            await extend_if_near(desk, timedelta(seconds=within), extend)
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), LOOK_EVERY)

    async with asyncio.TaskGroup() as beside:
        beside.create_task(keep())
        yield over
        over.set()
