"""What a person's act costs signed beside unsigned: the whole act, and the decision on it alone.

Both halves of a round are worked on by turns, a few applications at a time, by the same processes: whatever else the
machine does meets both. An act at a time, so that nothing waits for anything else.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from statistics import median

from benchmarks.bench_stack import WORKER, BenchStack, WorkerProcess
from benchmarks.deciding import PYTHON, AtTheRecord, task_of
from benchmarks.driver import Driver, all_in
from benchmarks.figures import Figure, Say, of_repeats
from benchmarks.in_memory.signing import Signers
from benchmarks.lifecycle import INTAKE_AT_LEAST, INTAKE_SAFETY, warm_up
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.acts import Act, acts_of
from runtime.embedded.stack import POSTGRES, TEMPORAL
from selection.decision.envelope import Envelope
from selection.decision.machine import read_act
from selection.rules.model import RoundRules, rules_hash

PART = "sign"
CLIENT = "client"
WHOLE, ALONE = (CLIENT, WORKER, TEMPORAL, POSTGRES), (PYTHON, POSTGRES)
AT_ONCE = 10
"""Applications of a block, of which every other one is of signed acts."""
CAUSE = (
    "A signature is made once by its person and checked once by the worker, each some arithmetic of its curve; with "
    "the proof the act is larger on its way, in the history, and in the record."
)
Work = Sequence[tuple[str, Sequence[Act]]]


@dataclass
class ActTimings:
    """What people's acts took, unsigned (False) and signed (True): how many, CPU seconds by process, each's seconds."""

    acts: Counter[bool] = field(default_factory=Counter)
    cpu: dict[bool, Counter[str]] = field(default_factory=lambda: {False: Counter(), True: Counter()})
    seconds: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})

    def each(self, process: str, *, signed: bool) -> float:
        """Return the CPU of a process for an act, in milliseconds."""
        return 1000 * self.cpu[signed][process] / self.acts[signed]

    def ratio(self, processes: Sequence[str]) -> float:
        """Return how many times the CPU of an unsigned act a signed one takes, all these processes together."""
        unsigned, signed = (sum(self.each(name, signed=each) for name in processes) for each in (False, True))
        return signed / unsigned

    def latency(self) -> float:
        """Return how many times as long the middle signed act takes as the middle unsigned one."""
        return median(self.seconds[True]) / median(self.seconds[False])


def blocks(work: Work) -> Iterator[tuple[bool | None, Work]]:
    """Yield a phase in parts that follow each other: acts of the engine (None), of people unsigned, and signed.

    Each application's acts keep their order. Of people every other application's are signed; which of the two comes
    first changes from block to block.
    """
    runs = [[list(run) for _, run in groupby(acts, key=_is_of_person)] for _, acts in work]
    for number in range(len(runs[0])):
        part = [(stream, run[number]) for (stream, _), run in zip(work, runs, strict=True)]
        if not _is_of_person(part[0][1][0]):
            yield None, part
            continue
        for first in range(0, len(part), 2 * AT_ONCE):
            block = part[first : first + 2 * AT_ONCE]
            halves = [(False, block[0::2]), (True, block[1::2])]
            yield from halves if first // (2 * AT_ONCE) % 2 == 0 else reversed(halves)


def _is_of_person(act: Act) -> bool:
    return isinstance(act.message, Envelope)


class DecidedAlone(AtTheRecord):
    """Decides in this process, from the bytes of a message on; people have signed before."""

    def __init__(self, bench: BenchStack, name: str, applications: int) -> None:
        super().__init__(bench, name, applications)
        self.used = ActTimings()

    async def phase(self, name: str) -> None:
        """Decide on all acts of a phase, those that are signed beside those that are not."""
        signers = _signers(self.round.rules)
        work = [(stream, acts_of(stream, n)[name]) for n, stream in enumerate(self.round.streams)]
        for signed, block in blocks(work):
            if signed is None:
                await self.take([(stream, task_of(act)) for stream, acts in block for act in acts])
                continue
            sent = [
                (stream, _sign(act, signers if signed else None).model_dump_json().encode())
                for stream, acts in block
                for act in acts
            ]
            used = await self.take((stream, read_act(body, stream)) for stream, body in sent)
            self.used.cpu[signed].update(used)
            self.used.acts[signed] += len(sent)


class WholeActs(Driver):
    """Sends acts through Temporal and a worker, one at a time, from the person's signature to the receipt."""

    def __init__(
        self, bench: BenchStack, name: str, applications: int, worker: WorkerProcess, signers: Signers
    ) -> None:
        super().__init__(bench, "ours", name, applications, worker)
        self._bench_worker = worker
        self._signers = signers
        self.used = ActTimings()

    async def phase(self, name: str) -> None:
        """Send all acts of a phase, those that are signed beside those that are not."""
        work = [(stream, acts[name]) for stream, acts in zip(self.streams, self.acts, strict=True)]
        for signed, block in blocks(work):
            if signed is None:
                await self.send_each(block)
            else:
                await self._send_block(block, signed=signed)

    async def _send_block(self, block: Work, *, signed: bool) -> None:
        before, used = self._read_cpu(), self.used
        for stream, acts in block:
            for act in acts:
                began = time.perf_counter()
                message = _sign(act, self._signers if signed else None)
                await self.send(stream, replace(act, message=message))
                used.seconds[signed].append(time.perf_counter() - began)
        used.cpu[signed].update(self._read_cpu())
        used.cpu[signed].subtract(before)
        used.acts[signed] += sum(len(acts) for _, acts in block)

    def _read_cpu(self) -> Counter[str]:
        return Counter({**self._bench_worker.cpu_by_process(), CLIENT: time.process_time()})


