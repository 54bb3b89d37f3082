"""What a Temporal namespace must have before a worker starts, and what `selection doctor` looks at."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType, TaskQueueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.api.taskqueue.v1 import PollerInfo, TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeNamespaceResponse,
    DescribeTaskQueueRequest,
    DescribeTaskQueueResponse,
    PollWorkflowTaskQueueRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.errors import StackError
from runtime.temporal import search_attributes

LOOK_EVERY_S = 0.15
CLOCK_QUEUE = "clock"
CLOCK_WITHIN = timedelta(seconds=5)
POLLS_EVERY = timedelta(seconds=90)
"""A worker that waits for work polls anew at least every minute; one that has been silent for longer is frozen."""

BEATS_EVERY = timedelta(seconds=15)
BEATS_WITHIN = timedelta(seconds=50)
"""A worker that reaches the record shows it every fifteen seconds [D]; one that was missed thrice does not."""
SHOWN_WITHIN_S = 1.0

RETENTION = timedelta(days=3650)
"""How long the embedded server keeps closed workflows: longer than a centre is built and accepted."""


async def register_search_attributes(client: Client) -> None:
    """Add the search attributes that the namespace lacks: an unregistered one stops all that set it.

    Raises StackError settings-wrong if the server does not allow it, with the command for its administrator.
    """
    missing = await list_missing_attributes(client)
    if not missing:
        return
    request = AddSearchAttributesRequest(
        namespace=client.namespace,
        search_attributes=dict.fromkeys(missing, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD),
    )
    try:
        await client.operator_service.add_search_attributes(request)
    except RPCError as exc:
        if exc.status == RPCStatusCode.ALREADY_EXISTS:
            return
        names = " ".join(f"--name {name} --type Keyword" for name in missing)
        raise StackError(
            "settings-wrong",
            f"The Temporal server does not let this program add search attributes ({exc.status.name}). "
            f"Ask its administrator for: temporal operator search-attribute create {names}",
        ) from exc


async def list_missing_attributes(client: Client) -> tuple[str, ...]:
    """Name the search attributes that the namespace does not have."""
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    known = {*answer.custom_attributes, *answer.system_attributes}
    return tuple(name for name in search_attributes.registrations() if name not in known)


async def keep_for(client: Client, retention: timedelta) -> None:
    """Set how long the namespace keeps closed workflows. Meant for the embedded server."""
    if await get_retention(client) == retention:
        return
    ttl = Duration()
    ttl.FromTimedelta(retention)
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(
            namespace=client.namespace, config=NamespaceConfig(workflow_execution_retention_ttl=ttl)
        )
    )


async def get_retention(client: Client) -> timedelta:
    """Read how long the namespace keeps closed workflows."""
    return (await _describe(client)).config.workflow_execution_retention_ttl.ToTimedelta()


async def tells_failing_tasks(client: Client) -> bool:
    """Tell whether workflows of which task after task fails can be found by `TemporalReportedProblems`."""
    return (await _describe(client)).namespace_info.capabilities.reported_problems_search_attribute


async def _describe(client: Client) -> DescribeNamespaceResponse:
    request = DescribeNamespaceRequest(namespace=client.namespace)
    return await client.workflow_service.describe_namespace(request)


async def pollers(client: Client, task_queue: str) -> Sequence[str]:
    """Give the identities of the workers that the server saw polling for workflow tasks, newest first."""
    found = await _pollers(client, task_queue)
    seen = sorted(found, key=lambda poller: poller.last_access_time.ToNanoseconds(), reverse=True)
    return [poller.identity for poller in seen]


async def _pollers(client: Client, task_queue: str) -> Sequence[PollerInfo]:
    return (await _describe_queue(client, task_queue)).pollers


async def _describe_queue(
    client: Client, task_queue: str, *, stats: bool = False
) -> DescribeTaskQueueResponse:
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        report_stats=stats,
    )
    return await client.workflow_service.describe_task_queue(request)


async def polls(client: Client, task_queue: str) -> dict[str, timedelta]:
    """Return how long ago each worker polled for workflow tasks."""
    return await _measure_silences(client, await _pollers(client, task_queue))


async def _measure_silences(client: Client, found: Sequence[PollerInfo]) -> dict[str, timedelta]:
    """Return how long ago each of these polled, by the server's clock for both."""
    if not found:
        return {}
    now = datetime.now(UTC) + await _server_ahead(client)
    return {poller.identity: now - poller.last_access_time.ToDatetime(UTC) for poller in found}


