"""A whole round of many applications on the real stack: every workflow, activity, draw and batch is the engine's own.

People act through the client. The courier does not run: its wakes are sent from here, and letters stay unsent. A signer
signs meanwhile; when the round ends it has its histories kept itself.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from activities.key_files import write_key
from benchmarks.bench_stack import BenchStack
from benchmarks.driver import IN_FLIGHT
from benchmarks.in_memory.round import APPROVERS, SUPERVISOR, departments, for_many
from benchmarks.rounds import ADMIN, DAY, OFFICER, SURVEYORS, bench_rules
from benchmarks.shapes.acts import applicant_of, expert, hold_meeting, review, submission, survey
from benchmarks.shapes.drawing import NUMBERS, commit_soon
from benchmarks.texts import TEXT, own
from ledger.database.store import AUDITOR_ROLE, SIGNER_ROLE, Store
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from reading.exports import RoundRecord
from runtime.logins import Login
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import end_of_day
from selection.kernel.model import Frozen
from selection.recommendation.commands import Recommend
from selection.register.state import INSTALLATION
from selection.round import commands as r
from selection.round.state import ProposalItem
from selection.rules.model import rules_hash
from selection.streams import (
    APPLICATION,
    application_stream,
    archive_stream,
    recommender_stream,
    round_stream,
)
from selection.transparency.note import Verifier
from selection.transparency.private_key import PrivateKey
from starter.archive.export import RoundExport
from starter.client.client import SelectionClient
from starter.client.registering import register_people
from worker.signer import make_signer
from workflows.lasting import start_signer

QUEUE = "bench-ours"
PATIENCE = timedelta(minutes=5)
WAKE_EVERY = 0.5
# Long enough for an extension to be taken within the half of it, however busy the machine is.
INTAKE = timedelta(seconds=240)
OPENER = Actor(person="officer-2", role=Role.OFFICER)
SECRET = b"benchmark-secret"
WAIT = timedelta(seconds=5)


class RealRound:
    """Takes a round from its call to the issued list."""

    def __init__(self, bench: BenchStack, name: str, applications: int) -> None:
        self.name = name
        self._bench = bench
        self._client = SelectionClient(bench.client, bench.ledger, QUEUE)
        self._stream = round_stream(name)
        self._numbers = [f"{n:05d}" for n in range(1, applications + 1)]
        self._applications = applications
        self._rules = for_many(bench_rules(INTAKE), applications)
        self._units = departments(self._rules)

    async def run(self) -> None:
        """Go from stage to stage; ends when the histories of all workflows are kept."""
        await self._register_agents()
        sealed = self._rules.model_dump(mode="json")
        await self._decide(r.OpenRound(rules=sealed, rules_hash=rules_hash(self._rules)))
        async with self._hold_open():
            await self._each(self._come_in)
        await self._all_in("checking")
        await self._each(lambda number: self._act(number, c.PassCheck(revision=2), OFFICER))
        await self._until("drawing")
        await self._draw()
        await self._until("review")
        await self._each(self._review)
        await self._until("shortlisting")
        await self._decide(r.FixShortlist())
        await self._until("survey")
        await self._each(self._survey)
        await self._until("appraisal")
        await self._each(self._appraise)
        await self._until("proposal")
        await self._propose()
        await self._until("approval")
        await self._approve()
        await self._decide(r.IssueList(proposal=1))
        await self._bench.client.get_workflow_handle(self._stream).result()
        await self._bench.client.get_workflow_handle(archive_stream(self.name)).result()

    async def _register_agents(self) -> None:
        people = [
            NewPerson(
                person=f"agent-{unit.code}",
                roles={Role.RECOMMENDER: (unit.code,)},
                employer=f"U-{unit.code}",
                identity=Identity(name=f"agent-{unit.code}", mail=f"agent-{unit.code}@example.org"),
            )
            for unit in self._units
        ]
        await register_people(self._client, people, actor=ADMIN, command_id="benchmark-agents")

    @asynccontextmanager
    async def _hold_open(self) -> AsyncIterator[None]:
        """Move both deadlines of the intake on while it lasts: it takes as long as the machine needs for it."""
        keeping = asyncio.create_task(self._keep_open())
        try:
            yield
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    async def _keep_open(self) -> None:
        last = self._rules.calendar.recommendation
        assert last is not None
        while True:
            await asyncio.sleep(WAKE_EVERY)
            if end_of_day(self._rules.clock, last) - datetime.now(UTC) < INTAKE / 2:
                last += timedelta(days=INTAKE // (2 * DAY))
                for name, until in (("recommendation", last), ("submission", last - timedelta(days=1))):
                    await self._decide(
                        r.ExtendDeadline(cause="organiser", name=name, until=until, reason=TEXT)
                    )

    async def _come_in(self, number: str) -> None:
        unit, by = self._units[int(number) % len(self._units)], applicant_of(int(number))
        for staff in (40, 41):
            version = submission(by.host, staff, unit.region or "")
            await self._act(number, c.Submit(submission=version), by.actor)
        agent = Actor(person=f"agent-{unit.code}", role=Role.RECOMMENDER)
        listed = recommender_stream(self.name, unit.code)
        command = Recommend(application=number, revision=2)
        await self._client.act(listed, command, actor=agent, patience=PATIENCE)

    async def _draw(self) -> None:
        deposit = await self._client.store_text(SECRET.hex(), person=OFFICER.person, log=self.name)
        committed, public = commit_soon(self._rules, SECRET, deposit, datetime.now(UTC), WAIT)
        await self._decide(committed)
        while datetime.now(UTC) <= public:  # noqa: ASYNC110  time alone passes
            await asyncio.sleep(WAKE_EVERY)
        await self._decide(r.EnterDrawNumbers(draw="1", published=NUMBERS))
        await self._decide(r.OpenDraw(draw="1", published=NUMBERS), OPENER)

    async def _review(self, number: str) -> None:
        panel = await self._panel(number)
        for person in panel:
            await self._act(number, c.AcceptInvitation(pledge=TEXT), expert(person))
        await self._act(number, c.AppointChair(chair=panel[0], reason=TEXT), OFFICER)
        for person in panel:
            await self._act(number, review(), expert(person))

    async def _survey(self, number: str) -> None:
        await self._act(number, c.AppointSurveyTeam(lead=SURVEYORS[0], members=SURVEYORS), OFFICER)
        await self._act(number, survey(), Actor(person=SURVEYORS[0], role=Role.SURVEYOR))

    async def _appraise(self, number: str) -> None:
        panel = await self._panel(number)
        for act, actor in hold_meeting(panel):
            await self._act(number, act, actor)

    async def _propose(self) -> None:
        rows = await self._bench.ledger.reading.applications(self.name, "appraised")
        best = sorted(rows, key=lambda row: row["rank"])[: self._rules.places]
        items = tuple(
            ProposalItem(application=row["number"], rank=rank, reason=TEXT)
            for rank, row in enumerate(best, start=1)
        )
        await self._decide(r.Propose(items=items))
        await self._quiet()
        await self._decide(r.OpenPublicNotice(proposal=1))

    async def _approve(self) -> None:
        await self._decide(r.RecordIntegrityCheck(proposal=1, text=TEXT), SUPERVISOR)
        for person, level in APPROVERS:
            await self._decide(r.Approve(proposal=1, level=level), Actor(person=person, role=Role.APPROVER))

    async def _act(self, number: str, command: Frozen, actor: Actor) -> None:
        stream = application_stream(self.name, number)
        await self._client.act(stream, own(command, actor), actor=actor, patience=PATIENCE)

    async def _decide(self, command: Frozen, actor: Actor = OFFICER) -> None:
        await self._client.act(self._stream, own(command, actor), actor=actor, patience=PATIENCE)

    async def _panel(self, number: str) -> tuple[str, ...]:
        found = await self._bench.ledger.reading.snapshot(application_stream(self.name, number))
        assert found is not None
        state: ApplicationState = APPLICATION.load(found.state)
        return tuple(seat.expert for seat in state.seats)

    async def _each(self, go: Callable[[str], Awaitable[None]]) -> None:
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def one(number: str) -> None:
            async with gate:
                await go(number)

        async with asyncio.TaskGroup() as group:
            for number in self._numbers:
                group.create_task(one(number))

    async def _all_in(self, stage: str) -> None:
        while (await self._bench.ledger.reading.counts(self.name)).get(stage, 0) < self._applications:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    async def _until(self, stage: str) -> None:
        """Wake the round, as the courier would, until it is in the stage and carries nothing out."""
        handle = self._bench.client.get_workflow_handle(self._stream)
        while True:
            row = await self._row()
            if row["stage"] == stage and not row["batch"]:
                return
            await handle.signal("look")
            await asyncio.sleep(WAKE_EVERY)

    async def _quiet(self) -> None:
        while (await self._row())["batch"]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    async def _row(self) -> dict[str, Any]:
        row = await self._bench.ledger.reading.round_row(self.name)
        assert row is not None
        assert not row["left_over"], f"{len(row['left_over'])} applications did not take {row['batch']}"
        return row


@asynccontextmanager
async def sign_meanwhile(bench: BenchStack, folder: Path) -> AsyncIterator[Verifier]:
    """Sign every log of the installation meanwhile, with a key of its own."""
    key = PrivateKey(name="bench.example", seed=secrets.token_bytes(32))
    key_file = folder / "signing.key"
    write_key(key_file, key)
    store = await Store.open(bench.databases.url(Login.SIGNER), role=SIGNER_ROLE, size=2)
    try:
        async with make_signer(bench.client, store, key_file, QUEUE):
            await start_signer(bench.client, QUEUE)
            yield key.verifier
    finally:
        await store.close()


async def export_signed_round(bench: BenchStack, name: str, key: Verifier, path: Path) -> None:
    """Wait until all that is recorded is signed, and export the round without its contents."""
    for log in (INSTALLATION, name):
        size = await bench.ledger.reading.head(log)
        while True:
            latest = await bench.ledger.checkpoints.find_latest(log)
            if latest is not None and latest.size >= size:
                break
            await asyncio.sleep(0.5)
    auditor = await Ledger.connect(bench.databases.url(Login.AUDITOR), role=AUDITOR_ROLE, size=2)
    try:
        export = RoundExport(RoundRecord(auditor, name, redacted=True), key=key, tell=lambda *_: None)
        await export.write(path)
    finally:
        await auditor.close()
