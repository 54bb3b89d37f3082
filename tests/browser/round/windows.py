"""What ends by the clock: an officer moves it while somebody waits for their turn to act in it, however slow."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from selection.kernel.day_clock import day_of
from selection.refusals.refused import Refused
from selection.round.commands import ExtendDeadline
from selection.round.state import RoundState
from starter.demo.acts.extending import officer_of
from starter.demo.desk import Desk
from tests.browser.support.hands import Unfit

Send = Callable[[ExtendDeadline], Awaitable[object]]
LOOK_EVERY = 5.0
"""Seconds between two looks at what is near its end."""
INVITATION, NOTICE = "invitation", "notice"
INTAKE = ("recommendation", "submission")
"""What ends of an intake, the last one first: the other is never moved beyond it."""
ACTS = {
    "submit": "submission",
    "confirm-co-building": "submission",
    "withdraw": "submission",
    "amend-rules": "submission",
    "recommend": "recommendation",
    "rank-recommendations": "recommendation",
    "accept-invitation": INVITATION,
    "decline-invitation": INVITATION,
    "declare-conflict": INVITATION,
    "raise-objection": NOTICE,
}
"""By the kind of an act, in which window it lies."""


class Windows:
    """Those in which somebody waits; each is left at least as long as `near` while they do, and ends by itself then."""

    def __init__(self, near: timedelta) -> None:
        self._near = near
        self._awaited: Counter[str] = Counter()

    @contextmanager
    def wait_for(self, kind: str) -> Iterator[None]:
        """Say that somebody waits to do an act of this kind, or does it."""
        window = ACTS.get(kind, "")
        self._awaited[window] += 1
        try:
            yield
        finally:
            self._awaited[window] -= 1

    async def keep_open(self, desk: Desk, send: Send) -> None:
        """Look at them for ever, apart from whoever acts: however long that takes, it is not too late for the next."""
        while True:
            await self.extend(desk, send)
            await asyncio.sleep(LOOK_EVERY)

    async def extend(self, desk: Desk, send: Send) -> None:
        """Have the officer move what is near its end."""
        if not any(self._awaited[name] for name in ACTS.values()):
            return
        state = await desk.round_state()
        assert state.sealed is not None
        near, now = await self._list_near(desk, state), datetime.now(UTC)
        for name in near:
            until = day_of(state.sealed.clock, now + 2 * self._near)
            reason = await desk.text("The machine is busy.", officer_of(desk))
            later = {"name": name, "until": until, "cause": "organiser", "reason": reason}
            with suppress(Refused, Unfit):  # what passed meanwhile is told by the next act of its people
                await send(ExtendDeadline.model_validate(later))
                desk.acts["extend-deadline"] += 1

    async def _list_near(self, desk: Desk, state: RoundState) -> list[str]:
        soon = datetime.now(UTC) + self._near
        to_come = [name for name in INTAKE if name in state.deadlines and name not in state.closed]
        awaited = [name for name in to_come if self._awaited[name]]
        near = to_come if any(state.deadlines[name] < soon for name in awaited) else []
        if self._awaited[INVITATION]:
            ends = [task.until for task in await desk.tasks() if task.kind == "answer-invitation"]
            near = near + [INVITATION] * any(end is not None and end < soon for end in ends)
        if self._awaited[NOTICE] and state.notice_until is not None:
            near = near + [NOTICE] * (state.notice_until < soon)
        return near
