"""The stack under measurement: embedded servers without fsync, and worker processes whose use is read."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from temporalio.client import Client

from benchmarks.naive import create_table
from benchmarks.rounds import register_people
from ledger.migrate import migrate
from ledger.record import Ledger
from runtime.endpoints import connect
from runtime.plan import StackPlan
from runtime.settings import Settings
from runtime.stack import EmbeddedStack
from worker.run import CACHED_WORKFLOWS


@dataclass(frozen=True)
class BenchStack:
    """Clients of a stack that runs."""

    stack: EmbeddedStack
    client: Client
    ledger: Ledger
    url: str

    @asynccontextmanager
    async def worker(self, shape: str, cached: int = CACHED_WORKFLOWS) -> AsyncIterator["WorkerProcess"]:
        """Run one worker process of a shape; it is stopped in order."""
        log = Path(self.stack.plan.settings.data) / "logs" / f"bench-{shape}.log"
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.worker", shape, str(cached)),
                env={**_plain_python(log.parent), **self.stack.endpoints.environment()},
                stdout=output,
                stderr=output,
            )
        try:
            yield WorkerProcess(process.pid)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


class WorkerProcess:
    """What a worker process uses."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)

    def cpu_seconds(self) -> float:
        """Return the CPU time used so far, user and system, of all threads."""
        used = self._process.cpu_times()
        return float(used.user + used.system)

    def resident_bytes(self) -> int:
        """Return the resident memory."""
        return int(self._process.memory_info().rss)


async def prepare(url: str) -> None:
    """Bring the database to the schema of this version."""
    await migrate(url)


@asynccontextmanager
async def bench_stack(dynamic_config: Mapping[str, str] | None = None) -> AsyncIterator[BenchStack]:
    """Start a stack on a temporary folder, with the people registered."""

    with tempfile.TemporaryDirectory(prefix="center-selection-bench-") as folder:
        settings = Settings(data=Path(folder))
        plan = StackPlan(
            settings, synced=False, ui=False, prepare=prepare, dynamic_config=dynamic_config or {}
        )
        async with EmbeddedStack(plan) as stack:
            ends = stack.endpoints
            client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
            ledger = await Ledger.connect(ends.database_url, size=8)
            try:
                await register_people(ledger)
                await create_table(ends.database_url)
                yield BenchStack(stack, client, ledger, ends.database_url)
            finally:
                await ledger.close()


def _plain_python(folder: Path) -> dict[str, str]:
    """Return the environment without a ban on bytecode files: with it, every workflow is compiled anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