async def measure(bench: BenchStack, applications: int, repeats: int, say: Say) -> list[Figure]:
    """Measure whole acts and the decision alone, each over so many applications, half of which sign."""
    whole = await _measure_whole(bench, applications, repeats, say)
    alone = []
    for repeat in range(repeats):
        run = DecidedAlone(bench, f"sign-alone-{repeat}", applications)
        await run.run()
        alone.append(run.used)
        _tell(say, "decision alone", run.used, ALONE)
    return [
        of_repeats(
            PART,
            "times the CPU of an unsigned act, signed: all processes, from signature to receipt",
            [used.ratio(WHOLE) for used in whole],
            target=1.15,
            at_least=False,
            cause=CAUSE,
        ),
        of_repeats(PART, "times the time of an unsigned act, p50", [used.latency() for used in whole]),
        *_each_process(whole, WHOLE, "an act"),
        of_repeats(PART, "times the CPU, the decision alone", [used.ratio(ALONE) for used in alone]),
        *_each_process(alone, ALONE, "a decision"),
    ]


async def _measure_whole(bench: BenchStack, applications: int, repeats: int, say: Say) -> list[ActTimings]:
    found = []
    async with bench.worker("ours") as worker:
        each = await warm_up(bench, "ours", "w-sign")
        for repeat in range(repeats):
            name = f"sign-{repeat}"
            intake = INTAKE_AT_LEAST + INTAKE_SAFETY * applications * each
            round_ = RecordedRound(bench.recorder, name, applications, intake)
            await round_.recommend()
            round_.begin()
            await round_.open()
            acts = WholeActs(bench, name, applications, worker, _signers(round_.rules))
            await acts.phase("intake")
            await all_in(bench, acts, round_, "checking", round_.intake_ends)
            await round_.draw()
            await acts.phase("review")
            await round_.shortlist()
            await acts.phase("survey")
            found.append(acts.used)
            _tell(say, "whole act", acts.used, WHOLE)
    return found


def _signers(rules: RoundRules) -> Signers:
    signers = Signers()
    signers.rules = rules_hash(rules)
    return signers


def _sign(act: Act, signers: Signers | None) -> Envelope:
    message = act.message
    assert isinstance(message, Envelope)
    return message if signers is None else signers.sign(message, datetime.now(UTC))


def _each_process(runs: Sequence[ActTimings], processes: Sequence[str], what: str) -> list[Figure]:
    return [
        of_repeats(
            PART,
            f"CPU of {what} {'signed' if signed else 'unsigned'}, {name}",
            [used.each(name, signed=signed) for used in runs],
            "ms",
        )
        for name in processes
        for signed in (False, True)
    ]


def _tell(say: Say, what: str, used: ActTimings, processes: Sequence[str]) -> None:
    parts = (
        f"{name} {used.each(name, signed=False):.2f} / {used.each(name, signed=True):.2f}"
        for name in processes
    )
    say(f"{what}: {used.ratio(processes):.3f}; ms unsigned / signed: {', '.join(parts)}")
