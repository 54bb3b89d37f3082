"""An installation of a test's own: a namespace and a database, with workers made in this process."""

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import psycopg
from google.protobuf.duration_pb2 import Duration
from psycopg.conninfo import make_conninfo
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from activities.mail import Mailer
from ledger.database.migrate import migrate
from ledger.database.store import AUDITOR_ROLE, RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.endpoints import Endpoints, connect
from runtime.logins import Login
from runtime.settings import Deployment, Settings
from runtime.temporal import namespace
from selection.decision.aggregate import ActRefused
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf, Receipt
from selection.rules.model import RoundRules
from selection.rules.terms import terms_of
from selection.streams import aggregate
from starter.client.client import SelectionClient
from tests import factories as f
from tests.citing import store_for
from tests.databases import drop_database, for_everyone, found_local, superuser
from tests.registering import register_at
from tests.running.servers import COPY
from tests.running.waiting import SOON, tell_workflow, until
from tests.workflows.support.citing_client import CitingClient
from worker.run import make_worker

TEMPLATE = "migrated"
NUMBERS = itertools.count(1)
TODAY = datetime.now(UTC).date()
DAYS = {
    "call": 0,
    "submission": 30,
    "recommendation": 45,
    "check": 60,
    "review": 90,
    "review_last": 120,
    "survey": 150,
    "appraisal": 180,
}
"""The calendar of these tests: the last day of each stage, in days from today."""

MOVABLE_CLOCK = """
CREATE TABLE selection.test_clock (ahead interval NOT NULL);
INSERT INTO selection.test_clock VALUES ('0');
GRANT SELECT ON selection.test_clock TO selection_owner;
CREATE OR REPLACE FUNCTION selection.record_clock() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = selection AS
$$ SELECT clock_timestamp() + ahead FROM test_clock $$;
"""
"""The record's clock, for tests in which months pass: Temporal moves those of workflows, and the tests this one."""
CLOCK_MARGIN = timedelta(seconds=10)
STICKY = timedelta(milliseconds=300)
FIRST_TASK_DONE = 4
"""Events until a run's first task is done: started, and the task scheduled, started and completed."""


def calendar(**changes: int) -> dict[str, date]:
    return {name: TODAY + timedelta(days=days) for name, days in {**DAYS, **changes}.items()}


def rules(**changes: object) -> RoundRules:
    """The rules on real days, with a small panel."""
    return f.rules(**{"calendar": calendar(), "panel": f.SMALL_PANEL, **changes})


@dataclass
class Installation:
    """Its parts, as a worker and a client see them, and clocks that move by the test's will."""

    ends: Endpoints
    temporal: Client
    ledger: Ledger
    recorder: Ledger
    auditor: Ledger
    client: SelectionClient
    rules: RoundRules
    patience: timedelta = SOON
    """How long a workflow may take to come to rest."""

    @property
    def skipper(self) -> TimeSkipper:
        return TimeSkipper(self.temporal)

    @asynccontextmanager
    async def worker(
        self, *, cached: int = 1000, deployment: Deployment | None = None
    ) -> AsyncIterator[Worker]:
        """A worker of all workflows and activities that runs in this process, on a connection of its own."""
        temporal = await connect(self.ends.temporal_address, self.temporal.namespace, Settings())
        mailer = Mailer(self.ends.mail, self.ledger.people, self.ledger.contents)
        queue = self.ends.task_queue
        made = make_worker(
            temporal, self.recorder, mailer, queue, cached=cached, sticky=STICKY, deployment=deployment
        )
        async with made as running:
            yield running

    @asynccontextmanager
    async def worker_process(self, program: str = "worker") -> AsyncIterator[subprocess.Popen[bytes]]:
        """A worker in a process of its own; what still runs at the end is killed."""
        environment = {**os.environ, **self.ends.environment(*Login)}
        process = subprocess.Popen([sys.executable, "-m", program], env=environment)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def handle(self, stream: str) -> WorkflowHandle[object, object]:
        return self.temporal.get_workflow_handle(stream)

    async def open_round(self) -> Receipt:
        opening = f.open_round(self.rules)
        return await self.client.act(ROUND, opening, actor=f.OFFICER, command_id="open-round")

    def deadline(self, name: str) -> datetime:
        """The instant at which the stage's last day ends, as sealed."""
        return terms_of(self.rules).deadlines[name]

    async def move(self, instant: datetime, *streams: str) -> None:
        """Move the clocks of these workflows to an instant, all at once, and wait for what that brings.

        Those that have ended stay. Within a second after a timer is too short: when the work that the timer
        brings takes longer, the server's clock is past the instant, and skips to the next timer.
        """
        await self.move_unanswered(instant, *streams)
        for stream in streams:
            await self.until_idle(stream)

    async def move_unanswered(self, instant: datetime, *streams: str) -> None:
        """Move the same clocks without waiting for what that brings, as where no worker runs."""
        await self.move_record(instant)
        await asyncio.gather(*(self._move_one(self.handle(stream), instant) for stream in streams))

    async def move_record(self, instant: datetime) -> None:
        """Move the record's clock as well, and a little further: no act is dated after it."""
        ahead = instant - datetime.now(UTC) + CLOCK_MARGIN
        async with await psycopg.AsyncConnection.connect(
            self.ends.database_url, autocommit=True
        ) as connection:
            await connection.execute("UPDATE selection.test_clock SET ahead = greatest(ahead, %s)", [ahead])

    async def live_until(self, instant: datetime, stream: str) -> None:
        """Wait, without moving the clock, until the workflow's has passed an instant that is seconds away."""
        handle = self.handle(stream)

        async def has_passed() -> bool:
            return await self.skipper.get_current_time(handle) > instant

        await until(has_passed, f"{instant} for {stream}")
        await self.until_idle(stream)

    async def _move_one(self, handle: WorkflowHandle[object, object], instant: datetime) -> None:
        ahead = instant - await self.skipper.get_current_time(handle)
        assert ahead > timedelta(), f"{handle.id} is past {instant}"
        try:
            await self.skipper.fast_forward(handle, ahead)
        except RPCError as failed:
            if failed.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def until_idle(self, stream: str) -> None:
        """Wait until the workflow has taken all that was sent to it, signals too; what never comes to rest is told."""

        async def idle() -> bool:
            return not await self._work_left(stream)

        tell = partial(tell_workflow, self.handle(stream))
        await until(idle, f"the rest of {stream}", tell=tell, within=self.patience)

    async def _work_left(self, stream: str) -> str:
        found = await self.handle(stream).describe()
        if found.status is not WorkflowExecutionStatus.RUNNING:
            # A batch that the record says is over is let go; a run that ends then shows it as pending for ever.
            return ""
        described = found.raw_description
        if described.pending_activities or described.HasField("pending_workflow_task"):
            return f"{described.pending_activities} {described.pending_workflow_task}"
        # A run that continues another waits for up to a second before its first task; until then its history
        # is one event, upon which a Replayer never returns.
        length = described.workflow_execution_info.history_length
        return f"a history of {length} events" if length < FIRST_TASK_DONE else ""

    async def until_version(self, stream: str, version: int) -> None:
        """Wait until the record holds this version of the stream."""

        async def has_recorded() -> bool:
            return await self.version(stream) >= version

        tell = partial(tell_workflow, self.handle(stream))
        await until(has_recorded, f"version {version} of {stream}", tell=tell)

    async def version(self, stream: str) -> int:
        found = await self.ledger.reading.snapshot(stream)
        return found.version if found else 0

    async def state(self, stream: str) -> Any:
        """The folded state of a stream, as the record has it."""
        found = await self.ledger.reading.snapshot(stream)
        assert found is not None
        return aggregate(stream).load(found.state)

    async def types(self, stream: str) -> list[str]:
        """What the record holds of a stream, in order, without the versions of the types."""
        entries = await self.ledger.reading.stream_entries(stream)
        return [entry.leaf.type.rsplit(".v", 1)[0] for entry in entries]


