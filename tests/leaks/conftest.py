"""One round for all tests here, with looks into it in the midst of review, in the notice and at the end."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from runtime.endpoints import Endpoints
from runtime.namespace import pollers
from runtime.plan import ANY
from runtime.settings import Settings
from runtime.stack import EmbeddedStack
from starter.client import SelectionClient
from starter.commands.up import planned
from tests.leaks.acting import MarkedDesk, play
from tests.leaks.reading import Looked, bulk_acts, look, of_application, of_round
from tests.leaks.truth import RULES, Truth, truth_of

QUIET = 2.0
"""Seconds without a mail after which the courier is taken to have sent all."""


@dataclass
class Played:
    """The round at its end, and everything that was looked at on the way."""

    data: Path
    ends: Endpoints
    canaries: dict[str, str] = field(default_factory=dict)
    truths: dict[str, Truth] = field(default_factory=dict)
    looks: list[Looked] = field(default_factory=list)
    streams: dict[str, str] = field(default_factory=dict)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("stack")


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The round, played once on a stack of its own with a worker process; the stack still runs."""
    data = tmp_path_factory.mktemp("leaks") / "data"
    patch = pytest.MonkeyPatch()
    # A canary that is broken over two lines of a table would not be found.
    patch.setattr("starter.output.WIDTH", 5_000)
    plan = replace(planned(Settings(data=data), ANY, workers=1), synced=False, ui=False, preferred=ANY)
    stack = EmbeddedStack(plan)
    asyncio.run(stack.start_all())
    try:
        made = Played(data, stack.endpoints)
        asyncio.run(_play(made, stack))
        yield made
    finally:
        asyncio.run(stack.stop_all())
        patch.undo()


async def _play(made: Played, stack: EmbeddedStack) -> None:
    client = await SelectionClient.connect(stack.plan.settings)
    try:
        while not await pollers(client.temporal, stack.endpoints.task_queue):
            await asyncio.sleep(0.1)

        async def pause(desk: MarkedDesk, moment: str) -> None:
            await _look_around(made, client, desk, moment)

        desk = await play(client, pause)
        await _look_around(made, client, desk, "end")
        made.canaries = desk.canaries
        made.streams = desk.streams
        await _until_sent(client)
    finally:
        await client.close()


async def _look_around(made: Played, client: SelectionClient, desk: MarkedDesk, moment: str) -> None:
    truth = await truth_of(client.ledger)
    for person in readers(desk, truth):
        for words in of_round(moment):
            made.looks.append(await asyncio.to_thread(look, moment, made.data, person, words))
        for stream in looked_at(desk):
            for words in of_application(moment, stream):
                made.looks.append(await asyncio.to_thread(look, moment, made.data, person, words, stream))
    for person in beside_the_officer(desk) if moment == "review" else ():
        for words in bulk_acts():
            made.looks.append(await asyncio.to_thread(look, moment, made.data, person, words))
    made.truths[moment] = replace(await truth_of(client.ledger), earlier=truth)


def looked_at(desk: MarkedDesk) -> tuple[str, ...]:
    """The application with the declines, and the one with the report."""
    return desk.streams["a01"], desk.streams["a02"]


def beside_the_officer(desk: MarkedDesk) -> tuple[str, ...]:
    """Who may not run an officer's bulk acts, not even dry."""
    staff = RULES.staff
    return desk.example.applicant("a01").agent, staff.admins[0], staff.auditors[0], "stranger-x7q2z"


def readers(desk: MarkedDesk, truth: Truth) -> list[str]:
    """One person of every standing to the applications that are looked at, and people who have none."""
    staff, found = RULES.staff, {"stranger-x7q2z", "nobody-k4w9p", "objector-01", "objector-02"}
    found |= {staff.officers[0], staff.supervisors[0], staff.auditors[0], staff.admins[0]}
    found.add(RULES.approval[-1].approvers[0])
    for stream in looked_at(desk):
        state = truth.parties[stream].state
        seats = [seat.expert for seat in state.seats]
        found |= {
            state.agent,
            f"unit-{state.unit}",
            *state.former[:1],
            *seats[:1],
            state.chair,
            *state.team[:1],
        }
        found |= {person for item in state.objections.values() for person in item.examiners[:1]}
    found.add(truth.parties[desk.streams["a03"]].state.agent)
    found.add(truth.parties[desk.streams["a03"]].state.seats[0].expert)
    return sorted(found - {""})


async def _until_sent(client: SelectionClient) -> None:
    seen: dict[tuple[str, str], int] = {}
    while (now := await client.ledger.outbox.counts()) != seen:
        seen = now
        await asyncio.sleep(QUIET)
