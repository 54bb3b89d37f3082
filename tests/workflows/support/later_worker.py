"""A worker of a build of the later release, beside or after those of this one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.mail import Mailer
from runtime.endpoints import connect
from runtime.settings import Deployment, Settings
from tests.workflows.support.installation import STICKY, Installation
from tests.workflows.support.later_release import LaterApplication, LaterRecommender, LaterRound
from worker.run import activities_of
from workflows.catalogue import WORKFLOWS

CHANGED = (LaterApplication, LaterRecommender, LaterRound)
LATER_WORKFLOWS: tuple[type, ...] = (
    *CHANGED,
    *(kept for kept in WORKFLOWS if not any(issubclass(changed, kept) for changed in CHANGED)),
)


@asynccontextmanager
async def later_worker(place: Installation, build: Deployment) -> AsyncIterator[None]:
    """Run a worker of all workflows, as the later release has them."""
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    async with Worker(
        temporal,
        task_queue=place.ends.task_queue,
        workflows=LATER_WORKFLOWS,
        activities=activities_of(temporal, place.recorder, mailer),
        sticky_queue_schedule_to_start_timeout=STICKY,
        deployment_config=WorkerDeploymentConfig(
            version=WorkerDeploymentVersion(build.name, build.build_id),
            use_worker_versioning=True,
            default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
        ),
    ):
        yield
