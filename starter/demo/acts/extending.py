"""An officer moves the intake's deadlines later while its people still act, so that no machine is too slow for them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypedDict

from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import day_of
from selection.refusals.refused import Refused
from selection.round.commands import ExtendDeadline
from starter.client.errors import ActMissing, Pending
from starter.demo.desk import LOOK_EVERY, Desk

INTAKE = ("recommendation", "submission")
"""What ends by the clock, the last one first: the other is never moved beyond it."""

Extend = Callable[[ExtendDeadline], Awaitable[object]]


class Signers(TypedDict):
    """Who signs an act that two must sign."""

    actor: Actor
    second: str


def officer_of(desk: Desk) -> str:
    """Return who extends."""
    return desk.example.rules.staff.officers[0]


def signers_of(desk: Desk) -> Signers:
    """Return who signs an extension, as a client's act takes them: one officer, and another as second."""
    officer = officer_of(desk)
    second = next(name for name in desk.example.rules.staff.officers if name != officer)
    return {"actor": Actor(person=officer, role=Role.OFFICER), "second": second}


async def extend_if_near(desk: Desk, within: timedelta, extend: Extend) -> None:
    """Move the intake's deadlines to twice that time from now if one that is still to come is nearer than that."""
    state, now = await desk.round_state(), datetime.now(UTC)
    assert state.sealed is not None
    to_come = [name for name in INTAKE if name in state.deadlines and name not in state.closed]
    if not to_come or min(state.deadlines[name] for name in to_come) > now + within:
        return
    reason = await desk.text("The machine is busy.", officer_of(desk))
    until = day_of(state.sealed.clock, now + 2 * within)
    for name in to_come:
        with suppress(Refused):  # what passed meanwhile is told by the next act of its people
            later = {"name": name, "until": until, "cause": "organiser", "reason": reason}
            await extend(ExtendDeadline.model_validate(later))


async def hold_open(desk: Desk, opened: datetime, closes: datetime, acts: Awaitable[None]) -> None:
    """Let people act within a window; half of it is left to them at any time, however slow the machine is."""
    within = (closes - opened) / 2
    # On a busy machine much of the window may have gone before anybody acts.
    await _look(desk, within)
    holding = asyncio.create_task(_hold(desk, within))
    try:
        await acts
    finally:
        holding.cancel()
        with suppress(asyncio.CancelledError):
            await holding


async def _hold(desk: Desk, within: timedelta) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await _look(desk, within)


async def _look(desk: Desk, within: timedelta) -> None:
    extend = partial(desk.client.act, desk.round_stream, **signers_of(desk))
    with suppress(Pending, ActMissing):  # the next look finds what came of it
        await extend_if_near(desk, within, extend)
