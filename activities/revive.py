"""Start the workflow of a stream that the record holds open and Temporal does not know."""

from datetime import timedelta
from typing import TypedDict

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.messages import TASK_TIMEOUT, StreamStart
from ledger.record import Ledger
from selection.streams import aggregate, workflow_type_of


class NobodyThere(Exception):
    """No workflow takes acts on this stream, and none is to: it is over, or the record does not know it."""


class StartOptions(TypedDict):
    """How the workflow of a stream is started, whoever starts it."""

    id: str
    task_queue: str
    id_conflict_policy: WorkflowIDConflictPolicy
    id_reuse_policy: WorkflowIDReusePolicy
    task_timeout: timedelta
    static_summary: str


def start_options(
    stream: str,
    task_queue: str,
    conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING,
) -> StartOptions:
    """Return the options to start a stream's workflow with; its id is the stream's name."""
    return StartOptions(
        id=stream,
        task_queue=task_queue,
        id_conflict_policy=conflict,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        task_timeout=TASK_TIMEOUT,
        static_summary=stream,
    )


async def require_workflow(client: Client, ledger: Ledger, task_queue: str, stream: str) -> None:
    """Start the stream's workflow unless it runs. Raises NobodyThere for a stream that is over or unknown."""
    if not await revive(client, ledger, task_queue, stream):
        raise NobodyThere


async def revive(client: Client, ledger: Ledger, task_queue: str, stream: str) -> bool:
    """Start the stream's workflow unless it runs, and return True; False for a stream that is over or unknown.

    It needs to be told nothing: a run that starts asks the record where its stream stands.
    """
    found = await ledger.reading.snapshot(stream)
    if found is None or aggregate(stream).load(found.state).over:
        return False
    try:
        await _start(client, task_queue, stream, WorkflowIDConflictPolicy.USE_EXISTING)
    except WorkflowAlreadyStartedError:
        return True
    return True


async def replace(client: Client, task_queue: str, stream: str) -> None:
    """Put the stream's own workflow in the place of whatever runs under its id, in one step."""
    await _start(client, task_queue, stream, WorkflowIDConflictPolicy.TERMINATE_EXISTING)


async def _start(client: Client, task_queue: str, stream: str, conflict: WorkflowIDConflictPolicy) -> None:
    await client.start_workflow(
        workflow_type_of(stream),
        StreamStart(),
        **start_options(stream, task_queue, conflict),
    )
