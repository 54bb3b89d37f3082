"""An officer moves the intake's deadlines later while its people still act, so that no machine is too slow for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import day_of
from selection.refusals.refused import Refused
from selection.round.commands import ExtendDeadline
from starter.demo.desk import Desk
from tests.kill.support.patience import until_answered

INTAKE = ("recommendation", "submission")
"""What ends by the clock, the last one first: the other is never moved beyond it."""
LOOK_EVERY = 2.0

Extend = Callable[[ExtendDeadline], Awaitable[object]]


def officer_of(desk: Desk) -> str:
    """Return who extends."""
    return desk.example.rules.staff.officers[0]


async def extend_if_near(desk: Desk, within: timedelta, extend: Extend) -> None:
    """Move the intake's deadlines to twice that time from now if one of them is nearer than that."""
    state, now = await desk.round_state(), datetime.now(UTC)
    assert state.sealed is not None
    if min(state.deadlines[name] for name in INTAKE) > now + within:
        return
    reason = await desk.text("The machine is busy.", officer_of(desk))
    until = day_of(state.sealed.clock, now + 2 * within)
    for name in INTAKE:
        with suppress(Refused):  # what passed meanwhile is told by the next act of its people
            await extend(ExtendDeadline.model_validate({"name": name, "until": until, "reason": reason}))


@asynccontextmanager
async def extending(desk: Desk, within: float) -> AsyncIterator[asyncio.Event]:
    """Keep the intake open for so many seconds at least, until the event is set that is yielded."""
    over = asyncio.Event()
    officer = Actor(person=officer_of(desk), role=Role.OFFICER)

    async def extend(command: ExtendDeadline) -> None:
        command_id = f"extend:{command.name}:{command.until}"
        await until_answered(
            lambda: desk.client.act(desk.round_stream, command, actor=officer, command_id=command_id)
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
