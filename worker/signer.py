"""Compose the signer: a second task queue, polled only where the key file is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.signer import SignerActivities
from ledger.database.store import SIGNER_ROLE, Store
from runtime.endpoints import Servers
from runtime.logins import Login
from runtime.settings import Settings
from workflows.lasting import start_signer
from workflows.signer import SignerWorkflow, signer_queue

POOL_SIZE = 2
# One workflow and one activity of hours: the least that Temporal's pollers allow.
POLLS = 2
DRAIN = timedelta(seconds=5)

log = structlog.get_logger(__name__)


def make_signer(
    client: Client, store: Store, key_file: Path, task_queue: str, time_stamps: str | None = None
) -> Worker:
    """Return a worker for the signer's queue; `store` is in the signer's role, and the caller closes it."""
    return Worker(
        client,
        task_queue=signer_queue(task_queue),
        workflows=[SignerWorkflow],
        activities=[SignerActivities(key_file, store, time_stamps).sign],
        max_cached_workflows=POLLS,
        max_concurrent_workflow_task_polls=POLLS,
        max_concurrent_activity_task_polls=1,
        graceful_shutdown_timeout=DRAIN,
    )


@asynccontextmanager
async def sign_where_the_key_is(client: Client, settings: Settings, ends: Servers) -> AsyncIterator[None]:
    """Sign while the context lasts, if the key file is here; otherwise do nothing, and say so."""
    key_file = settings.signing_key_file
    if not key_file.exists():
        log.info("no signing key here: this worker signs nothing")
        yield
        return
    store = await Store.open(ends.databases.url(Login.SIGNER), role=SIGNER_ROLE, size=POOL_SIZE)
    try:
        async with make_signer(client, store, key_file, ends.task_queue, settings.tsa_url):
            await start_signer(client, ends.task_queue)
            yield
    finally:
        await store.close()
