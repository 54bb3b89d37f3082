"""A worker that lacks some activities: what asks for them waits for another worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.worker import Worker

from activities.mail import Mailer
from runtime.endpoints import connect
from runtime.settings import Settings
from tests.workflows.support.installation import STICKY, Installation
from worker.run import activities_of
from workflows.catalogue import WORKFLOWS

TELLING, CARRYING_OUT = "tell", "carry_out"
"""What lists tell applications; what a round's decision asks of them."""


@asynccontextmanager
async def worker_without(place: Installation, *names: str) -> AsyncIterator[Worker]:
    """Run a worker without these activities; one that it does not know is tried again, here or by another worker."""
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    every = activities_of(
        temporal, place.recorder, Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    )
    async with Worker(
        temporal,
        task_queue=place.ends.task_queue,
        workflows=list(WORKFLOWS),
        activities=[item for item in every if item.__name__ not in names],
        sticky_queue_schedule_to_start_timeout=STICKY,
    ) as running:
        yield running
