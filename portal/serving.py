"""Listening: on this machine alone, under both of its addresses, so that nobody else answers for `localhost`."""

import socket
from contextlib import suppress

import uvicorn

from portal.app import create_app
from portal.backend import Backend
from portal.collecting import ASKED_EVERY, Collecting
from portal.guard.connections import IN_FRONT, connections_within
from runtime.errors import StackError
from runtime.settings import PORTAL_PORT, Settings

ENDS_WITHIN = 5
"""Seconds that requests are given once the portal is asked to end."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises StackError port-taken."""
    sockets = _listen(settings.portal_port or PORTAL_PORT)
    config = uvicorn.Config(
        create_app(Backend(settings), settings.portal_origin),
        log_config=None,
        # A line would hold what was asked for, sign-in links among it.
        access_log=False,
        server_header=False,
        # Only where a server of one's own stands in front does a header say who asks.
        proxy_headers=settings.portal_url is not None,
        forwarded_allow_ips=list(IN_FRONT),
        http=connections_within(settings.portal_limits, behind=settings.portal_url is not None),
        ws="none",
        timeout_graceful_shutdown=ENDS_WITHIN,
        callback_notify=Collecting().put_aside,
        timeout_notify=ASKED_EVERY,
    )
    uvicorn.Server(config).run(sockets=sockets)


def _listen(port: int) -> list[socket.socket]:
    try:
        opened = [_bind(socket.AF_INET, "127.0.0.1", port)]
    except OSError as exc:
        raise StackError(
            "port-taken",
            f"Port {port} of the portal is taken: choose another with SELECTION_PORTAL_PORT ({exc.strerror}).",
        ) from exc
    with suppress(OSError):
        # A machine may have no IPv6.
        opened.append(_bind(socket.AF_INET6, "::1", port))
    return opened


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # Named as TCP, asyncio sends what it has at once: else the last part of each answer waits for 40 ms to be
    # acknowledged (Nagle's algorithm).
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened
