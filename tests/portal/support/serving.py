"""The portal on a port of this machine, over acts that are decided at the record, for programs that speak HTTP."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.app import create_app
from tests.portal.support.acting import DecidingBackend


@contextmanager
def serve_record(url: str) -> Iterator[str]:
    """Serve a record in a thread, and yield the origin at which it is reached."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen()
        origin = f"http://localhost:{opened.getsockname()[1]}"
        servers: list[uvicorn.Server] = []

        async def serve() -> None:
            recorder = await Ledger.connect(url, role=RECORDER_ROLE)
            app = create_app(DecidingBackend(url, recorder), origin)
            servers.append(uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)))
            await servers[0].serve(sockets=[opened])
            await recorder.close()

        thread = Thread(target=asyncio.run, args=[serve()])
        thread.start()
        try:
            # The port is open already: who asks waits until it is served.
            yield origin
        finally:
            while not servers and thread.is_alive():
                thread.join(0.01)
            for server in servers:
                server.should_exit = True
            thread.join()
