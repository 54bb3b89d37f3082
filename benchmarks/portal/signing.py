"""Experts who sign their reviews within a minute, through the API, with a key in software each."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from activities.messages import TASK_TIMEOUT, StreamStart
from benchmarks.bench_stack import BenchStack
from benchmarks.enrolment import enrol
from benchmarks.figures import Figure, Say, quantile
from benchmarks.in_memory.signing import Signers
from benchmarks.portal.filling import Shares, fill, number_of
from benchmarks.portal.people import register
from benchmarks.portal.serving import ServedPortal
from benchmarks.rounds import SEATS, RecordedRound
from benchmarks.shapes.acts import review
from benchmarks.texts import own, store_texts
from reading.access.sessions import FOR_PROGRAMS
from runtime.logins import Login
from selection.application.review.score_events import ReviewSubmitted
from selection.decision.envelope import envelope_of
from selection.kernel.actor import Actor, Role
from selection.rules.model import rules_hash
from selection.streams import application_stream
from starter.reconcile.open_streams import ask_version

PART = "portal"
ROUND = "bench-signing"
QUEUE = "bench-ours"
MINUTE = 60.0
AGO = timedelta(minutes=1)
ASKED_AGAIN = 0.5
PATIENCE = 300.0
LOST = (
    "A review that was answered and is not in the record, or that nobody answered, is a defect of the portal."
)


@dataclass
class Answers:
    """How the reviews were answered: those with a receipt, by expert, what else was said, and after how long."""

    receipts: dict[str, str] = field(default_factory=dict)
    otherwise: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Expert:
    """Somebody with a review to sign."""

    person: str
    number: str

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return Actor(person=self.person, role=Role.EXPERT)


async def measure(bench: BenchStack, portal: ServedPortal, experts: int, say: Say) -> list[Figure]:
    """Have every expert sign one review, at any moment of a minute, and compare each answer with the record."""
    applications = -(-experts // SEATS)
    recorded = await _prepare(bench, applications)
    signing = [Expert(name, number_of(n)) for n in range(1, applications + 1) for name in reviewers_of(n)][
        :experts
    ]
    await portal.sign_in([expert.person for expert in signing], FOR_PROGRAMS)
    signers = Signers()
    signers.rules = rules_hash(recorded.rules)
    async with bench.worker("ours"):
        for n in range(1, applications + 1):
            await _begin(bench, application_stream(ROUND, number_of(n)))
        for n in range(1, applications + 1):
            await ask_version(bench.client, application_stream(ROUND, number_of(n)))
        answers, used = Answers(), portal.measure_use()
        async with asyncio.TaskGroup() as group:
            for expert in signing:
                group.create_task(_sign(portal, expert, signers, answers))
        used = portal.measure_use().since(used)
    kept = await _count_recorded(bench, answers)
    say(
        f"signing: {len(answers.receipts)} answered, {kept} recorded, {dict(answers.otherwise) or 'none lost'}"
    )
    return [
        Figure(
            PART,
            f"of {experts:,} signed reviews within a minute, answered",
            len(answers.receipts),
            target=experts,
        ),
        Figure(PART, "of these, in the record as they were answered", kept, target=experts, cause=LOST),
        Figure(PART, "a signed review, until its receipt, p50", 1000 * quantile(answers.seconds, 0.5), "ms"),
        Figure(PART, "a signed review, until its receipt, p99", 1000 * quantile(answers.seconds, 0.99), "ms"),
        Figure(PART, "a signed review, CPU of the portal", 1000 * used.portal / experts, "ms"),
    ]


def reviewers_of(n: int) -> list[str]:
    """Return the panel of the n-th application: experts who review nothing else."""
    return [f"reviewer-{(n - 1) * SEATS + seat:04d}" for seat in range(SEATS)]


async def _prepare(bench: BenchStack, applications: int) -> RecordedRound:
    people = [name for n in range(1, applications + 1) for name in reviewers_of(n)]
    owner = bench.databases.url(Login.MIGRATOR)
    await register(bench.recorder, dict.fromkeys(people, (Role.EXPERT, ())), "portal-reviewers")
    await store_texts(owner, people)
    await enrol(bench.recorder, people)
    recorded = RecordedRound(bench.recorder, ROUND, 1, timedelta(seconds=10))
    await recorded.open()
    shares = Shares(review=applications)
    await fill(owner, recorded.rules, ROUND, shares, datetime.now(UTC) - AGO, reviewers_of)
    recorded.streams = [application_stream(ROUND, number_of(n)) for n in range(1, applications + 1)]
    await recorded.draw()
    return recorded


async def _begin(bench: BenchStack, stream: str) -> None:
    """Begin the workflow of an application that the record holds, as `selection reconcile` does."""
    await bench.client.start_workflow(
        "Application", StreamStart(), id=stream, task_queue=QUEUE, task_timeout=TASK_TIMEOUT
    )


async def _sign(portal: ServedPortal, expert: Expert, signers: Signers, answers: Answers) -> None:
    """Sign a review at some moment of the minute, and ask for the receipt until there is one."""
    await asyncio.sleep(random.Random(expert.person).uniform(0, MINUTE))
    stream, command = application_stream(ROUND, expert.number), own(review(), expert.actor)
    began, command_id = time.perf_counter(), name_act(expert.person)
    signed = signers.sign(envelope_of(stream, command, expert.actor, command_id), datetime.now(UTC))
    assert signed.proof is not None
    body = {
        "role": expert.actor.role.value,
        "command": command.model_dump(mode="json"),
        "proof": signed.proof.model_dump(mode="json"),
    }
    headers = {"authorization": f"Bearer {portal.token(expert.person)}", "idempotency-key": command_id}
    path = f"/api/v1/acts/application/{ROUND}/{expert.number}"
    while True:
        try:
            answer = await portal.client_of(expert.person).post(path, json=body, headers=headers)
        except httpx.TransportError as error:
            answers.otherwise[type(error).__name__] += 1
            return
        if answer.status_code != httpx.codes.ACCEPTED or time.perf_counter() - began > PATIENCE:
            break
        # Taken, and not yet answered: the same under the same id is answered as it was.
        await asyncio.sleep(ASKED_AGAIN)
    answers.seconds.append(time.perf_counter() - began)
    if answer.status_code == httpx.codes.CREATED:
        answers.receipts[expert.person] = answer.json()["leaf_hash"]
    else:
        answers.otherwise[f"{answer.status_code} {answer.text[:200]}"] += 1


async def _count_recorded(bench: BenchStack, answers: Answers) -> int:
    """Return of how many experts the record holds one review, signed, by the act that they have a receipt of.

    A receipt is of an act's last entry: that of a panel's last review is of the score that it fixed.
    """
    reviews, acts = Counter[str](), dict[str, str]()
    async for entry in bench.ledger.reading.all_entries(ROUND):
        leaf = entry.leaf
        acts[entry.leaf_hash.hex()] = str(leaf.data.get("command_id", ""))
        reviews[leaf.actor.person] += leaf.type == ReviewSubmitted.TYPE and leaf.signed is not None
    return sum(
        reviews[person] == 1 and acts.get(known) == name_act(person)
        for person, known in answers.receipts.items()
    )


def name_act(person: str) -> str:
    """Return the id of an expert's review."""
    return f"sign-{person}"
