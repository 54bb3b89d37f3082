import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from runtime.embedded import launch
from runtime.environments import MACHINE, pick
from runtime.errors import StackBroken
from runtime.private_files import append_private

POLL = 0.02


@dataclass(frozen=True)
class RunAs:
    """The unprivileged user a program runs as when this process is root.

    `reads_anywhere` keeps the right to pass closed folders, see `runtime.embedded.launch.become`.
    """

    uid: int
    gid: int
    reads_anywhere: bool


class ChildProcess:
    """One program of the stack, its output appended to a log file.

    It has a session of its own, so the terminal's Ctrl-C does not reach it, and on Linux the kernel ends it
    when this process dies. Start it from a thread that lives as long as the stack does: the kernel ties the
    child to the thread that made it, not to the process.
    """

    def __init__(
        self, name: str, popen: subprocess.Popen[bytes], log: Path, stop_signal: signal.Signals
    ) -> None:
        self.name = name
        self.log = log
        self._popen = popen
        self._stop_signal = stop_signal

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        environment: Mapping[str, str] | None = None,
        run_as: RunAs | None = None,
        folder: Path | None = None,
        given: Path | None = None,
    ) -> "ChildProcess":
        """Start the program and return at once.

        `environment` is all that it is given, by default what any program needs to know of the machine; `given` is a
        file that becomes the standard input.
        """
        launcher = [sys.executable, "-I", "-S", launch.__file__, str(os.getpid()), str(int(stop_signal))]
        user = [str(run_as.uid), str(run_as.gid)] if run_as else ["-1", "-1"]
        reads = "reads-anywhere" if run_as and run_as.reads_anywhere else "reads-its-own"
        with append_private(log) as output, (given or Path(os.devnull)).open("rb") as source:
            popen = subprocess.Popen(
                [*launcher, *user, reads, *command],
                stdin=source,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=pick(MACHINE) if environment is None else environment,
                cwd=folder,
                start_new_session=True,
                umask=0o077,
            )
        return cls(name, popen, log, stop_signal)

    @property
    def pid(self) -> int:
        """The process id, the program's own."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether the program has not ended."""
        return self._popen.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative if a signal ended it."""
        return self._popen.poll()

    def kill(self) -> None:
        """Send SIGKILL and reap: what a crash looks like. Does nothing if the program has ended."""
        self._popen.kill()
        self._popen.wait()

    def kill_group(self) -> None:
        """Kill the program and what it started, and reap it. Does nothing if it has ended."""
        if self.running:
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()

    async def stop(self, within: timedelta) -> bool:
        """Ask the program to end, and kill it when the time is over. False if it had to be killed."""
        if self.running:
            self._popen.send_signal(self._stop_signal)
        if await self.wait_for_end(within):
            return True
        self.kill()
        return False

    async def wait_for_end(self, within: timedelta) -> bool:
        """Wait until the program has ended; False when the time is over first."""
        limit = time.monotonic() + within.total_seconds()
        while self.running:
            if time.monotonic() > limit:
                return False
            await asyncio.sleep(POLL)
        return True

    def require_running(self) -> None:
        """Raise StackBroken with the end of the log if the program has ended."""
        if not self.running:
            code = self.exit_code
            said = f"ended with exit code {code}", f"已退出，退出码 {code}"
            raise StackBroken(self.name, said, self.log)
