"""Whether the portal is alive, ready and deciding, as JSON for programs: three answers, each with a status of its own.

It names no address, no version and nobody. What the parts are is told on the portal's own machine alone. Each part is
looked at once in a few seconds, however many ask: to ask often costs the record and Temporal nothing.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from temporalio.service import RPCError

from ledger.errors import LedgerError
from portal.backend import Backend
from portal.guard.requests import ALIVE, DECIDING, HEALTH, READY, names_this_machine
from runtime.errors import StackError
from runtime.temporal.namespace import find_backlog, find_deciders

HERE = frozenset({"127.0.0.1", "::1"})
"""Where a program of the portal's own machine asks from; a server in front does too, by the public name."""
WITHIN_S = 5.0
"""Seconds within which a part has to answer [D]."""
LOOKS_EVERY_S = 5.0
"""Seconds for which what was seen is told to whoever asks [D]."""
BEHIND_S = 60.0
"""Seconds for which the oldest task may wait while acts count as decided [D]."""
Word = Literal["answers", "away", "unknown"]
AWAY = (LedgerError, StackError, RPCError, TimeoutError, OSError)


@dataclass(frozen=True)
class Workers:
    """How the workers do: how many reach the record, for how long none asked for work, what waits and for how long."""

    deciding: int
    silent_s: float | None
    waiting: int
    behind_s: float

    @property
    def decide(self) -> bool:
        """Whether an act that is sent now is decided soon."""
        return self.deciding > 0 and self.behind_s <= BEHIND_S


@dataclass(frozen=True)
class Look:
    """What was found of the parts at one look."""

    postgres: Word
    temporal: Word
    workers: Workers | None

    @property
    def ready(self) -> bool:
        """Whether pages can be shown."""
        return self.postgres == "answers"

    @property
    def deciding(self) -> bool:
        """Whether acts are decided: by workers that reach Temporal and the record, neither of them behind."""
        return self.ready and self.workers is not None and self.workers.decide

    def tell(self) -> dict[str, Any]:
        """Return the parts by name."""
        return {
            "postgres": self.postgres,
            "temporal": self.temporal,
            "workers": vars(self.workers) if self.workers else None,
        }


class Watch:
    """The last look at the parts, shared by all who ask: one looks at a time, and the others wait for what it finds."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._looking = asyncio.Lock()
        self._seen: Look | None = None
        self._until = 0.0

    async def look(self) -> Look:
        """Return what was seen a few seconds ago at most."""
        async with self._looking:
            if self._seen is None or time.monotonic() >= self._until:
                self._seen = await _look(self._backend)
                self._until = time.monotonic() + LOOKS_EVERY_S
            return self._seen


async def tell_alive(_: Request) -> Response:
    """Answer 200: whoever hears this has reached the process, and nothing else was asked."""
    return JSONResponse({"alive": True})


async def tell_ready(request: Request) -> Response:
    """Answer 200 while pages can be shown, else 503."""
    seen = await _see(request)
    return JSONResponse({"ready": seen.ready}, status_code=_status(seen.ready))


async def tell_deciding(request: Request) -> Response:
    """Answer 200 while acts are decided, else 503."""
    seen = await _see(request)
    return JSONResponse({"deciding": seen.deciding}, status_code=_status(seen.deciding))


async def tell_health(request: Request) -> Response:
    """Answer all three, with the status of `ready`; on this machine also what is known of the parts."""
    seen = await _see(request)
    told: dict[str, Any] = {"alive": True, "ready": seen.ready, "deciding": seen.deciding}
    if is_from_here(request):
        told |= seen.tell()
    return JSONResponse(told, status_code=_status(seen.ready))


def is_from_here(request: Request) -> bool:
    """Tell whether a program of the portal's own machine asks the portal's port, and nobody by a server in front."""
    return request.client is not None and request.client.host in HERE and names_this_machine(request.headers)


async def _see(request: Request) -> Look:
    watch: Watch = request.app.state.watch
    return await watch.look()


def _status(holds: bool) -> int:
    return 200 if holds else 503


async def _look(backend: Backend) -> Look:
    if not await _reads(backend):
        return Look("away", "unknown", None)
    try:
        async with asyncio.timeout(WITHIN_S):
            client = await backend.client()
            backlog = await find_backlog(client.temporal, client.task_queue)
            deciders = await find_deciders(client.temporal, client.task_queue)
    except AWAY:
        return Look("answers", "away", None)
    silent = None if backlog.silent is None else round(max(0.0, backlog.silent.total_seconds()), 1)
    behind = round(backlog.age.total_seconds(), 1)
    return Look("answers", "answers", Workers(len(deciders), silent, backlog.count, behind))


async def _reads(backend: Backend) -> bool:
    try:
        async with asyncio.timeout(WITHIN_S):
            reach = await backend.reach()
            await reach.reads.public.is_unclaimed()
    except AWAY:
        await backend.look_again()
        return False
    return True


ROUTES = (
    Route(HEALTH, tell_health, methods=["GET"]),
    Route(ALIVE, tell_alive, methods=["GET"]),
    Route(READY, tell_ready, methods=["GET"]),
    Route(DECIDING, tell_deciding, methods=["GET"]),
)
