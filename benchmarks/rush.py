"""A rush: submissions that all come in the last seconds before the deadline, through the client that people use."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.bench_stack import BenchStack
from benchmarks.figures import Figure, Say, quantile
from benchmarks.lifecycle import warm_up
from benchmarks.rounds import RecordedRound
from benchmarks.shapes.acts import FIRST, submission
from benchmarks.texts import own
from selection.application.commands import Submit
from selection.refusals.refused import Refused
from starter.client.client import SelectionClient

PART = "rush"
ROUND = "rush"
QUEUE = "bench-ours"
# The submissions are spread over this time, and the last is sent this long before the deadline.
SPREAD, LAST = timedelta(seconds=5), timedelta(seconds=1)
READY_WITHIN = timedelta(seconds=8)
PATIENCE = timedelta(minutes=10)


@dataclass
class Answers:
    """How each submission was answered: in time, late, or otherwise (a code); and after how many seconds."""

    in_time: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    otherwise: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


async def measure(bench: BenchStack, submissions: int, say: Say) -> list[Figure]:
    """Send all of them, and compare every answer with the record."""
    async with bench.worker("ours"):
        await warm_up(bench, "ours", "w-rush")
        # A round whose submission ends when the rush is over; recommendations a day of the rehearsal later.
        recorded = RecordedRound(bench.recorder, ROUND, submissions, READY_WITHIN + SPREAD + LAST)
        await recorded.open()
        answers = await _rush(bench, recorded, submissions)
    say(f"rush: {len(answers.in_time)} in time, {len(answers.late)} late, {answers.otherwise or 'none lost'}")
    answered = len(answers.in_time) + len(answers.late)
    return [
        Figure(PART, f"of {submissions:,} submissions, answered", answered, target=submissions),
        Figure(
            PART,
            "of these, answered as the record has them",
            await _count_recorded(bench, recorded, answers),
            target=submissions,
        ),
        Figure(PART, "in time, by the record", len(answers.in_time)),
        Figure(PART, "answer, p50", quantile(answers.seconds, 0.5), "s"),
        Figure(PART, "answer, p99", quantile(answers.seconds, 0.99), "s"),
    ]


async def _rush(bench: BenchStack, recorded: RecordedRound, submissions: int) -> Answers:
    client, answers = SelectionClient(bench.client, bench.ledger, QUEUE), Answers()
    starts = recorded.submission_ends - SPREAD - LAST
    command = own(Submit(submission=submission(FIRST.host, 40)), FIRST.actor)

    async def one(n: int, stream: str) -> None:
        at = starts + SPREAD * n / submissions
        await asyncio.sleep(max((at - datetime.now(UTC)).total_seconds(), 0.0))
        began = time.perf_counter()
        try:
            await client.act(stream, command, actor=FIRST.actor, patience=PATIENCE)
            answers.in_time.append(stream)
        except Refused as refused:
            if refused.code == "late":
                answers.late.append(stream)
            else:
                answers.otherwise[stream] = refused.code
        answers.seconds.append(time.perf_counter() - began)

    async with asyncio.TaskGroup() as group:
        for n, stream in enumerate(recorded.streams):
            group.create_task(one(n, stream))
    return answers


async def _count_recorded(bench: BenchStack, recorded: RecordedRound, answers: Answers) -> int:
    """Return how many streams hold what was answered: one entry, dated before the deadline if it was in time.

    With the deadline each lapses, at once where nothing was submitted before; that is no answer.
    """
    found: dict[str, list[str]] = {}
    async for entry in bench.ledger.reading.all_entries(ROUND):
        leaf = entry.leaf
        before = leaf.at < recorded.submission_ends
        kind = "in time" if leaf.type == "application.submitted.v1" and before else ""
        late = leaf.type == "act.refused.v1" and not before and leaf.data["code"] == "late"
        if leaf.type != "application.lapsed.v1":
            found.setdefault(leaf.stream, []).append("late" if late else kind)
    expected = {stream: ["in time"] for stream in answers.in_time} | {s: ["late"] for s in answers.late}
    return sum(found.get(stream) == said for stream, said in expected.items())
