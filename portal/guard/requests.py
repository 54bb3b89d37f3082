"""What is refused before a page sees it: foreign host names, posts of other sites, bodies that are too large."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.faults import Fault

SAFE = ("GET", "HEAD")
CHANGING = ("POST", "PATCH", "DELETE")
FOR_PROGRAMS = "/api/"
"""How the paths begin at which programs ask, which say nothing of where they stand."""
HEALTH, ALIVE, READY, DECIDING = "/health", "/health/alive", "/health/ready", "/health/deciding"
FOR_MONITORS = frozenset({HEALTH, ALIVE, READY, DECIDING})
"""Where programs ask whether the portal answers, on its own machine by any name that this has."""
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
LARGEST = 32 * 1024 * 1024
"""Bytes of any body [D]; each form sets a smaller limit of its own."""

Tell = Callable[[Request, Fault], Awaitable[Response]]


class Guard:
    """Lets through what was asked of this site, by itself; everything else is answered by `tell`."""

    def __init__(self, app: ASGIApp, origin: str, tell: Tell) -> None:
        self._app = app
        self._origin = origin
        self._host = urlsplit(origin).netloc
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is in order."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError("the portal speaks HTTP alone")
        programs = is_for_programs(scope["path"])
        headers = Headers(scope=scope)
        # By another name somebody else's page leads here (DNS rebinding).
        known = headers.getlist("host") == [self._host] or (
            scope["path"] in FOR_MONITORS and names_this_machine(headers)
        )
        fault = (
            self._find_fault(scope["method"], headers, programs=programs)
            if known
            else Fault("host-unknown", 421)
        )
        if fault is None:
            await self._app(scope, receive, send)
            return
        answer = await self._tell(Request(scope), fault)
        await answer(scope, receive, send)

    def _find_fault(self, method: str, headers: Headers, *, programs: bool) -> Fault | None:
        if programs and self._is_of_another_site(headers):
            return Fault("cross-site", 403)
        if method in SAFE or (programs and method != "POST"):
            # Which methods an address of the API knows, its route tells.
            return None
        if method not in CHANGING:
            return Fault("method-unknown", 405)
        if not (programs or self._is_own(headers)):
            return Fault("cross-site", 403)
        # Browsers tell no length of what has no body.
        length = headers.get("content-length", "0" if method == "DELETE" else "")
        # In chunks a body is as long as it likes, whatever length is told beside.
        if "transfer-encoding" in headers or not (length.isascii() and length.isdigit()):
            return Fault("length-needed", 411)
        return Fault("too-large", 413) if len(length) > 12 or int(length) > LARGEST else None

    def _is_own(self, headers: Headers) -> bool:
        """Tell whether a page of this site sent it: browsers say so in one of two headers at least."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        # A form of a page that tells nobody where it stands (no-referrer) has the origin `null`.
        return origin == self._origin or (site == "same-origin" and origin in (None, "null"))

    def _is_of_another_site(self, headers: Headers) -> bool:
        """Tell whether a browser says that a page of another site asks; a program says nothing."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        return site in ("cross-site", "same-site") or origin not in (None, self._origin)


def names_this_machine(headers: Headers) -> bool:
    """Tell whether a request asks for the machine on which the portal is, by a name that means no other."""
    try:
        return [urlsplit(f"//{host}").hostname in THIS_MACHINE for host in headers.getlist("host")] == [True]
    except ValueError:
        return False


def is_for_programs(path: str) -> bool:
    """Tell whether a path is of the API."""
    return path.startswith(FOR_PROGRAMS)
