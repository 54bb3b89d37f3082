"""A site for the tests: one page and what it is asked to do, on this machine under any name of it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "page"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src *"
"""Nothing but the site's own scripts; one page of the site is there to frame another."""


@dataclass
class Site:
    """Where the page is, and the task that it fetches."""

    port: int
    task: dict[str, Any] = field(default_factory=dict)

    def address(self, host: str = "localhost", page: str = "index.html") -> str:
        return f"http://{host}:{self.port}/{page}"


@contextmanager
def serve() -> Iterator[Site]:
    """Serve the page until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    site = server.site = Site(server.server_port)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/task.json":
            self._send(json.dumps(self.server.site.task).encode(), "application/json")  # type: ignore[attr-defined]
            return
        file = PAGE / self.path.lstrip("/")
        if file.parent == PAGE and file.is_file():
            self._send(file.read_bytes(), TYPES[file.suffix])
        else:
            self.send_error(404)

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
