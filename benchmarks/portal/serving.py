"""The portal in processes of its own, and people who are signed in at it."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
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
class CpuSeconds:
    """CPU seconds of the portal's processes and of PostgreSQL with all of its."""

    portal: float
    postgres: float

    def since(self, before: "CpuSeconds") -> "CpuSeconds":
        """Return what was used from another reading to this."""
        return CpuSeconds(self.portal - before.portal, self.postgres - before.postgres)

    def each(self, count: int) -> "CpuSeconds":
        """Return the milliseconds of each of so many.

        The machine tells hundredths of a second: what lies beyond a microsecond is of the subtraction alone.
        """
        return CpuSeconds(round(1000 * self.portal / count, 3), round(1000 * self.postgres / count, 3))


@dataclass(frozen=True)
class PortalProcess:
    """One process of the portal, and who asks it."""

    process: asyncio.subprocess.Process
    client: httpx.AsyncClient

    @property
    def statistics(self) -> psutil.Process:
        """What the machine says of it."""
        return psutil.Process(self.process.pid)


class ServedPortal:
    """A portal of one or several processes, asked by whoever has a session.

    Each person asks the same process every time.
    """

    def __init__(self, processes: Sequence[PortalProcess], postgres: int, reach: Reach) -> None:
        self.reach = reach
        self._processes = processes
        self._postgres = psutil.Process(postgres)
        self._tokens: dict[str, str] = {}
        self._asked: dict[str, PortalProcess] = {}

    async def sign_in(self, people: Iterable[str], kind: str = "") -> None:
        """Begin a session for each of these people, of a browser or of a program."""
        for person in people:
            claim = LocalAssertion(person=person, session=f"bench-{person}")
            self._tokens[person] = await self.reach.sessions.begin(claim, "benchmark", kind)
            self._asked.setdefault(person, self._processes[len(self._asked) % len(self._processes)])

    def token(self, person: str) -> str:
        """Return what a person's session is known by."""
        return self._tokens[person]

    def client_of(self, person: str) -> httpx.AsyncClient:
        """Return the client that asks as a person."""
        return self._asked[person].client

    async def open(self, person: str, path: str) -> httpx.Response:
        """Go to a page as somebody."""
        headers = {"cookie": f"{SESSION}={self._tokens[person]}", "accept-language": "zh"}
        return await self.client_of(person).get(path, headers=headers)

    async def warm(self, person: str, path: str) -> None:
        """Open a page as somebody at every process."""
        headers = {"cookie": f"{SESSION}={self._tokens[person]}"}
        for served in self._processes:
            await served.client.get(path, headers=headers)

    def measure_use(self) -> CpuSeconds:
        """Return the CPU used so far."""
        times = [served.statistics.cpu_times() for served in self._processes]
        return CpuSeconds(float(sum(used.user + used.system for used in times)), cpu_of_all(self._postgres))

    def resident_bytes(self) -> list[int]:
        """Return the resident memory of each process."""
        return [int(served.statistics.memory_info().rss) for served in self._processes]


@asynccontextmanager
async def serve_portal(bench: BenchStack, processes: int) -> AsyncIterator[ServedPortal]:
    """Start so many processes of the portal, as an operator does, and end them with the block."""
    async with AsyncExitStack() as stack:
        served = [await stack.enter_async_context(_serve(bench)) for _ in range(processes)]
        ledger = await Ledger.connect(bench.databases.url(Login.PORTAL), role=ROLE, size=4)
        stack.push_async_callback(ledger.close)
        yield ServedPortal(served, bench.stack.pids[POSTGRES], Reach.over(ledger))


@asynccontextmanager
async def _serve(bench: BenchStack) -> AsyncIterator[PortalProcess]:
    port, data = free_port(), Path(bench.stack.plan.settings.data)
    with (data / "logs" / f"bench-portal-{port}.log").open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "portal", str(port)),
            env={
                **os.environ,
                "SELECTION_DATA": str(data),
                **bench.stack.endpoints.environment(Login.PORTAL),
                "SELECTION_TASK_QUEUE": "bench-ours",
                # All of its people ask from one address.
                "SELECTION_PORTAL_CONNECTIONS": "600",
            },
            stdout=output,
            stderr=output,
        )
    limits = httpx.Limits(max_connections=None)
    try:
        async with httpx.AsyncClient(
            base_url=f"http://localhost:{port}", timeout=ANSWERS_WITHIN, limits=limits
        ) as client:
            served = PortalProcess(process, client)
            await _wait(served)
            yield served
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _wait(served: PortalProcess) -> None:
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        assert served.process.returncode is None, "the portal ended"
        try:
            if (await served.client.get("/health")).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise TimeoutError("the portal does not answer")
