"""One round for all tests here, with looks into it.

While its first experts are invited, before each bulk act, in the midst of review, in the notice and at the end.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints
from runtime.settings import Settings
from runtime.temporal.namespace import pollers
from selection.kernel.actor import Role
from starter.client.client import SelectionClient
from starter.commands.operator.up import plan_stack
from starter.demo.proof import wait_for_archive, wait_for_signature
from tests.leaks.acting import BULK_ACTS, ROUND, MarkedDesk, play
from tests.leaks.every import acts_of, cites_of, reads_of, write_files
from tests.leaks.pages import look_at_pages
from tests.leaks.programs import ask_for, send_for
from tests.leaks.reading import Look, bulk_act, look, of_application, of_contents, of_round
from tests.leaks.truth import RULES, Truth, truth_of
from tests.sharing import lies_in

WHO_SENDS = {
    "agent": Role.APPLICANT,
    "unit": Role.RECOMMENDER,
    "seat": Role.EXPERT,
    "surveyor": Role.SURVEYOR,
    "officer": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "auditor": Role.AUDITOR,
    "approver": Role.APPROVER,
    "admin": Role.ADMIN,
    "objector": Role.OBJECTOR,
    "stranger": Role.APPLICANT,
}
"""In which role acts are sent at the API, by what their sender is to an application."""
LOOK_EVERY = 0.5
"""Seconds between two looks at what waits, also while everything is looked at here and nothing moves."""
QUIET = 2.0
"""Seconds without a mail after which the courier is taken to have sent all."""


Line = tuple[str, list[str], str]


@dataclass
class Play:
    """The round at its end, and everything that was looked at on the way."""

    data: Path
    ends: Endpoints
    files: Path
    canaries: dict[str, str] = field(default_factory=dict)
    truths: dict[str, Truth] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    asked: list[Look] = field(default_factory=list)
    """The same of programs, at the API."""
    sent: list[Look] = field(default_factory=list)
    """What programs were answered to acts that they sent."""
    shown: list[Look] = field(default_factory=list)
    """The same of pages."""
    streams: dict[str, str] = field(default_factory=dict)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "leaks"):
            item.add_marker("stack")


@pytest.fixture(scope="session")
def the_play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """The round, played once on a stack of its own with a worker process; the stack still runs."""
    data = tmp_path_factory.mktemp("leaks") / "data"
    patch = pytest.MonkeyPatch()
    # A canary that is broken over two lines of a table would not be found.
    patch.setattr("starter.cli.output.WIDTH", 5_000)
    # While everything is looked at, nothing moves.
    patch.setattr("starter.demo.attending.STUCK_AFTER", 600.0)
    patch.setattr("starter.demo.attending.LOOK_EVERY", LOOK_EVERY)
    planned = plan_stack(Settings(data=data), ANY, workers=1, local=True)
    plan = replace(planned, synced=False, preferred=ANY, encrypted=False)
    stack = EmbeddedStack(plan)
    asyncio.run(stack.start_all())
    try:
        made = Play(data, stack.endpoints, tmp_path_factory.mktemp("files"))
        write_files(made.files)
        asyncio.run(_play(made, stack))
        yield made
    finally:
        asyncio.run(stack.stop_all())
        patch.undo()


async def _play(made: Play, stack: EmbeddedStack) -> None:
    client = await SelectionClient.connect(stack.plan.settings)
    try:
        while not await pollers(client.temporal, stack.endpoints.task_queue):
            await asyncio.sleep(0.1)

        # People act at once, and what is printed is one for the whole process.
        one_at_a_time = asyncio.Lock()

        async def pause(desk: MarkedDesk, moment: str) -> None:
            async with one_at_a_time:
                await _look_around(made, client, desk, moment)

        desk = await play(client, pause)
        await wait_for_archive(client, ROUND)
        await wait_for_signature(client, ROUND)
        await _look_around(made, client, desk, "end")
        made.canaries = desk.canaries
        made.streams = desk.streams
        await _until_sent(client)
    finally:
        await client.close()


async def _look_around(made: Play, client: SelectionClient, desk: MarkedDesk, moment: str) -> None:
    truth = await truth_of(client.ledger)
    for person, words, stream in _lines(made, desk, truth, moment):
        made.looks.append(await asyncio.to_thread(look, moment, made.data, person, words, stream))
    if moment == "review":
        # Where the most is secret. Who is not registered has no program.
        people = [person for person in readers(desk, truth) if not person.startswith("nobody-")]
        known = find_known(made, desk, truth)
        made.asked += await ask_for(made.data, moment, people, pick_applications(desk)[0], known)
        made.shown += await look_at_pages(made.data, moment, known)
    if moment == "end":
        known = find_known(made, desk, truth)
        made.shown += await look_at_pages(made.data, moment, known)
        senders = {known[name]: role for name, role in WHO_SENDS.items()}
        made.sent += await send_for(made.data, moment, senders, pick_applications(desk)[0], known)
    made.truths[moment] = replace(await truth_of(client.ledger), earlier=truth)


def _lines(made: Play, desk: MarkedDesk, truth: Truth, moment: str) -> Iterator[Line]:
    """Who types what at a moment, and the stream that it is about, if about one alone."""
    if moment.startswith("before "):
        yield RULES.staff.officers[0], bulk_act(BULK_ACTS[moment.removeprefix("before ")]), ""
        return
    known = find_known(made, desk, truth)
    for person in [desk.invited] if moment == "invited" else readers(desk, truth):
        yield from ((person, words, "") for words in of_round(moment))
        for stream in pick_applications(desk):
            yield from ((person, words, stream) for words in of_application(moment, stream))
    if moment == "invited":
        number = pick_applications(desk)[0].partition("/")[2]
        opens = of_contents(number, known["text"], known["file"])
        yield from ((desk.invited, words, "") for words in opens)
    if moment == "review":
        yield from (
            (who, bulk_act(act), "") for who in beside_the_officer(desk) for act in BULK_ACTS.values()
        )
        stranger = desk.example.applicant("a03").agent
        yield from ((who, words, "") for who, words in acts_of(known, by=stranger))
        yield from ((who, words, "") for who, words in cites_of(known, stranger))
    if moment == "end":
        yield from ((who, words, "") for who, words in (*acts_of(known), *reads_of(known)))


def find_known(made: Play, desk: MarkedDesk, truth: Truth) -> dict[str, str]:
    """Who is what to the first application that is looked at, and what else the lines name."""
    staff, state = RULES.staff, truth.parties[pick_applications(desk)[0]].state
    assert state.submission is not None
    return {
        "admin": staff.admins[0],
        "officer": staff.officers[0],
        "supervisor": staff.supervisors[0],
        "auditor": staff.auditors[0],
        "approver": RULES.approval[-1].approvers[0],
        "agent": state.agent,
        "partner": min(truth.parties[pick_applications(desk)[0]].co_builders()),
        "unit": f"unit-{state.unit}",
        "seat": state.seats[0].expert,
        "chair": state.chair or state.seats[0].expert,
        "surveyor": state.team[0] if state.team else state.seats[0].expert,
        "examiner": next(
            (who for item in state.objections.values() for who in item.examiners), staff.officers[0]
        ),
        "objector": "objector-01",
        "objection": next(iter(state.objections), "none"),
        "stranger": "stranger-x7q2z",
        "act": f"demo:a01:submit:{state.agent}:1",
        "text": state.submission.form.id,
        "file": (state.submission.agreement or state.submission.form).id,
        "files": str(made.files),
        "own": desk.streams["a03"].partition("/")[2],
        # While the first experts are invited another application may have no panel yet.
        "own_seat": next((seat.expert for seat in truth.parties[desk.streams["a03"]].state.seats), ""),
    }


def pick_applications(desk: MarkedDesk) -> tuple[str, ...]:
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
    for stream in pick_applications(desk):
        state = truth.parties[stream].state
        seats = [seat.expert for seat in state.seats]
        found |= {
            state.agent,
            f"unit-{state.unit}",
            *sorted(truth.parties[stream].co_builders())[:1],
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
