"""Compose a worker: the ledger, the mailer and the Temporal client are made here and nowhere else."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.archive import ArchiveActivities
from activities.courier import CourierActivities
from activities.decide import DecidingActivities
from activities.mail import Mailer
from activities.rounds import RoundActivities
from ledger.database.store import RECORDER_ROLE
from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.logins import Login
from runtime.settings import Deployment, Settings
from selection.letters.rendering import Office
from worker.beats import beat_while_running
from worker.eraser import erase_where_the_login_is
from worker.pruning import prune_while_running
from worker.signer import sign_where_the_key_is
from workflows.catalogue import WORKFLOWS
from workflows.lasting import schedule_archiving, start_courier

POOL_SIZE = 8
# One cached application costs kilobytes, replaying one costs 100 ms of CPU: keep all open ones.
CACHED_WORKFLOWS = 20_000
# With fewer, a workflow is evicted while its local activity runs and starts it anew, without end (sdk-rust PR 1482).
FEWEST_CACHED = 2
# A killed worker's sticky queue holds acts up for this long.
STICKY = timedelta(seconds=2)
DRAIN = timedelta(seconds=5)
RECORD_AGAIN = timedelta(seconds=1)

log = structlog.get_logger(__name__)


def activities_of(client: Client, ledger: Ledger, mailer: Mailer) -> list[Callable[..., Any]]:
    """Return every activity, on the parts given."""
    deciding = DecidingActivities(ledger, client)
    rounds = RoundActivities(ledger, client)
    courier = CourierActivities(ledger, client, mailer)
    archive = ArchiveActivities(ledger, client)
    return [
        deciding.decide,
        rounds.tell,
        rounds.draw,
        rounds.carry_out,
        courier.deliver,
        archive.rounds_to_archive,
        archive.count_open,
        archive.keep_histories,
    ]


def make_worker(
    client: Client,
    ledger: Ledger,
    mailer: Mailer,
    task_queue: str,
    *,
    cached: int = CACHED_WORKFLOWS,
    sticky: timedelta = STICKY,
    deployment: Deployment | None = None,
) -> Worker:
    """Return a worker for all workflows and activities; the caller runs it and closes what it was given.

    With a deployment it gets no task until an operator has made its build the current one. Raises ValueError for a
    cache in which workflows that decide would not come to their end.
    """
    if cached < FEWEST_CACHED:
        raise ValueError(f"a worker keeps at least {FEWEST_CACHED} workflows, not {cached}")
    return Worker(
        client,
        task_queue=task_queue,
        workflows=list(WORKFLOWS),
        activities=activities_of(client, ledger, mailer),
        max_cached_workflows=cached,
        sticky_queue_schedule_to_start_timeout=sticky,
        graceful_shutdown_timeout=DRAIN,
        deployment_config=_configure_versioning(deployment) if deployment else None,
    )


def _configure_versioning(deployment: Deployment) -> WorkerDeploymentConfig:
    # A round outlives any build: its workflows move to the current one with their next task.
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment.name, deployment.build_id),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )


async def open_ledger(connect_once: Callable[[], Awaitable[Ledger]]) -> Ledger:
    """Connect to the record, and wait for it while Postgres is away: a worker may start before it is back.

    Raises NotMigrated when migrations are missing.
    """
    while True:
        try:
            return await connect_once()
        except RecordUnavailable:
            log.warning("waiting for PostgreSQL")
            await asyncio.sleep(RECORD_AGAIN.total_seconds())


async def run_worker(settings: Settings) -> None:
    """Run one worker until the process is asked to end; acts under way are finished first. Raises NotFounded."""
    ends = Endpoints.find(settings)
    url = ends.databases.url(Login.WORKER)
    client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
    eraser = ends.databases.find_url(Login.ERASER)
    ledger = await open_ledger(lambda: Ledger.connect(url, role=RECORDER_ROLE, size=POOL_SIZE, eraser=eraser))
    office = Office(portal=settings.portal_url or "", contact=settings.contact or "")
    mailer = Mailer(ends.mail, ledger.people, ledger.contents, office)
    try:
        # Raises NotFounded: no worker serves a record that does not say whether acts must be signed.
        await ledger.keys.get_founding()
        async with (
            make_worker(client, ledger, mailer, ends.task_queue, deployment=settings.deployment),
            prune_while_running(ledger.read_log),
            beat_while_running(client, ledger.store, ends.task_queue),
            erase_where_the_login_is(client, ledger, ends.task_queue),
            sign_where_the_key_is(client, settings, ends),
        ):
            await start_courier(client, ends.task_queue)
            await schedule_archiving(client, ends.task_queue)
            await _wait_for_signal()
    finally:
        try:
            await mailer.close()
        finally:
            await ledger.close()


async def _wait_for_signal() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    # A worker that fails cancels this: it has to end the process with its error.
    await asked.wait()
