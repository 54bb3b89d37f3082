"""The portal in a process of its own, and people who are signed in at it."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.bench_stack import BenchStack, cpu_of_all
from ledger.record import Ledger
from portal.backend import ROLE, Reach
from portal.guard.cookies import SESSION
from reading.access.authentication import LocalAssertion
from runtime.embedded.ports import free_port
from runtime.embedded.stack import POSTGRES
from runtime.logins import Login

ANSWERS_WITHIN = 120.0


@dataclass(frozen=True)
class Used:
    """CPU seconds of the portal's process and of PostgreSQL with all of its."""

    portal: float
    postgres: float

    def since(self, before: "Used") -> "Used":
        """Return what was used from another reading to this."""
        return Used(self.portal - before.portal, self.postgres - before.postgres)

    def each(self, count: int) -> "Used":
        """Return the milliseconds of each of so many."""
        return Used(1000 * self.portal / count, 1000 * self.postgres / count)


class ServedPortal:
    """The portal that answers at `origin`, asked by whoever has a session."""

    def __init__(self, origin: str, pid: int, postgres: int, reach: Reach) -> None:
        self.origin = origin
        self.reach = reach
        self.client = httpx.AsyncClient(
            base_url=origin, timeout=ANSWERS_WITHIN, limits=httpx.Limits(max_connections=None)
        )
        self._pid = pid
        self._portal = psutil.Process(pid)
        self._postgres = psutil.Process(postgres)
        self._tokens: dict[str, str] = {}

    async def sign_in(self, people: Iterable[str], kind: str = "") -> None:
        """Begin a session for each of these people, of a browser or of a program."""
        for person in people:
            claim = LocalAssertion(person=person, session=f"bench-{person}")
            self._tokens[person] = await self.reach.sessions.begin(claim, "benchmark", kind)

    def token(self, person: str) -> str:
        """Return what a person's session is known by."""
        return self._tokens[person]

    async def open(self, person: str, path: str) -> httpx.Response:
        """Go to a page as somebody."""
        headers = {"cookie": f"{SESSION}={self._tokens[person]}", "accept-language": "zh"}
        return await self.client.get(path, headers=headers)

    def used(self) -> Used:
        """Return the CPU used so far."""
        return Used(self._read_portal(), cpu_of_all(self._postgres))

    def resident_bytes(self) -> int:
        """Return the portal's resident memory."""
        return int(self._portal.memory_info().rss)

    def _read_portal(self) -> float:
        used = self._portal.cpu_times()
        return float(used.user + used.system)


@asynccontextmanager
async def serve_portal(bench: BenchStack) -> AsyncIterator[ServedPortal]:
    """Start the portal as `selection up` does, and end it with the block."""
    port, data = free_port(), Path(bench.stack.plan.settings.data)
    with (data / "logs" / "bench-portal.log").open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "portal", str(port)),
            env={
                **os.environ,
                "SELECTION_DATA": str(data),
                **bench.stack.endpoints.environment(Login.PORTAL),
                "SELECTION_TASK_QUEUE": "bench-ours",
            },
            stdout=output,
            stderr=output,
        )
    ledger = await Ledger.connect(bench.databases.url(Login.PORTAL), role=ROLE, size=4)
    served = ServedPortal(
        f"http://localhost:{port}", process.pid, bench.stack.pids[POSTGRES], Reach.over(ledger)
    )
    try:
        await _wait(served, process)
        yield served
    finally:
        await served.client.aclose()
        await ledger.close()
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _wait(served: ServedPortal, process: asyncio.subprocess.Process) -> None:
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        assert process.returncode is None, "the portal ended"
        try:
            if (await served.client.get("/health")).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise TimeoutError("the portal does not answer")
