"""Whether Temporal and the record say the same: a workflow that went its own way must not take more acts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.client import WorkflowExecution as Execution
from temporalio.service import RPCError

from ledger.record import Ledger

AT_MOST = 200
"""How many workflows are looked at; each costs one query of a worker."""

OF_STREAMS = ("Application", "Recommender", "Round")
ANSWER_WITHIN = timedelta(seconds=10)
AT_ONCE = 8
AGAIN_AFTER = timedelta(seconds=1)


async def diverging(client: Client, ledger: Ledger) -> tuple[int, list[str]]:
    """Return how many open workflows were looked at, and the ids of those not at the record's version.

    An act may be recorded between the two readings, so what differs is read again before it is named.
    """
    ids = [item.id async for item in _listed(client, "Running")]
    differing = await _differing(client, ledger, ids)
    if differing:
        await asyncio.sleep(AGAIN_AFTER.total_seconds())
        differing = await _differing(client, ledger, differing)
    return len(ids), differing


async def was_reset(client: Client) -> list[str]:
    """Return the ids of workflows whose open run came from a reset; one that was replaced since is well."""
    found: dict[str, None] = {}
    async for item in _listed(client, "Terminated"):
        request = DescribeWorkflowExecutionRequest(
            namespace=client.namespace,
            execution=WorkflowExecution(workflow_id=item.id, run_id=item.run_id),
        )
        answer = await client.workflow_service.describe_workflow_execution(request)
        instead = answer.workflow_extended_info.reset_run_id
        if instead and await _runs(client, item.id, instead):
            found[item.id] = None
    return list(found)


async def _runs(client: Client, stream: str, run: str) -> bool:
    described = await client.get_workflow_handle(stream, run_id=run).describe()
    return described.status == WorkflowExecutionStatus.RUNNING


async def _listed(client: Client, status: str) -> AsyncIterator[Execution]:
    types = ", ".join(f"'{name}'" for name in OF_STREAMS)
    query = f"ExecutionStatus = '{status}' AND WorkflowType IN ({types})"
    async for item in client.list_workflows(query, limit=AT_MOST):
        yield item


async def _differing(client: Client, ledger: Ledger, ids: list[str]) -> list[str]:
    turn = asyncio.Semaphore(AT_ONCE)

    async def differs(stream: str) -> bool:
        async with turn:
            return await _differs(client, ledger, stream)

    answers = await asyncio.gather(*(differs(stream) for stream in ids))
    return [stream for stream, differs_ in zip(ids, answers, strict=True) if differs_]


async def _differs(client: Client, ledger: Ledger, stream: str) -> bool:
    try:
        told = await client.get_workflow_handle(stream).query("version", rpc_timeout=ANSWER_WITHIN)
    except (RPCError, WorkflowQueryFailedError):
        return True
    snapshot = await ledger.reading.snapshot(stream)
    return bool(told != (0 if snapshot is None else snapshot.version))
