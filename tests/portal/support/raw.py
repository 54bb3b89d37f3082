"""The portal as an operator starts it, on a port of its own, and visitors who speak to it by the byte."""

import multiprocessing
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

from portal.__main__ import main
from runtime.embedded.ports import free_port
from runtime.logins import Login
from tests.running.waiting import STUCK_AFTER, until

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
"""Two addresses of this machine."""
ENDS = (ConnectionError, TimeoutError)
PROCESSES = multiprocessing.get_context("forkserver")
"""Where processes begin as copies of one that has loaded the portal, which takes two seconds."""
PROCESSES.set_forkserver_preload([__name__])


class Visitor:
    """One connection, from an address."""

    def __init__(self, port: int, address: str) -> None:
        self.socket = socket.create_connection((HERE, port), STUCK_AFTER, source_address=(address, 0))

    def send(self, data: bytes) -> "Visitor":
        """Send bytes; who was refused meanwhile sends them to nobody."""
        with suppress(ConnectionError):
            self.socket.sendall(data)
        return self

    def read(self) -> int:
        """Wait for the answer's status; 0 if the connection ended without one."""
        said = b""
        with suppress(ConnectionError):
            while b" " not in said or len(said) < 12:
                piece = self.socket.recv(64)
                if not piece:
                    break
                said += piece
        return int(said[9:12]) if said.startswith(b"HTTP/1.1 ") else 0

    def listen(self) -> bytes:
        """Return all that is said until the connection ends. Raises TimeoutError where it never does."""
        said = b""
        with suppress(ConnectionError):
            while piece := self.socket.recv(65536):
                said += piece
        return said

    def wait_for_end(self) -> None:
        """Wait until the connection has ended. Raises TimeoutError where it never does."""
        with suppress(ConnectionError):
            while self.socket.recv(65536):
                pass

    def close(self) -> None:
        self.socket.close()


class Port:
    """A portal that listens, and who is connected to it."""

    def __init__(self, port: int, origin: str) -> None:
        self.port = port
        self.origin = origin
        self.visitors: list[Visitor] = []

    def come(self, address: str = HERE) -> Visitor:
        """Connect from an address of this machine."""
        self.visitors.append(Visitor(self.port, address))
        return self.visitors[-1]

    def head(self, method: str, path: str, **headers: object) -> bytes:
        """The head of a request, without the empty line at its end."""
        host = self.origin.partition("//")[2]
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in {"Host": host, "Origin": self.origin, **named}.items()]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *lines]).encode() + b"\r\n"

    def form(self, path: str, fields: Mapping[str, str], **headers: object) -> tuple[bytes, bytes]:
        """The head of a form and its body."""
        body = urlencode(fields).encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": len(body)}
        return self.head("POST", path, **kind, **headers) + b"\r\n", body

    def ask(self, path: str, address: str = HERE, **headers: object) -> int:
        """Ask for a page in a connection of its own, and return the status."""
        visitor = self.come(address).send(self.head("GET", path, **headers) + b"\r\n")
        status = visitor.read()
        visitor.close()
        return status

    async def until_asked(self, path: str, address: str = HERE) -> None:
        """Ask until the page is shown."""

        async def shows() -> bool:
            with suppress(*ENDS):
                return self.ask(path, address) == 200
            return False

        await until(shows, f"{path} for {address}")


@asynccontextmanager
async def start_portal(url: str, **settings: object) -> AsyncIterator[Port]:
    """Start a process of the portal over a database, with settings by the ends of their variables."""
    port = free_port()
    own = {f"SELECTION_PORTAL_{name}": str(value) for name, value in settings.items()}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SELECTION_")},
        Login.PORTAL.variable: url,
        **own,
    }
    process = PROCESSES.Process(target=_serve, args=(environment, port))
    process.start()
    served = Port(port, own.get("SELECTION_PORTAL_URL", f"http://localhost:{port}"))
    try:
        await served.until_asked("/health")
        yield served
    finally:
        for visitor in served.visitors:
            visitor.close()
        process.kill()
        process.join()


def _serve(environment: Mapping[str, str], port: int) -> None:
    """Do what `python -m portal PORT` does in such an environment."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = [str(port)]
    sys.exit(main())
