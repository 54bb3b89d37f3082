"""Whether what the portal rests on answers, as JSON for programs: to anybody in one word, on its own machine in parts.

It names no address, no version and nobody. Who asks from elsewhere is told whether pages are shown, and no more.
"""

import asyncio
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.errors import LedgerError
from portal.backend import Backend
from portal.guard.requests import HEALTH, names_this_machine
from portal.visit import Portal
from runtime.errors import StackError
from runtime.temporal.namespace import POLLS_EVERY, find_backlog

HERE = frozenset({"127.0.0.1", "::1"})
"""Where a program of the portal's own machine asks from; a server in front does too, by the public name."""
WITHIN_S = 5.0
"""Seconds within which a part has to answer [D]."""
Word = Literal["answers", "away"]
Worker = dict[str, float | int | None]
AWAY = (LedgerError, StackError, TimeoutError, OSError)


async def tell_health(request: Request) -> Response:
    """Answer 200 while pages can be shown, else 503; in both cases with what is known of the parts."""
    portal: Portal = request.app.state.portal
    record = await _look_at_record(portal.backend)
    shown = record == "answers"
    parts: dict[str, Any] = {"status": "ok" if shown else "away"}
    if is_from_here(request):
        temporal, worker = await _look_at_worker(portal.backend) if shown else ("unknown", None)
        if shown and not takes_acts(worker):
            parts["status"] = "reads-only"
        parts |= {"postgres": record, "temporal": temporal, "worker": worker}
    return JSONResponse(parts, status_code=200 if shown else 503)


def is_from_here(request: Request) -> bool:
    """Tell whether a program of the portal's own machine asks the portal's port, and nobody by a server in front."""
    return request.client is not None and request.client.host in HERE and names_this_machine(request.headers)


async def _look_at_record(backend: Backend) -> Word:
    try:
        async with asyncio.timeout(WITHIN_S):
            reach = await backend.reach()
            await reach.reads.public.is_unclaimed()
    except AWAY:
        await backend.look_again()
        return "away"
    return "answers"


def takes_acts(worker: Worker | None) -> bool:
    """Tell whether any worker still asks for work: one that is gone or frozen takes no act."""
    silent = worker["silent_s"] if worker is not None else None
    return silent is not None and silent <= POLLS_EVERY.total_seconds()


async def _look_at_worker(backend: Backend) -> tuple[Word, Worker | None]:
    """Return whether Temporal answers, and how far behind its workers are."""
    try:
        async with asyncio.timeout(WITHIN_S):
            client = await backend.client()
            backlog = await find_backlog(client.temporal, client.task_queue)
    except AWAY:
        return "away", None
    silent = None if backlog.silent is None else round(max(0.0, backlog.silent.total_seconds()), 1)
    behind = round(backlog.age.total_seconds(), 1)
    return "answers", {"silent_s": silent, "waiting": backlog.count, "behind_s": behind}


ROUTES = (Route(HEALTH, tell_health, methods=["GET"]),)
