"""How much each page takes alone, and how long it is waited for while twenty people ask at once."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.bench_stack import BenchStack
from benchmarks.figures import Figure, Say, of_repeats, quantile
from benchmarks.portal import signing
from benchmarks.portal.filling import EXAMPLES, PROPOSED, Shares, fill, is_of_applicant, number_of
from benchmarks.portal.people import register
from benchmarks.portal.serving import CpuSeconds, ServedPortal, serve_portal
from benchmarks.portal.visits import (
    CALL,
    EXPERTS,
    LISTS,
    PEOPLE,
    ROUND,
    TASKS,
    WORK,
    Numbers,
    Visit,
    list_visits,
)
from benchmarks.rounds import RecordedRound, example_forms, panel_of
from benchmarks.texts import TEXT
from runtime.logins import Login
from selection.kernel.actor import Role
from selection.recommendation import events as listed_event
from selection.round import events as e
from selection.rules.model import rules_hash
from selection.streams import application_stream, recommender_stream, round_stream

PART = "portal"
OTHERS: dict[str, tuple[Role, tuple[str, ...]]] = {
    "auditor-1": (Role.AUDITOR, ()),
    "recommender-1": (Role.RECOMMENDER, ("bj",)),
    "recommender-2": (Role.RECOMMENDER, ("sh",)),
}
AGO = timedelta(minutes=1)
ALONE, EACH, WARM = 50, 20, 5
"""Times that the task list is asked for alone, and any other page; before that without being counted."""
PAUSE = 1.0
"""Seconds that somebody looks at a page before asking for another, on average."""
SHORT, WAIT = 3.0, 200.0
"""CPU of a task list and the slowest of a hundred answers, in milliseconds, at most."""
OK = 200
TASKS_CAUSE = (
    "Who asks, the page of tasks with its applications and with every round, and what waits for a second signature are "
    "three or four statements; each costs the portal about 0.3 ms. The rest is HTTP and the template."
)
WAIT_CAUSE = (
    "The processes of the portal, the database and the clients share the cores: whoever asks while a long list is put "
    "together waits for that too."
)


async def measure(
    bench: BenchStack, applications: int, tasks: int, turns: int, experts: int, processes: int, say: Say
) -> list[Figure]:
    """Fill the record, ask for every page, alone and then by everybody at once; last, have experts sign."""
    await register(bench.recorder, OTHERS, "portal-people")
    recorded, shares = await _open_rounds(bench), Shares.of(applications, tasks)
    written = await fill(
        bench.databases.url(Login.MIGRATOR), recorded.rules, ROUND, shares, datetime.now(UTC) - AGO
    )
    say(f"portal: {', '.join(f'{count:,} {name}' for name, count in written.items())}")
    numbers, answered = _find_numbers(shares), dict[str, list[float]]()
    figures = [Figure(PART, f"{name} that the record holds", count) for name, count in written.items()]
    async with serve_portal(bench, processes) as portal:
        await portal.sign_in(PEOPLE)
        for part in (WORK, LISTS):
            await _enter(recorded, shares, part)
            visits = [visit for visit in list_visits(numbers) if visit.part == part or visit.route == TASKS]
            await _open_all(portal, visits, say)
            if part == WORK:
                figures += await _ask_alone(portal, visits, say)
            for visit in visits:
                for person in _one_of_each(visit.people):
                    await portal.warm(person, visit.path())
            figures += await _ask_each_alone(portal, visits)
            for route, found in (await _ask_at_once(portal, visits, turns, say)).items():
                answered[route] = answered.get(route, []) + found
        figures += _tell_waits(answered)
        resident = [found / 2**20 for found in portal.resident_bytes()]
        figures.append(
            of_repeats(PART, f"memory of each of {processes} processes of the portal", resident, "MiB")
        )
        figures += await signing.measure(bench, portal, experts, say)
    return figures


async def _open_rounds(bench: BenchStack) -> RecordedRound:
    filling = RecordedRound(bench.recorder, CALL, 1, timedelta(hours=2))
    filling.rules = filling.rules.model_copy(update={"forms": example_forms()})
    await filling.open()
    recorded = RecordedRound(bench.recorder, ROUND, 1, timedelta(seconds=10))
    await recorded.open()
    for unit in recorded.rules.recommenders:
        listed = listed_event.ApplicationRecommended(
            round=ROUND,
            rules_hash=rules_hash(recorded.rules),
            unit=unit.code,
            quota=1,
            application=number_of(1),
            revision=2,
            agent="recommender-1",
        )
        await recorded.decide(recommender_stream(ROUND, unit.code), listed)
    return recorded


def _find_numbers(shares: Shares) -> Numbers:
    """Return an application of each stage, and for each expert one that they review."""
    stages = shares.list_stages()
    first = {stage: stages.index(stage) + 1 for stage in stages}
    review: dict[str, str] = {}
    for n in range(first["review"], first["review"] + shares.review):
        for person in panel_of(n % EXAMPLES).seats:
            if person in EXPERTS:
                review.setdefault(person, number_of(n))
    applied = next(n for n in range(1, len(stages) + 1) if is_of_applicant(n))
    return Numbers(number_of(first["checking"]), review, number_of(first["scored"]), number_of(applied))


async def _enter(recorded: RecordedRound, shares: Shares, part: str) -> None:
    """Take the round into the stage in which the pages of a part are asked for."""
    stages = shares.list_stages()
    stream = round_stream(ROUND)
    if part == WORK:
        reviewed = [
            application_stream(ROUND, number_of(n)) for n, stage in enumerate(stages, 1) if stage == "review"
        ]
        recorded.streams = reviewed
        await recorded.draw()
        finished = e.StageFinished(finished="drawing", next="review", counts={"review": len(reviewed)})
        await recorded.decide(stream, finished)
        return
    numbers = [number_of(n) for n, stage in enumerate(stages, 1) if stage == "appraised"][:PROPOSED]
    items = tuple(
        e.ProposalItem(application=number, rank=rank, reason=TEXT) for rank, number in enumerate(numbers, 1)
    )
    await recorded.decide(
        stream,
        e.StageFinished(finished="appraisal", next="proposal", counts={"appraised": shares.appraised}),
        e.ProposalMade(proposal=1, items=items, deviations={}, ranking=()),
    )


async def _ask_alone(portal: ServedPortal, visits: Sequence[Visit], say: Say) -> list[Figure]:
    """Have one of each kind of person ask for the task list, again and again, and return what each takes."""
    tasks = next(visit for visit in visits if visit.route == TASKS)
    found: dict[str, CpuSeconds] = {}
    for person in _one_of_each(tasks.people):
        found[person] = await _use(portal, person, tasks.path(), ALONE)
        say(f"{TASKS} of {person}: {found[person].portal:.1f} ms, PostgreSQL {found[person].postgres:.1f}")
    portals, databases = (
        [used.portal for used in found.values()],
        [used.postgres for used in found.values()],
    )
    slowest = max(found, key=lambda person: found[person].portal)
    return [
        Figure(
            PART,
            f"a task list, CPU of the portal, of the slowest role ({slowest})",
            max(portals),
            "ms",
            target=SHORT,
            at_least=False,
            cause=TASKS_CAUSE,
        ),
        of_repeats(PART, "the same, of the middle role", portals, "ms"),
        of_repeats(PART, "the same, CPU of PostgreSQL", databases, "ms"),
    ]


async def _open_all(portal: ServedPortal, visits: Sequence[Visit], say: Say) -> None:
    """Open each page as each of its people, and say which does not open: nothing is measured then."""
    wrong = [
        f"{person} {visit.path()}: {status}"
        for visit in visits
        for person in visit.people
        if (status := (await portal.open(person, visit.path())).status_code) != OK
    ]
    for line in wrong:
        say(line)
    assert not wrong


async def _use(portal: ServedPortal, person: str, path: str, times: int) -> CpuSeconds:
    """Open a page as somebody until it is warm, then so many times alone, and return what each took."""
    for _ in range(WARM):
        await portal.open(person, path)
    before = portal.measure_use()
    for _ in range(times):
        await portal.open(person, path)
    return portal.measure_use().since(before).each(times)


async def _ask_each_alone(portal: ServedPortal, visits: Sequence[Visit]) -> list[Figure]:
    """Return what each page but the task list takes alone, of whoever of its people needs most."""
    figures = []
    for visit in visits:
        if visit.route == TASKS:
            continue
        found = [await _use(portal, person, visit.path(), EACH) for person in _one_of_each(visit.people)]
        most = max(found, key=lambda used: used.portal)
        figures.append(Figure(PART, f"{visit.route} alone, CPU of the portal", most.portal, "ms"))
        figures.append(Figure(PART, "the same, CPU of PostgreSQL", most.postgres, "ms"))
    return figures


def _one_of_each(people: Sequence[str]) -> list[str]:
    """Return the first of each kind of person."""
    kinds: dict[str, str] = {}
    for person in people:
        kinds.setdefault(person.rpartition("-")[0], person)
    return list(kinds.values())


async def _ask_at_once(
    portal: ServedPortal, visits: Sequence[Visit], turns: int, say: Say
) -> dict[str, list[float]]:
    """Have everybody ask for their pages by turns with the task list, as people do; return how long each took (ms)."""
    answered: dict[str, list[float]] = defaultdict(list)
    tasks = next(visit for visit in visits if visit.route == TASKS)

    async def one(person: str) -> None:
        chance = random.Random(person)
        own = [visit for visit in visits if person in visit.people and visit is not tasks]
        for _ in range(turns):
            chance.shuffle(own)
            for asked in (page for visit in own for page in (tasks, visit)):
                await asyncio.sleep(chance.uniform(0, 2 * PAUSE))
                began = time.perf_counter()
                answer = await portal.open(person, asked.path())
                answered[asked.route].append(1000 * (time.perf_counter() - began))
                assert answer.status_code == OK, (person, asked.path(), answer.status_code)

    before, began = portal.measure_use(), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for person in PEOPLE:
            group.create_task(one(person))
    count, used = sum(map(len, answered.values())), portal.measure_use().since(before)
    each = used.each(max(count, 1))
    say(
        f"{count} pages of {len(PEOPLE)} people in {time.perf_counter() - began:.0f} s: "
        f"{each.portal:.1f} ms of the portal each, PostgreSQL {each.postgres:.1f}"
    )
    return answered


def _tell_waits(answered: Mapping[str, list[float]]) -> list[Figure]:
    """Return how long each page is waited for, the slowest first, and whether that is short enough."""
    waits = {route: quantile(found, 0.99) for route, found in answered.items()}
    slowest = sorted(waits, key=lambda route: -waits[route])
    return [
        Figure(
            PART,
            f"the slowest page, p99: {slowest[0]}",
            waits[slowest[0]],
            "ms",
            target=WAIT,
            at_least=False,
            cause=WAIT_CAUSE,
        ),
        Figure(PART, f"pages of {len(waits)} that keep to it", sum(wait <= WAIT for wait in waits.values())),
        *(
            Figure(
                PART,
                f"{route}, p99",
                waits[route],
                "ms",
                spread=(median(answered[route]), max(answered[route])),
            )
            for route in slowest
        ),
    ]
