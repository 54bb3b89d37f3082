"""The stack under measurement: embedded servers without fsync, and worker processes whose use is read."""

import asyncio
import os
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from temporalio.client import Client

from benchmarks.enrolment import enrol_keys, found
from benchmarks.rounds import register_people
from benchmarks.shapes.naive import create_table
from ledger.database.migrate import migrate
from ledger.database.store import OWNER_ROLE, RECORDER_ROLE, open_session
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import POSTGRES, TEMPORAL, EmbeddedStack
from runtime.endpoints import connect
from runtime.logins import Login
from runtime.settings import Settings
from starter.people.founding import found_installation
from worker.run import CACHED_WORKFLOWS

WORKER = "worker"


@dataclass(frozen=True)
class BenchStack:
    """Clients of a stack that runs."""

    stack: EmbeddedStack
    client: Client
    ledger: Ledger
    recorder: Ledger
    databases: Databases

    @asynccontextmanager
    async def worker(self, shape: str, cached: int = CACHED_WORKFLOWS) -> AsyncIterator["WorkerProcess"]:
        """Run one worker process of a shape; it is stopped in order."""
        log = Path(self.stack.plan.settings.data) / "logs" / f"bench-{shape}.log"
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.shapes.worker", shape, str(cached)),
                env={
                    **_plain_python(log.parent),
                    **self.stack.endpoints.environment(Login.WORKER, Login.SIGNER),
                },
                stdout=output,
                stderr=output,
            )
        try:
            yield WorkerProcess(process.pid, self.stack.pids)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


class WorkerProcess:
    """What a worker process uses, and the servers beside it."""

    def __init__(self, pid: int, servers: Mapping[str, int]) -> None:
        self._process = psutil.Process(pid)
        self._servers = {name: psutil.Process(servers[name]) for name in (TEMPORAL, POSTGRES)}

    def cpu_seconds(self) -> float:
        """Return the CPU time used so far, user and system, of all threads."""
        used = self._process.cpu_times()
        return float(used.user + used.system)

    def cpu_by_process(self) -> Counter[str]:
        """Return the CPU seconds used so far by the worker and by each server with all its processes."""
        servers = {name: cpu_of_all(process) for name, process in self._servers.items()}
        return Counter({**servers, WORKER: self.cpu_seconds()})

    def resident_bytes(self) -> int:
        """Return the resident memory."""
        return int(self._process.memory_info().rss)


def cpu_of_all(root: psutil.Process) -> float:
    """Return the CPU seconds of a process, of its children that run and of those that have ended."""
    used = root.cpu_times()
    total = float(used.user + used.system + used.children_user + used.children_system)
    for child in root.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            each = child.cpu_times()
            total += each.user + each.system
    return total


@dataclass(frozen=True)
class StoredBytes:
    """Bytes that both stores hold, without the logs that they write ahead."""

    temporal: int
    postgres: int


async def measure_stores(bench: BenchStack) -> StoredBytes:
    """Return what both stores hold now."""
    async with await open_session(bench.databases.url(Login.MIGRATOR), OWNER_ROLE) as connection:
        # How large a database is, is told to who may connect to it: to logins, and to no role.
        await connection.execute("RESET ROLE")
        cursor = await connection.execute("SELECT pg_database_size(current_database()) AS size")
        row = await cursor.fetchone()
    assert row is not None
    file = Path(bench.stack.plan.settings.data) / "temporal" / "temporal.sqlite"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        pages = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return StoredBytes(temporal=int(pages.fetchone()[0]), postgres=int(row["size"]))


async def prepare(databases: Databases) -> None:
    """Bring the database to the schema of this version, and found the installation as a local one."""
    await _migrate(databases)
    await found_installation(databases, "http://localhost:8700", local=True)


async def _migrate(databases: Databases) -> None:
    await migrate(databases.url(Login.MIGRATOR), logins=databases.urls())


@asynccontextmanager
async def bench_stack(dynamic_config: Mapping[str, str] | None = None) -> AsyncIterator[BenchStack]:
    """Start a stack on a temporary folder, with the people registered and their keys enrolled."""
    with tempfile.TemporaryDirectory(prefix="center-selection-bench-") as folder:
        settings = Settings(data=Path(folder))
        # Founded below, under the name that everybody's signatures say.
        plan = StackPlan(
            settings, synced=False, ui=False, prepare=_migrate, dynamic_config=dynamic_config or {}
        )
        async with EmbeddedStack(plan) as stack:
            ends = stack.endpoints
            client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
            ledger = await Ledger.connect(ends.database_url, size=8)
            recorder = await Ledger.connect(ends.databases.url(Login.WORKER), role=RECORDER_ROLE, size=4)
            try:
                owner = ends.databases.url(Login.MIGRATOR)
                await found(recorder)
                await register_people(recorder, owner)
                await enrol_keys(recorder)
                await create_table(owner)
                await _analyze(owner)
                yield BenchStack(stack, client, ledger, recorder, ends.databases)
            finally:
                await ledger.close()
                await recorder.close()


async def _analyze(url: str) -> None:
    """Have PostgreSQL count its rows, as it does by itself a minute later: so soon after, it plans for empty tables."""
    async with await open_session(url, OWNER_ROLE) as connection:
        await connection.execute("ANALYZE people, employments, keys, units, contents")


def _plain_python(folder: Path) -> dict[str, str]:
    """Return the environment without a ban on bytecode files: with it, every workflow is compiled anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
