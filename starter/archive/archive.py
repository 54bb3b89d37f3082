"""Have a round's histories kept, and wait for it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowQueryFailedError
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError

from selection.kernel.actor import Actor
from selection.refusals.refused import Refused
from selection.streams import archive_stream
from selection.wording.refusals import SENTENCES
from starter.client.client import SelectionClient
from starter.client.errors import Broken, Pending
from workflows.archive import ArchiveResult as ArchiveResult, ArchiveStart, ArchiveWorkflow

LOOK_EVERY = timedelta(seconds=0.5)
ANSWER_WITHIN = timedelta(seconds=10)

Handle = WorkflowHandle[ArchiveWorkflow, ArchiveResult]


async def keep_histories(
    client: SelectionClient, round_id: str, actor: Actor, command_id: str, tell: Callable[[int], None]
) -> ArchiveResult:
    """Have a round's histories kept at somebody's request; return and raise as `archive_round` does."""
    act = ArchiveStart(actor=actor, command_id=command_id, cause="request")
    return await archive_round(client.temporal, client.task_queue, round_id, act, tell)


async def archive_round(
    client: Client, task_queue: str, round_id: str, act: ArchiveStart, tell: Callable[[int], None]
) -> ArchiveResult:
    """Do one act of archiving, after one that is under way, and return what it found.

    `tell` is called with the number of runs looked at so far. Raises Refused, Pending when no worker answers,
    Broken for what is no refusal.
    """
    while True:
        try:
            handle: Handle = await client.start_workflow(
                ArchiveWorkflow.run,
                act,
                id=archive_stream(round_id),
                task_queue=task_queue,
                static_summary=f"keeps the histories of {round_id}",
            )
        except WorkflowAlreadyStartedError:
            await _wait_until_closed(
                client.get_workflow_handle_for(ArchiveWorkflow.run, archive_stream(round_id)), act, tell
            )
            continue
        except RPCError as exc:
            raise Broken(f"Temporal does not answer ({exc.status.name}).") from exc
        return await _result(handle, act, tell)


async def _result(handle: Handle, act: ArchiveStart, tell: Callable[[int], None]) -> ArchiveResult:
    await _wait_until_closed(handle, act, tell)
    try:
        return await handle.result()
    except WorkflowFailureError as failed:
        cause = failed.cause
        code = cause.type if isinstance(cause, ApplicationError) and cause.type else ""
        if code not in SENTENCES:
            raise Broken(f"The histories were not archived: {code or type(cause).__name__}.") from failed
        details = cause.details[0] if isinstance(cause, ApplicationError) and cause.details else {}
        raise Refused(code, **{str(key): str(value) for key, value in dict(details).items()}) from None


async def _wait_until_closed(handle: Handle, act: ArchiveStart, tell: Callable[[int], None]) -> None:
    """Wait until a workflow has closed, asking it for its progress meanwhile."""
    result = asyncio.ensure_future(handle.result())
    try:
        while not result.done():
            await asyncio.wait([result], timeout=LOOK_EVERY.total_seconds())
            if result.done():
                return
            try:
                tell(await handle.query(ArchiveWorkflow.progress, rpc_timeout=ANSWER_WITHIN))
            except (RPCError, WorkflowQueryFailedError):
                if not result.done():
                    raise Pending(act.command_id, handle.id) from None
    finally:
        result.cancel()
        await asyncio.gather(result, return_exceptions=True)
