"""What an act costs at the record alone: decided and appended without Temporal, by one process, one after the other."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import cast

import psutil

from benchmarks.bench_stack import BenchStack, cpu_of_all
from benchmarks.figures import Figure, quantile
from benchmarks.in_memory.signing import FOUNDING, Signers
from benchmarks.lifecycle import Say
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.acts import Act, acts_of
from ledger.decision.facts import FactsReader
from ledger.decision.reads import Noted
from runtime.embedded.stack import POSTGRES
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act as ActTask, Carry, Settle, Task
from selection.decision.reference import Decision
from selection.rules.model import rules_hash
from selection.rules.terms import terms_of
from selection.streams import APPLICATION

PART = "decide"
WARM_UP = 5
TURNS = 3
PYTHON = "python"
INTAKE_AT_LEAST, INTAKE_EACH = timedelta(seconds=4), timedelta(milliseconds=100)


SIGNED_CAUSE = (
    "A signature is checked once when it is decided, and its proof makes the entry about a kilobyte longer, which is "
    "sent to PostgreSQL, hashed and stored."
)


@dataclass
class KeyedFacts:
    """Facts off the record with everybody's key beside them, on an installation that takes no act without one."""

    reader: FactsReader
    signers: Signers

    async def read(self, asked: FactsRequest, noted: Noted) -> Facts:
        """Return what was asked, the keys among it."""
        found = await self.reader.read(asked, noted)
        if not asked.signers:
            return found
        return found.merge(Facts(keys=self.signers.keys(*asked.signers), founded=FOUNDING))


class AtTheRecord:
    """Decides all acts of a round's applications in this process; counts what that takes.

    With `signers` people sign their acts, before the clock starts. `of_people` is the CPU of this process for each.
    """

    def __init__(
        self, bench: BenchStack, name: str, applications: int, signers: Signers | None = None
    ) -> None:
        self._bench = bench
        self._signers = signers
        self.of_people: list[float] = []
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
            (stream, self._task_of(act))
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
            began, used_before = time.perf_counter(), time.process_time()
            decided = await self._bench.recorder.deciding.decide(stream, task)
            self.latencies.append(time.perf_counter() - began)
            if isinstance(task, ActTask):
                self.of_people.append(time.process_time() - used_before)
            assert decided.receipts, decided.refused
        self.cpu.update(self._read_cpu())
        self.cpu.subtract(used)

    def _task_of(self, act: Act) -> Task:
        message = act.message
        if isinstance(message, Decision):
            return Carry(message)
        if self._signers is None:
            return ActTask(message)
        self._signers.rules = rules_hash(self._round.rules)
        return ActTask(self._signers.sign(message, datetime.now(UTC)))

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


async def measure_signed(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Decide on people's acts unsigned and signed by turns, and return what a signed act takes beside the other."""
    await AtTheRecord(bench, "sign-warm", WARM_UP).run()
    unsigned, signed = list[float](), list[float]()
    for number in range(TURNS):
        unsigned.append(await _run_signed(bench, f"unsigned-{number}", applications, None))
        signed.append(await _run_signed(bench, f"signed-{number}", applications, Signers()))
    least = min(unsigned), min(signed)
    say(f"an act of a person: {least[0]:.2f} ms of CPU unsigned, {least[1]:.2f} ms signed")
    return [
        Figure(
            PART,
            "times the CPU of an unsigned act, signed",
            least[1] / least[0],
            target=1.15,
            at_least=False,
            cause=SIGNED_CAUSE,
        )
    ]


async def _run_signed(bench: BenchStack, name: str, applications: int, signers: Signers | None) -> float:
    """Return the CPU (ms) of a person's act: this process's by the middle one, and PostgreSQL's share."""
    deciding = bench.recorder.deciding
    # Until people's keys stand in the register of a benchmark, they are put beside what is read from it.
    reader = deciding._facts  # noqa: SLF001
    if signers is not None:
        deciding._facts = cast("FactsReader", KeyedFacts(reader, signers))  # noqa: SLF001
    try:
        run = AtTheRecord(bench, name, applications, signers)
        await run.run()
    finally:
        deciding._facts = reader  # noqa: SLF001
    return 1000 * (median(run.of_people) + run.cpu[POSTGRES] / len(run.latencies))


async def notice_ends(bench: BenchStack, round_: RecordedRound) -> datetime:
    """Return when the last notice of a round's applications ends."""
    texts = bench.ledger.reading.states(round_.name, "notice")
    ends = [APPLICATION.load(text).until or datetime.now(UTC) async for text in texts]
    return max(ends, default=datetime.now(UTC))
