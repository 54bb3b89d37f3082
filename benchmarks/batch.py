"""A batch of the round on real application workflows: broken off midway, resumed, each touched once."""

import asyncio
import time
from collections import Counter
from dataclasses import replace
from typing import Any

from temporalio.testing import ActivityEnvironment

from activities.messages import Answer, BatchRequest
from activities.rounds import RoundActivities
from benchmarks.bench_stack import BenchStack
from benchmarks.driver import Driver
from benchmarks.figures import Figure, Say
from benchmarks.lifecycle import NO_DEADLINE, warm_up
from benchmarks.rounds import STEPS, RecordedRound
from benchmarks.texts import TEXT
from selection.round.events import RoundCancelled
from selection.streams import round_stream

PART = "batch"
ROUND = "batch"
BATCH = "cancel-with-round"
ALL = 10_000


class BrokenOff:
    """Runs the batch activity, breaks it off once half is done, and resumes it from its last heartbeat."""

    def __init__(self, rounds: RoundActivities, request: BatchRequest, half: str) -> None:
        self._rounds = rounds
        self._request = request
        self._half = half
        self.beat: tuple[Any, ...] = ()
        self.seconds = 0.0

    async def run(self) -> Answer:
        """Return the answer of the attempt that came to the end."""
        first = asyncio.create_task(self._attempt(()))
        while not (self.beat and str(self.beat[0]) >= self._half):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        first.cancel()
        await asyncio.wait([first])
        if not first.cancelled():
            return first.result()
        return await self._attempt(self.beat)

    async def _attempt(self, details: tuple[Any, ...]) -> Answer:
        environment = ActivityEnvironment()
        environment.info = replace(
            environment.info,
            workflow_id=self._request.stream,
            workflow_type="Round",
            task_queue="bench-ours",
            heartbeat_details=details,
        )
        environment.on_heartbeat = self._on_beat
        began = time.perf_counter()
        try:
            answer: Answer = await environment.run(self._rounds.carry_out, self._request)
        finally:
            self.seconds += time.perf_counter() - began
        return answer

    def _on_beat(self, *details: Any) -> None:
        self.beat = details


async def measure(bench: BenchStack, applications: int, say: Say) -> list[Figure]:
    """Submit applications, cancel their round, and carry that out on all of them."""
    async with bench.worker("ours"):
        await warm_up(bench, "ours", "w-batch")
        recorded = RecordedRound(bench.recorder, ROUND, applications, NO_DEADLINE)
        await recorded.open()
        driver = Driver(bench, "ours", ROUND, applications)
        began = time.perf_counter()
        await driver.send_each(
            [(s, acts["intake"][:1]) for s, acts in zip(driver.streams, driver.acts, strict=True)]
        )
        say(f"batch: {applications} submitted in {time.perf_counter() - began:.0f} s")
        stream, begun = round_stream(ROUND), STEPS["open"] + 1
        await recorded.decide(stream, RoundCancelled(reason=TEXT), at_version=begun)
        rounds = RoundActivities(bench.recorder, bench.client)
        request = BatchRequest(stream=stream, batch=BATCH, begun=begun)
        broken = BrokenOff(rounds, request, driver.streams[applications // 2])
        answer = await broken.run()
    assert answer.seq >= 0, "the batch did not put its end on the record"
    touched = await _count_touched(bench, driver.streams)
    once = sum(count == 1 for count in touched.values())
    rate = applications / broken.seconds
    say(f"batch: {once} of {applications} in {broken.seconds:.1f} s")
    return [
        Figure(PART, f"of {applications:,} applications, touched once", once, target=applications),
        Figure(PART, "applications per second", rate, "/s"),
        Figure(
            PART, f"seconds for {ALL:,}" + ("" if applications == ALL else ", extrapolated"), ALL / rate, "s"
        ),
    ]


async def _count_touched(bench: BenchStack, streams: list[str]) -> Counter[str]:
    touched: Counter[str] = Counter()
    async for entry in bench.ledger.reading.all_entries(ROUND):
        if entry.leaf.type == "application.cancelled.v1":
            touched[entry.leaf.stream] += 1
    return Counter({stream: touched[stream] for stream in streams})
