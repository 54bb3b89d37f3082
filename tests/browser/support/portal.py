"""The portal as a browser reaches it, over a database, under its real policy."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from portal.app import create_app
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings
from tests.browser.support.chromium import Tab


@asynccontextmanager
async def serve_portal(url: str, backend: Backend | None = None) -> AsyncIterator[str]:
    """The portal over a database, and its address."""
    opened = socket.create_server(("127.0.0.1", 0))
    origin = f"http://localhost:{opened.getsockname()[1]}"
    app = create_app(backend or Backend(Settings(databases={Login.PORTAL: url})), origin)
    running = uvicorn.Server(uvicorn.Config(app, log_config=None))
    serving = asyncio.create_task(running.serve(sockets=[opened]))
    try:
        yield origin
    finally:
        running.should_exit = True
        await serving


def listen(tab: Tab) -> list[str]:
    """What the browser complains of from here on, such as something that the policy of a page does not allow."""
    found: list[str] = []
    tab.page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    tab.page.on("pageerror", lambda error: found.append(str(error)))
    return found