ROUND = f"round/{f.ROUND}"


def application(number: int) -> str:
    return f"application/{f.ROUND}/{number:04d}"


def unit_list(unit: str) -> str:
    return f"recommender/{f.ROUND}/{unit}"


@asynccontextmanager
async def installation(
    shared: Endpoints, sealed: RoundRules | None = None, *, keep: bool = False
) -> AsyncIterator[Installation]:
    """Make a namespace and a database of its own on the shared servers, where the people of the factories are known.

    The database is dropped at the end, unless it is to be kept: then whoever made it drops it.
    """
    name = f"test-{next(NUMBERS)}"
    settings = Settings(task_queue=name)
    operator = await connect(shared.temporal_address, shared.temporal_namespace, settings)
    kept = Duration(seconds=int(timedelta(days=30).total_seconds()))
    await operator.workflow_service.register_namespace(
        RegisterNamespaceRequest(namespace=name, workflow_execution_retention_period=kept)
    )
    temporal = await connect(shared.temporal_address, name, settings)
    await namespace.register_search_attributes(temporal)
    url = await copy_database(shared.database_url, name)
    ledger = await Ledger.connect(url)
    recorder = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url)
    auditor = await Ledger.connect(url, role=AUDITOR_ROLE, size=1)
    changed = {"databases": for_everyone(url), "temporal_namespace": name, "task_queue": name}
    ends = shared.model_copy(update=changed)
    client = CitingClient(temporal, ledger, name)
    try:
        yield Installation(ends, temporal, ledger, recorder, auditor, client, sealed or rules())
    finally:
        for opened in (ledger, recorder, auditor):
            await opened.close()
        if not keep:
            await drop_database(url)


async def slip_in(place: Installation, stream: str) -> None:
    """Record something behind the workflow's back, as the next version of its stream."""
    version = await place.version(stream) + 1
    refusal = ActRefused(kind="unknown", code="nothing-to-do")
    leaf = Leaf(
        type=refusal.TYPE,
        stream=stream,
        version=version,
        actor=f.OFFICER,
        at=(now := datetime.now(UTC)),
        recorded=now,
        register_size=0,
        rules="",
        data={**refusal.model_dump(mode="json"), "command_id": "slipped-in"},
    )
    await place.recorder.record.append(f.ROUND, stream, [leaf])


async def prepare_template(databases: Databases) -> None:
    """Make the database that installations copy, founded as local: with people registered, and what they cite."""
    url = superuser(databases)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    migrated = make_conninfo(url, dbname=TEMPLATE)
    await migrate(migrated)
    await found_local(migrated)
    async with await psycopg.AsyncConnection.connect(migrated, autocommit=True) as connection:
        await connection.execute(MOVABLE_CLOCK.encode())
    await store_for(migrated, f.people())
    await register_at(migrated, registry(), command_id="registry")


async def copy_database(url: str, name: str, template: str = TEMPLATE) -> str:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(COPY.format(name=name, template=template).encode())
    return make_conninfo(url, dbname=name)


def registry() -> list[NewPerson]:
    """The people of the factories, with identities that no text of the record may hold."""
    return [
        NewPerson(
            person=fact.person,
            roles={Role(role): units for role, units in fact.roles.items()},
            employer=fact.employer,
            active=fact.active,
            identity=Identity(name=f"Canary {fact.person}", mail=f"{fact.person}@canary.example"),
        )
        for fact in f.people().values()
    ]
