"""Connections: none waits for ever for what its visitor sends or reads, and no address has them all.

uvicorn ends what is idle between two requests, and waits without end for a head of which a part came, for the rest of a
body after its answer, and for a visitor who does not read.
"""

import asyncio
from collections import Counter
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from portal.guard.attempts import network_of
from runtime.portal_limits import OPEN_AT_MOST, PortalLimits

IN_FRONT = ("127.0.0.1", "::1")
"""Where a server in front asks from, for everybody."""
OF_ONE, OF_ALL = b"Too many connections of this address.", b"Too many connections at this time."
"""Why a connection is refused."""
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 5\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%b"
)


class Connection(H11Protocol):
    """One connection with its deadline, which is off only while a request with a whole head is being answered."""

    limits: ClassVar[PortalLimits]
    behind: ClassVar[bool]
    """Whether a server in front asks for everybody: then addresses are counted by request (portal/guard/bodies.py)."""
    counted: ClassVar[Counter[str]]
    """Open connections by network."""

    _deadline: asyncio.TimerHandle | None = None
    _network = ""
    _unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head; answer 503 at once where there are too many of its address, or altogether."""
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        self._network = network_of(host)
        of_one = 0 if self.behind and host in IN_FRONT else self.counted[self._network]
        full = OF_ONE if of_one >= self.limits.connections else b""
        full = full or (OF_ALL if self.counted.total() >= OPEN_AT_MOST else b"")
        self.counted[self._network] += 1
        if full:
            transport.write(REFUSAL % (len(full), full))
            transport.close()
        else:
            self._wait(self.limits.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count one less."""
        self._wait_no_more()
        self.counted[self._network] -= 1
        if not self.counted[self._network]:
            del self.counted[self._network]
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Wait no more once a head is whole, but for what was answered before to be read."""
        before = self.cycle
        super().handle_events()
        if self.cycle is before:
            return
        if self.flow.write_paused:
            self._wait(self.limits.unread_s)
        else:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """Wait until the answer is read and the next head is there, whatever of this request is still to come."""
        unread = self.transport.get_write_buffer_size()
        self._wait(self.limits.unread_s if unread else self.limits.head_s)
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait for the visitor to read."""
        super().pause_writing()
        self._wait(self.limits.unread_s)

    def resume_writing(self) -> None:
        """Wait no more, unless that was all of the answer."""
        super().resume_writing()
        if not self.cycle.response_complete:
            self._wait_no_more()

    def _wait(self, seconds: float) -> None:
        self._wait_no_more()
        self._unread = self.transport.get_write_buffer_size()
        self._deadline = self.loop.call_later(seconds, self._end)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end(self) -> None:
        """End the connection, unless its visitor reads what they were answered, however slowly."""
        if 0 < self.transport.get_write_buffer_size() < self._unread:
            self._wait(self.limits.unread_s)
        else:
            self.transport.abort()


def connections_within(limits: PortalLimits, *, behind: bool) -> type[Connection]:
    """Return the connections of one server, with its limits and its count."""
    own = {"limits": limits, "behind": behind, "counted": Counter()}
    return type("Connection", (Connection,), own)
