"""`python -m benchmarks.shapes.worker SHAPE CACHED`: one worker process of one shape, until SIGTERM.

All shapes share plugin, sandbox, cache, concurrency and pool; the courier does not run: what is queued stays in
the record, as the naive shape's notifications do nothing either.
"""

import asyncio
import signal
import sys
from collections.abc import Callable
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from activities.mail import Mailer
from benchmarks.shapes.bare import BareApplication, ShownApplication, do_nothing
from benchmarks.shapes.naive import InsertActivity, NaiveApplication, NaiveReview, notify
from benchmarks.shapes.undecided import answer_at_once
from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.logging import configure_logging
from runtime.logins import Login
from runtime.settings import Settings
from worker.run import DRAIN, POOL_SIZE, STICKY, make_worker
from workflows.application import ApplicationWorkflow


async def run(shape: str, cached: int) -> None:
    """Run one worker until the process is asked to end."""
    settings = Settings.from_environment()
    ends = Endpoints.find(settings)
    client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
    ledger = await Ledger.connect(ends.databases.url(Login.WORKER), role=RECORDER_ROLE, size=POOL_SIZE)
    mailer = Mailer(ends.mail, ledger.people, ledger.contents)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    queue = f"bench-{shape}"
    if shape == "ours":
        worker = make_worker(client, ledger, mailer, queue, cached=cached)
    else:
        worker = _other(shape, client, ledger, queue, cached)
    try:
        async with worker:
            await stop.wait()
    finally:
        await mailer.close()
        await ledger.close()


def _other(shape: str, client: Client, ledger: Ledger, queue: str, cached: int) -> Worker:
    shapes: dict[str, tuple[list[type], list[Callable[..., Any]]]] = {
        "bare": ([BareApplication, ShownApplication], [do_nothing]),
        "naive": ([NaiveApplication, NaiveReview], [InsertActivity(ledger.store).insert, notify]),
        "undecided": ([ApplicationWorkflow], [answer_at_once]),
    }
    workflows, activities = shapes[shape]
    return Worker(
        client,
        task_queue=queue,
        workflows=workflows,
        activities=activities,
        max_cached_workflows=cached,
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=DRAIN,
    )


if __name__ == "__main__":
    configure_logging(json=False, level="WARNING")
    asyncio.run(run(sys.argv[1], int(sys.argv[2])))
