"""Bodies: nobody has the portal wait for theirs in the place of others.

Who is not signed in has a few seconds, and more only as their body comes; who is, as long as what they send to allows
(portal/routing.py). That somebody is signed in has to be said of each request: whatever reads a body is limited else.
A body is counted once it is waited for: by then it is known who sends it, so that nobody is kept out by their network.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.faults import Fault
from portal.guard.attempts import network_of
from runtime.portal_limits import PortalLimits

AT_ONCE = 200
"""Requests at one time; more are answered 503 at once."""
OF_STRANGERS = 100
"""Bodies of who is not signed in that are waited for at one time, of all networks [D]: the rest is for the others."""
OF_A_PERSON = 20
"""Bodies of one person who is signed in that are waited for at one time [D]."""
KEY = "portal.body"
"""Where a request has its body."""


class Places:
    """Counts the bodies that are waited for: of strangers by network and altogether, of the others by person."""

    def __init__(self, of_network: int) -> None:
        self._of_network = of_network
        self._networks: Counter[str] = Counter()
        self._people: Counter[str] = Counter()

    def take(self, network: str, person: str) -> Callable[[], None]:
        """Take a place, a stranger's where there is no person, and return what frees it. Raises Fault crowded."""
        counted, name = (self._people, person) if person else (self._networks, network)
        most = OF_A_PERSON if person else self._of_network
        if counted[name] >= most or (not person and counted.total() >= OF_STRANGERS):
            raise Fault("crowded", 503)
        counted[name] += 1

        def free() -> None:
            counted[name] -= 1
            if not counted[name]:
                del counted[name]

        return free


class Body:
    """What comes of the body of one request, and how long it was waited for; `person` is who sends it, if signed in.

    `take` gives it a place once it is waited for, and returns what frees that place.
    """

    def __init__(
        self,
        receive: Receive,
        limits: PortalLimits,
        take: Callable[[str], Callable[[], None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.person = ""
        self._receive = receive
        self._limits = limits
        self._take = take
        self._free: Callable[[], None] | None = None
        self._clock = clock
        self._whole = False
        self._came = 0
        self._waiting_s = 0.0

    async def receive(self) -> Message:
        """Return what comes next.

        Raises Fault crowded where too many are waited for, stalled where a stranger was waited for too long.
        """
        if not self._whole and self._free is None:
            self._free = self._take(self.person)
        if self._whole or self.person:
            message = await self._receive()
        else:
            message = await self._receive_in_time()
        if message["type"] == "http.request":
            self._came += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
        if self._whole or message["type"] == "http.disconnect":
            self._whole = True
            self.end()
        return message

    def end(self) -> None:
        """Free its place; to do it twice does no harm."""
        if self._free is not None:
            self._free()
            self._free = None

    async def _receive_in_time(self) -> Message:
        # While nobody waits for it, a body may take its time: that is ours.
        began = self._clock()
        left = self._limits.body_s + self._came / self._limits.pace - self._waiting_s
        try:
            async with asyncio.timeout(left):
                return await self._receive()
        except TimeoutError:
            raise Fault("stalled", 408) from None
        finally:
            self._waiting_s += self._clock() - began


class Bodies:
    """Gives each request its body; refuses one too many of all by `tell`."""

    def __init__(
        self, app: ASGIApp, limits: PortalLimits, tell: Callable[[Request, Fault], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._limits = limits
        self._tell = tell
        self._requests = 0
        self._places = Places(limits.connections)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._requests >= AT_ONCE:
            answer = await self._tell(Request(scope), Fault("crowded", 503))
            await answer(scope, receive, send)
            return
        network = network_of(scope["client"][0] if scope.get("client") else "")
        sends = any(
            (name == b"content-length" and value != b"0") or name == b"transfer-encoding"
            for name, value in scope["headers"]
        )
        body = Body(receive, self._limits, partial(self._places.take, network) if sends else _take_none)
        self._requests += 1
        try:
            scope[KEY] = body
            await self._app(scope, body.receive, send)
        finally:
            self._requests -= 1
            body.end()


def _take_none(_: str) -> Callable[[], None]:
    """Take no place: what has no body has nobody wait."""
    return lambda: None


def trust_sender(request: Request, person: str) -> None:
    """Let a person who is signed in take the time that the place they send to gives, in a place of their own.

    It is said before anything of the body is asked for.
    """
    body: Body = request.scope[KEY]
    body.person = person
