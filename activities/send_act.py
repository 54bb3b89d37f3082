"""Have another workflow carry a recorded decision out, and read its answer."""

import asyncio
from datetime import timedelta

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import Told
from activities.revive import revive
from ledger.record import Ledger
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM

CARRY = "carry"
CONTINUING = "continuing"
# What the server itself says of an update that a workflow task came back without, as after a reset: nobody took it.
UNPROCESSED = "UnprocessedUpdate"
# What it says of one whose run was closed before it answered, as by a reset: it may have been done or not.
CLOSED = "AcceptedUpdateCompletedWorkflow"
AGAIN_AFTER = timedelta(milliseconds=200)


async def tell(client: Client, ledger: Ledger, task_queue: str, workflow_id: str, decision: Decision) -> Told:
    """Send the decision's name until it is taken, and return the answer; an empty code is done.

    A workflow that is about to continue as new is asked again, and one that Temporal lost is started from the
    record. Raises what is worth a retry.
    """
    handle = client.get_workflow_handle(workflow_id)
    while True:
        try:
            await handle.execute_update(CARRY, decision, id=decision.command_id)
        except WorkflowUpdateFailedError as exc:
            answer = refusal_of(exc)
            if answer.code not in (CONTINUING, UNPROCESSED, CLOSED):
                return answer
            if answer.code == CLOSED and not await revive(client, ledger, task_queue, workflow_id):
                return await as_recorded(ledger, workflow_id, decision)
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            pass_cancellation_on()
        except RPCError as exc:
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise
            if not await revive(client, ledger, task_queue, workflow_id):
                return await as_recorded(ledger, workflow_id, decision)
        else:
            return Told()
        await asyncio.sleep(AGAIN_AFTER.total_seconds())


async def as_recorded(ledger: Ledger, stream: str, decision: Decision) -> Told:
    """Return how a stream that is over answered the decision: it may have ended by it, and the answer been lost."""
    for receipt, leaf in reversed(await ledger.reading.caused(decision.command_id)):
        if receipt.stream == stream and leaf.actor.person == SYSTEM.person:
            event = event_of(leaf)
            if isinstance(event, ActRefused):
                return Told(code=event.code, params=event.params, version=leaf.version)
            return Told()
    return Told(code="ended")


def refusal_of(failed: WorkflowUpdateFailedError) -> Told:
    """Return the code, parameters and version of a refused update; what is no refusal is raised again."""
    cause = failed.cause
    if not isinstance(cause, ApplicationError) or not cause.type:
        raise failed
    params = cause.details[0] if cause.details else {}
    version = int(cause.details[1]) if len(cause.details) > 1 else 0
    told = {str(key): str(value) for key, value in dict(params).items()}
    return Told(code=cause.type, params=told, version=version)


def pass_cancellation_on() -> None:
    """Raise CancelledError if this task was asked to end.

    The SDK turns the cancellation of an update, as by a time limit, into an error of its own; who only tries
    again after it never ends.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
