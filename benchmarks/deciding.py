"""What an act costs at the record alone: decided and appended without Temporal, by one process, one after the other."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import psutil

from benchmarks.bench_stack import BenchStack, cpu_of_all
from benchmarks.figures import Figure, quantile
from benchmarks.lifecycle import Say
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.acts import Act, acts_of
from runtime.embedded.stack import POSTGRES
from selection.decision.machine import Act as ActTask, Carry, Settle, Task
from selection.decision.reference import Decision
from selection.rules.terms import terms_of
from selection.streams import APPLICATION

PART = "decide"
WARM_UP = 5
PYTHON = "python"
INTAKE_AT_LEAST, INTAKE_EACH = timedelta(seconds=4), timedelta(milliseconds=100)


class AtTheRecord:
    """Decides all acts of a round's applications in this process; counts what that takes."""

    def __init__(self, bench: BenchStack, name: str, applications: int) -> None:
        self._bench = bench
        intake = INTAKE_AT_LEAST + INTAKE_EACH * applications
        self._round = RecordedRound(bench.recorder, name, applications, intake)
        self._processes = {
            PYTHON: psutil.Process(os.getpid()),
            POSTGRES: psutil.Process(bench.stack.pids[POSTGRES]),
        }
        self.latencies: list[float] = []
        self.cpu: Counter[str] = Counter()

    async def run(self) -> None:
        """Go from the first version to the issued list; deadlines are settled once they have passed."""
        round_ = self._round
        await round_.recommend()
        round_.begin()
        await round_.open()
        await self._phase("intake")
        await self._settle(round_.intake_ends)
        await round_.draw()
        await self._phase("review")
        await round_.shortlist()
        await self._phase("survey")
        await round_.propose()
        await self._phase("proposal")
        await round_.publish()
        await self._phase("notice")
        await self._settle(await notice_ends(self._bench, round_))
        await round_.issue()
        await self._phase("issue")

    async def _phase(self, name: str) -> None:
        await self._take(
            (stream, _task_of(act))
            for n, stream in enumerate(self._round.streams)
            for act in acts_of(stream, n)[name]
        )

    async def _settle(self, deadline: datetime) -> None:
        until = deadline + terms_of(self._round.rules).grace
        await asyncio.sleep(max((until - datetime.now(UTC)).total_seconds(), 0.0))
        await self._take((stream, Settle()) for stream in self._round.streams)

    async def _take(self, work: Iterable[tuple[str, Task]]) -> None:
        tasks = list(work)
        used = self._read_cpu()
        for stream, task in tasks:
            began = time.perf_counter()
            decided = await self._bench.recorder.deciding.decide(stream, task)
            self.latencies.append(time.perf_counter() - began)
            assert decided.receipts, decided.refused
        self.cpu.update(self._read_cpu())
        self.cpu.subtract(used)

    def _read_cpu(self) -> Counter[str]:
        return Counter({name: cpu_of_all(process) for name, process in self._processes.items()})


async def measure(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Decide on so many applications and return what a decision costs."""
    await AtTheRecord(bench, "decide-warm", WARM_UP).run()
    measured = AtTheRecord(bench, "decide", applications)
    await measured.run()
    latencies, cpu = measured.latencies, measured.cpu
    say(f"decided {len(latencies)} times in {sum(latencies):.1f} s")
    return [
        Figure(PART, "decisions per second, one process", len(latencies) / sum(latencies), "/s"),
        Figure(PART, "a decision, p50", 1000 * quantile(latencies, 0.5), "ms"),
        Figure(PART, "a decision, p99", 1000 * quantile(latencies, 0.99), "ms"),
        *(
            Figure(PART, f"CPU of a decision, {part}", 1000 * cpu[part] / len(latencies), "ms")
            for part in (PYTHON, POSTGRES)
        ),
    ]


async def notice_ends(bench: BenchStack, round_: RecordedRound) -> datetime:
    """Return when the last notice of a round's applications ends."""
    texts = bench.ledger.reading.states(round_.name, "notice")
    ends = [APPLICATION.load(text).until or datetime.now(UTC) async for text in texts]
    return max(ends, default=datetime.now(UTC))


def _task_of(act: Act) -> Task:
    message = act.message
    return Carry(message) if isinstance(message, Decision) else ActTask(message)
