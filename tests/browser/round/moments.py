"""Moments at which a part is killed: where on the way between page and server is chance's, told by its seed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import Enum
from random import Random
from typing import Any

WORKED_ON = 0.1
"""Seconds at most that a server is left to work on what arrived; how far it came is nothing that a test rests on."""


class Moment(Enum):
    """Where what the page sends is, when the part is killed."""

    BEFORE = "not sent yet"
    SENT = "sent, and not there yet"
    ARRIVED = "being worked on"
    ANSWERED = "answered, and the answer is lost"


@asynccontextmanager
async def killing(
    session: Any, moment: Moment, kill: Callable[[], None], chance: Random
) -> AsyncIterator[None]:
    """Kill at a moment of the next form that a tab sends within the block, and once only.

    `session` is the tab's own: the end of another would take its authenticator away.
    """
    if moment is Moment.BEFORE:
        kill()
        yield
        return
    struck, wait = asyncio.Event(), chance.random() * WORKED_ON

    async def strike(paused: dict[str, Any]) -> None:
        told = {"requestId": paused["requestId"]}
        if struck.is_set() or paused["request"]["method"] != "POST":
            await session.send("Fetch.continueRequest", told)
            return
        struck.set()
        if moment is not Moment.ARRIVED:
            kill()
        if moment is Moment.ANSWERED:
            await session.send("Fetch.failRequest", {**told, "errorReason": "ConnectionClosed"})
            return
        await session.send("Fetch.continueRequest", told)
        if moment is Moment.ARRIVED:
            await asyncio.sleep(wait)
            kill()

    tasks: list[asyncio.Task[None]] = []

    def meet(paused: dict[str, Any]) -> None:
        tasks.append(asyncio.create_task(strike(paused)))

    session.on("Fetch.requestPaused", meet)
    stage = "Response" if moment is Moment.ANSWERED else "Request"
    await session.send("Fetch.enable", {"patterns": [{"requestStage": stage}]})
    try:
        yield
        await struck.wait()
        await asyncio.gather(*tasks)
    finally:
        session.remove_listener("Fetch.requestPaused", meet)
        await session.send("Fetch.disable")
