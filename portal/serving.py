"""Listening: on this machine alone, under both of its addresses, so that nobody else answers for `localhost`."""

import errno
import socket

import uvicorn

from portal.app import create_app
from portal.backend import Backend
from portal.collecting import ASKED_EVERY, Collecting
from portal.guard.connections import IN_FRONT, connections_within
from runtime.embedded.ports import LOOPBACK, LOOPBACK_6, bind
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
        opened = [bind(socket.AF_INET, LOOPBACK, port)]
        try:
            opened.append(bind(socket.AF_INET6, LOOPBACK_6, port))
        except OSError as exc:
            # A machine may have no IPv6; another program there would answer whoever asks for `localhost`.
            if exc.errno == errno.EADDRINUSE:
                opened.pop().close()
                raise
    except OSError as exc:
        raise StackError(
            "port-taken",
            f"Port {port} of the portal is taken: choose another with SELECTION_PORTAL_PORT ({exc.strerror}).",
            f"门户的端口 {port} 已被占用：请用 SELECTION_PORTAL_PORT 另选端口（{exc.strerror}）。",
        ) from exc
    return opened
