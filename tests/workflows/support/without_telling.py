"""A worker that carries out everything but what lists tell applications: those messages wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.worker import Worker

from activities.mail import Mailer
from runtime.endpoints import connect
from runtime.settings import Settings
from tests.workflows.support.installation import STICKY, Installation
from worker.run import activities_of
from workflows.catalogue import WORKFLOWS

TELLING = "tell"


@asynccontextmanager
async def without_telling(place: Installation) -> AsyncIterator[Worker]:
    """Run such a worker; an activity that it does not know is tried again, here or by another worker."""
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    every = activities_of(
        temporal, place.recorder, Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    )
    async with Worker(
        temporal,
        task_queue=place.ends.task_queue,
        workflows=list(WORKFLOWS),
        activities=[item for item in every if item.__name__ != TELLING],
        sticky_queue_schedule_to_start_timeout=STICKY,
    ) as running:
        yield running
