"""The open streams of the record beside the open workflows of Temporal."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from ledger.record import Ledger
from selection.streams import KINDS, log_of, workflow_type_of

ANSWER_WITHIN = timedelta(seconds=10)
AT_ONCE = 16


@dataclass(frozen=True)
class Running:
    """An open workflow under a stream's id, or under that of its child."""

    workflow_id: str
    type: str
    task_queue: str

    def fits(self, task_queue: str) -> bool:
        """Tell whether it is the one that the stream's workers serve."""
        return (self.type, self.task_queue) == (workflow_type_of(self.workflow_id), task_queue)


@dataclass(frozen=True)
class Standings:
    """Every open stream of the record with its version, and every open workflow of a stream by its own id."""

    recorded: dict[str, int]
    running: dict[str, Running]

    @property
    def missing(self) -> list[str]:
        """The open streams that have no workflow; a child is looked for by theirs."""
        return sorted(set(self.recorded) - set(self.running))

    def misfits(self, task_queue: str) -> list[str]:
        """Return the ids of streams and children under which something runs that their workers do not serve."""
        return sorted(item.workflow_id for item in self.running.values() if not item.fits(task_queue))


async def standings(client: Client, ledger: Ledger, round_id: str | None = None) -> Standings:
    """Read both sides, Temporal first: a stream that begins or ends meanwhile is looked at again."""
    running = {item.workflow_id: item async for item in list_running(client, round_id)}
    recorded = {stream: version async for stream, version in ledger.reading.open_streams(round_id)}
    # Temporal's list lags behind by a moment, in which what was just begun is missing from it.
    for stream in set(recorded) - set(running):
        found = await _describe_workflow(client, stream)
        if found is not None:
            running[stream] = found
    return Standings(recorded, running)


async def list_running(client: Client, round_id: str | None = None) -> AsyncIterator[Running]:
    """Yield the open workflows whose id is that of a stream or of its child, of a round or of all."""
    async for item in client.list_workflows("ExecutionStatus = 'Running'"):
        if item.id.partition("/")[0] in KINDS and round_id in (None, log_of(item.id)):
            yield Running(item.id, item.workflow_type, item.task_queue)


async def ask_versions(client: Client, workflow_ids: Iterable[str]) -> dict[str, int | None]:
    """Return the version that each open workflow knows, None for one that does not answer in time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(workflow_id: str) -> tuple[str, int | None]:
        async with turn:
            return workflow_id, await ask_version(client, workflow_id)

    return dict(await asyncio.gather(*(one(workflow_id) for workflow_id in workflow_ids)))


async def ask_version(client: Client, workflow_id: str) -> int | None:
    """Return the version that the open run answers with, or None if it does not answer."""
    try:
        version = await client.get_workflow_handle(workflow_id).query("version", rpc_timeout=ANSWER_WITHIN)
    except (RPCError, WorkflowQueryFailedError):
        return None
    return int(version)


async def _describe_workflow(client: Client, stream: str) -> Running | None:
    try:
        found = await client.get_workflow_handle(stream).describe()
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise
        return None
    if found.status != WorkflowExecutionStatus.RUNNING:
        return None
    return Running(stream, found.workflow_type, found.task_queue)
