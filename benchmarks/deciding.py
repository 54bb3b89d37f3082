"""What an act costs at the record alone: decided and appended without Temporal, by one process, one after the other."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import psutil

from benchmarks.bench_stack import BenchStack, cpu_of_all
from benchmarks.figures import Figure, Say, quantile
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
        self.bench = bench
        intake = INTAKE_AT_LEAST + INTAKE_EACH * applications
        self.round = RecordedRound(bench.recorder, name, applications, intake)
        self._postgres = psutil.Process(bench.stack.pids[POSTGRES])
        self.latencies: list[float] = []
        self.cpu: Counter[str] = Counter()

    async def run(self) -> None:
        """Go from the first version to the issued list; deadlines are settled once they have passed."""
        round_ = self.round
        await round_.recommend()
        round_.begin()
        await round_.open()
        await self.phase("intake")
        await self._settle(round_.intake_ends)
        await round_.draw()
        await self.phase("review")
        await round_.shortlist()
        await self.phase("survey")
        await round_.propose()
        await self.phase("proposal")
        await round_.publish()
        await self.phase("notice")
        await self._settle(await notice_ends(self.bench, round_))
        await round_.issue()
        await self.phase("issue")

    async def phase(self, name: str) -> None:
        """Decide on all acts of a phase."""
        await self.take(
            [
                (stream, task_of(act))
                for n, stream in enumerate(self.round.streams)
                for act in acts_of(stream, n)[name]
            ]
        )

    async def _settle(self, deadline: datetime) -> None:
        until = deadline + terms_of(self.round.rules).grace
        await asyncio.sleep(max((until - datetime.now(UTC)).total_seconds(), 0.0))
        await self.take((stream, Settle()) for stream in self.round.streams)

    async def take(self, work: Iterable[tuple[str, Task]]) -> Counter[str]:
        """Decide on these tasks and return the CPU seconds that it took, by process."""
        before = self._read_cpu()
        for stream, task in work:
            began = time.perf_counter()
            decided = await self.bench.recorder.deciding.decide(stream, task)
            self.latencies.append(time.perf_counter() - began)
            assert decided.receipts, decided.refused
            assert decided.refused is None
        used = self._read_cpu()
        used.subtract(before)
        self.cpu.update(used)
        return used

    def _read_cpu(self) -> Counter[str]:
        return Counter({PYTHON: time.process_time(), POSTGRES: cpu_of_all(self._postgres)})


def task_of(act: Act) -> Task:
    """Return an act as it is decided."""
    message = act.message
    return Carry(message) if isinstance(message, Decision) else ActTask(message)


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
