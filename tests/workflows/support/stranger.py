"""A worker of a stranger's, who reaches Temporal and nothing else, with workflows that ask our activities."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import Worker

from runtime.temporal.address import find_way
from selection.streams import REVIEW_REQUEST
from tests.workflows.support.installation import Installation

EVIL = "evil"
TIMEOUT = timedelta(seconds=20)


async def ask(name: str, argument: dict[str, Any], queue: str) -> str:
    """Have an activity of ours run; return its answer, or the type of its failure."""
    try:
        answer = await workflow.execute_activity(
            name,
            argument,
            task_queue=queue,
            schedule_to_close_timeout=TIMEOUT,
            retry_policy=RetryPolicy(maximum_attempts=1),
        )
    except ActivityError as failed:
        cause = failed.cause
        return str(cause.type) if isinstance(cause, ApplicationError) else type(cause).__name__
    return str(answer)


@workflow.defn(name="Stranger", sandboxed=False)
class Stranger:
    """A workflow of the stranger's own making."""

    @workflow.run
    async def run(self, name: str, argument: dict[str, Any], queue: str) -> str:
        return await ask(name, argument, queue)


@workflow.defn(name="Application", sandboxed=False)
class Impostor:
    """One that bears the name of ours."""

    @workflow.run
    async def run(self, name: str, argument: dict[str, Any], queue: str) -> str:
        return await ask(name, argument, queue)


@workflow.defn(name=REVIEW_REQUEST, sandboxed=False)
class FalseChild:
    """One that bears the name of the child of an application."""

    @workflow.run
    async def run(self, name: str, argument: dict[str, Any], queue: str) -> str:
        return await ask(name, argument, queue)


@asynccontextmanager
async def strangers_worker(place: Installation) -> AsyncIterator[Client]:
    """Run the stranger's worker on a queue of its own."""
    temporal = await Client.connect(**find_way(place.ends.temporal_address, place.temporal.namespace))
    async with Worker(temporal, task_queue=EVIL, workflows=[Stranger, Impostor, FalseChild]):
        yield temporal


async def ask_activity(
    temporal: Client,
    place: Installation,
    name: str,
    argument: dict[str, Any],
    *,
    posing_as: str = "",
    kind: str = "Application",
) -> str:
    """Ask an activity of ours from a stranger's workflow, or from one that poses as the owner of a stream."""
    return str(
        await temporal.execute_workflow(
            kind if posing_as else "Stranger",
            args=[name, argument, place.ends.task_queue],
            id=posing_as or f"stranger-{uuid.uuid4()}",
            task_queue=EVIL,
        )
    )
