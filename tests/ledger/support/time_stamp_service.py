"""A time stamp service on this machine: `openssl ts` behind an HTTP server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONFIG = """
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, check=False)


def make_service(folder: Path) -> None:
    """Make a certificate of its own that may only stamp, and the service's settings."""
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "tsa.key")
    use = (
        "-addext",
        "extendedKeyUsage=critical,timeStamping",
        "-addext",
        "keyUsage=critical,digitalSignature",
    )
    done = openssl(
        folder, "req", "-x509", *key, "-out", "tsa.pem", "-days", "2", "-subj", "/CN=Synthetic TSA", *use
    )
    assert done.returncode == 0, done.stderr


class TimeStampService(ThreadingHTTPServer):
    """Answers requests; `answer` replaces what it would say."""

    answer: bytes | None = None

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder = folder
        self.last = b""

    def stamp(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        words = ("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
        done = openssl(self.folder, *words)
        assert done.returncode == 0, done.stderr
        self.last = (self.folder / "reply").read_bytes()
        return self.last


class _Handler(BaseHTTPRequestHandler):
    server: TimeStampService

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        body = self.server.stamp(query) if self.server.answer is None else self.server.answer
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(folder: Path, port: int) -> Iterator[TimeStampService]:
    with TimeStampService(folder, port) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()