def decider_queue(task_queue: str) -> str:
    """Name the queue at which workers show that they reach the record. Nothing is ever sent there."""
    return f"{task_queue}-deciding"


async def show_up(client: Client, task_queue: str) -> None:
    """Poll a queue for a moment, so that the server notes when; nothing else is left behind. Raises RPCError."""
    request = PollWorkflowTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=task_queue), identity=client.identity
    )
    poll = asyncio.create_task(client.workflow_service.poll_workflow_task_queue(request))
    try:
        done, _ = await asyncio.wait({poll}, timeout=SHOWN_WITHIN_S)
    finally:
        poll.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        if done:
            poll.result()
        await poll


async def find_deciders(client: Client, task_queue: str) -> list[str]:
    """Return the workers that reached both Temporal and the record a moment ago. Raises RPCError."""
    seen = await polls(client, decider_queue(task_queue))
    return sorted(identity for identity, ago in seen.items() if ago <= BEATS_WITHIN)


@dataclass(frozen=True)
class Backlog:
    """What waits for the workers of a queue: how many tasks about, how long the oldest has; how long no worker asked.

    `silent` is None where the server knows of no worker.
    """

    count: int
    age: timedelta
    silent: timedelta | None


async def find_backlog(client: Client, task_queue: str) -> Backlog:
    """Return what waits for workers. Those that went away the server forgets within minutes.

    Raises StackError server-unreachable.
    """
    try:
        answer = await _describe_queue(client, task_queue, stats=True)
        silences = await _measure_silences(client, answer.pollers)
    except RPCError as exc:
        raise StackError("server-unreachable", f"Temporal does not answer ({exc.status.name}).") from exc
    age = answer.stats.approximate_backlog_age.ToTimedelta()
    return Backlog(answer.stats.approximate_backlog_count, age, min(silences.values(), default=None))


async def clock_difference(client: Client) -> timedelta:
    """Return how far this machine's clock and the server's are apart."""
    return abs(await _server_ahead(client))


async def _server_ahead(client: Client) -> timedelta:
    """Return how far the server's clock is ahead of this machine's.

    The server tells its time in few places without leaving anything behind: one is when somebody last polled.
    """
    # One queue for all looks: the server keeps each that was ever polled, and programs look every few seconds.
    identity = f"clock-{uuid4()}"
    request = PollWorkflowTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=CLOCK_QUEUE), identity=identity
    )
    before = datetime.now(UTC)
    poll = asyncio.create_task(client.workflow_service.poll_workflow_task_queue(request))
    try:
        async with asyncio.timeout(CLOCK_WITHIN.total_seconds()):
            while not (found := await _find_polls(client, identity)):  # noqa: ASYNC110  Temporal tells nobody
                await asyncio.sleep(0.01)
    finally:
        poll.cancel()
        with contextlib.suppress(asyncio.CancelledError, RPCError):
            await poll
    after = datetime.now(UTC)
    last_access = found[0].last_access_time.ToDatetime(UTC)
    # It was told between the two readings; what lies outside of them is the clocks' difference.
    return last_access - after if last_access > after else min(last_access - before, timedelta())


async def _find_polls(client: Client, identity: str) -> list[PollerInfo]:
    return [poller for poller in await _pollers(client, CLOCK_QUEUE) if poller.identity == identity]


async def wait_for_worker(client: Client, task_queue: str) -> None:
    """Wait until a worker polls the task queue: before that, what is sent there only lies and ages."""
    while not await pollers(client, task_queue):  # noqa: ASYNC110  Temporal tells nobody
        await asyncio.sleep(LOOK_EVERY_S)
