"""Moments at which a part is killed: where on the way between page and server is chance's, told by its seed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import Enum
from random import Random
from typing import Any

from tests.running.waiting import STUCK_AFTER

WORKED_ON = 0.1
"""Seconds at most that a server is left to work on what arrived; how far it came is nothing that a test rests on."""


class Moment(Enum):
    """Where what the page sends is, when the part is killed."""

    BEFORE = "not sent yet"
    SENT = "sent, and not there yet"
    ARRIVED = "being worked on"
    ANSWERED = "answered, and the answer is lost"


class _Strike:
    """The kill at a moment of one that a page sends; what else it sends goes on.

    It is the one of its method that comes `after` so many. Those of its method behind it are held until the kill: a
    fast server could otherwise answer all of them before.
    """

    def __init__(
        self, session: Any, moment: Moment, kill: Callable[[], None], wait: float, method: str, after: int
    ) -> None:
        self._session, self._moment, self._kill, self._wait = session, moment, kill, wait
        self._method, self._after = method, after
        self._struck, self._killed = asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def meet(self, paused: dict[str, Any]) -> None:
        self._tasks.append(asyncio.create_task(self._let_go(paused)))

    async def end(self) -> None:
        async with asyncio.timeout(STUCK_AFTER):
            await self._struck.wait()
            await asyncio.gather(*self._tasks)

    async def _let_go(self, paused: dict[str, Any]) -> None:
        told = {"requestId": paused["requestId"]}
        counts = paused["request"]["method"] == self._method
        if self._struck.is_set() or not counts or self._after:
            self._after -= counts and self._after > 0
            if counts and self._struck.is_set():
                await self._killed.wait()
            await self._session.send("Fetch.continueRequest", told)
            return
        self._struck.set()
        if self._moment is not Moment.ARRIVED:
            self._end_part()
        if self._moment is Moment.ANSWERED:
            await self._session.send("Fetch.failRequest", {**told, "errorReason": "ConnectionClosed"})
            return
        await self._session.send("Fetch.continueRequest", told)
        if self._moment is Moment.ARRIVED:
            await asyncio.sleep(self._wait)
            self._end_part()

    def _end_part(self) -> None:
        self._kill()
        self._killed.set()


@asynccontextmanager
async def killing(
    session: Any,
    moment: Moment,
    kill: Callable[[], None],
    chance: Random,
    *,
    method: str = "POST",
    after: int = 0,
) -> AsyncIterator[None]:
    """Kill at a moment of the next form that a tab sends within the block, and once only.

    Of what is sent by another `method`, in pieces, it is the one `after` so many.

    `session` is the tab's own: the end of another would take its authenticator away.
    """
    if moment is Moment.BEFORE:
        kill()
        yield
        return
    strike = _Strike(session, moment, kill, chance.random() * WORKED_ON, method, after)
    session.on("Fetch.requestPaused", strike.meet)
    stage = "Response" if moment is Moment.ANSWERED else "Request"
    await session.send("Fetch.enable", {"patterns": [{"requestStage": stage}]})
    try:
        yield
        await strike.end()
    finally:
        session.remove_listener("Fetch.requestPaused", strike.meet)
        await session.send("Fetch.disable")
