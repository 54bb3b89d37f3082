import asyncio
import secrets
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from runtime.embedded import mail_sink
from runtime.embedded.orphan_processes import end_strays
from runtime.embedded.ports import is_answering
from runtime.embedded.process import ChildProcess
from runtime.environments import PYTHON, pick
from runtime.errors import StackBroken, tell_late
from runtime.private_files import create_file

STOP_WITHIN = timedelta(seconds=5)
READY_WITHIN = timedelta(seconds=20)


class MailSink:
    """The mail sink as a process of its own; what it took is read with `runtime.embedded.mail_sink.list_mail`."""

    def __init__(self, folder: Path, *, port: int, refused: Path, password: Path, log: Path) -> None:
        self.folder = folder
        self.port = port
        self.refused = refused
        self.password = password
        self.log = log
        self._process: ChildProcess | None = None

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.running else None

    async def start(self) -> None:
        """Start the sink and wait until it takes connections. Raises StackError."""
        if self.pid is not None:
            return
        if not self.password.exists():
            create_file(self.password, secrets.token_urlsafe(24).encode())
        marks = [mail_sink.__name__, str(self.folder)]
        await asyncio.to_thread(end_strays, marks, signal.SIGTERM, STOP_WITHIN)
        command = [
            sys.executable,
            "-P",
            "-m",
            mail_sink.__name__,
            str(self.folder),
            str(self.port),
            str(self.refused),
            str(self.password),
        ]
        self._process = ChildProcess.start("The mail sink", command, log=self.log, environment=pick(PYTHON))
        limit = time.monotonic() + READY_WITHIN.total_seconds()
        while not is_answering(self.port, self._process.pid):
            self._process.require_running()
            if time.monotonic() > limit:
                await self.stop()
                raise StackBroken("The mail sink", tell_late(READY_WITHIN), self.log)
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """End the sink in order. Safe to repeat."""
        if self._process is not None:
            await self._process.stop(STOP_WITHIN)
            self._process = None

    def kill(self) -> None:
        """Kill the sink as a crash would; the mails it said it took are kept."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def require_running(self) -> None:
        """Raise StackBroken with the end of the log if the sink was started and has ended."""
        if self._process is not None:
            self._process.require_running()
