"""Bodies: nobody has the portal wait for theirs in the place of others.

Who is not signed in has a few seconds, and more only as their body comes; who is, as long as what they send to allows
(portal/routing.py). That somebody is signed in has to be said of each request: whatever reads a body is limited else.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.faults import Fault
from portal.guard.attempts import network_of
from runtime.portal_limits import PortalLimits

AT_ONCE = 200
"""Requests at one time; more are answered 503 at once."""
AGAIN_AFTER = "5"
"""Seconds after which a visitor may try again [D]."""
KEY = "portal.body"
"""Where a request has its body."""


class Body:
    """What comes of the body of one request, and how long it was waited for."""

    def __init__(
        self,
        receive: Receive,
        limits: PortalLimits,
        end: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_of_stranger = True
        self._receive = receive
        self._limits = limits
        self._end = end
        self._clock = clock
        self._whole = False
        self._came = 0
        self._waiting_s = 0.0

    async def receive(self) -> Message:
        """Return what comes next. Raises Fault stalled where a stranger was waited for too long."""
        if self._whole or not self.is_of_stranger:
            message = await self._receive()
        else:
            message = await self._receive_in_time()
        if message["type"] == "http.request":
            self._came += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
        if self._whole or message["type"] == "http.disconnect":
            self._end()
        return message

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
    """Gives each request its body; refuses one too many of one address, and of all, by `tell`."""

    def __init__(
        self, app: ASGIApp, limits: PortalLimits, tell: Callable[[Request, Fault], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._limits = limits
        self._tell = tell
        self._requests = 0
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        network = network_of(scope["client"][0] if scope.get("client") else "")
        sends = any(name == b"content-length" and value != b"0" for name, value in scope["headers"])
        if self._requests >= AT_ONCE or (sends and self._coming[network] >= self._limits.connections):
            answer = await self._tell(Request(scope), Fault("crowded", 503))
            answer.headers["Retry-After"] = AGAIN_AFTER
            await answer(scope, receive, send)
            return
        coming = {network} if sends else set()
        self._coming.update(coming)

        def end() -> None:
            while coming:
                self._coming -= Counter([coming.pop()])

        body = Body(receive, self._limits, end)
        self._requests += 1
        try:
            scope[KEY] = body
            await self._app(scope, body.receive, send)
        finally:
            self._requests -= 1
            end()


def trust_sender(request: Request) -> None:
    """Let the sender of a request, who is signed in, take the time that the place they send to gives."""
    body: Body = request.scope[KEY]
    body.is_of_stranger = False
