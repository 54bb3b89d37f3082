"""Send to a workflow until it answers: the one loop of people's acts and of what streams tell each other."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import TypeVar
from uuid import uuid4

from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import Told

T = TypeVar("T")

CONTINUING = "continuing"
UNPROCESSED = "UnprocessedUpdate"
"""What the server says of an update that a workflow task came back without, as after a reset: nobody took it."""
CLOSED = "AcceptedUpdateCompletedWorkflow"
"""What it says of one whose run was closed before it answered, as by a reset: it may have been done or not."""
AGAIN = (CONTINUING, UNPROCESSED, CLOSED)
AGAIN_AFTER = timedelta(milliseconds=200)


def make_update_id(command_id: str) -> str:
    """Return an id for one sending of an act: sent again later it is another update, and the record answers.

    Under an id that stays, Temporal would tell for the rest of the run what held no longer than a halt, or what a
    record that was set back has lost.
    """
    return f"{command_id}/{uuid4()}"


async def wait_for_answer(
    send: Callable[[], Awaitable[T]],
    revive: Callable[[], Awaitable[None]],
    *,
    starts: bool = False,
    passing: Collection[RPCStatusCode] = (),
) -> T:
    """Send until the workflow answers, and return the answer.

    A workflow that is about to continue as new is asked again. One that Temporal lost is first started by `revive`,
    which ends the sending by what it raises; not where the message itself `starts` it: the record may not know of it
    yet, as Temporal took the message and was lost before it was recorded. Faults of Temporal are waited out if they are
    among `passing`. Raises WorkflowUpdateFailedError for an update that was refused, and RPCError.
    """
    while True:
        try:
            return await send()
        except WorkflowUpdateFailedError as failed:
            code = _code(failed)
            if code not in AGAIN:
                raise
            lost = code == CLOSED
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            pass_cancellation_on()
            lost = False
        except RPCError as fault:
            lost = fault.status is RPCStatusCode.NOT_FOUND
            if not lost and fault.status not in passing:
                raise
        if lost and not starts:
            await revive()
        await asyncio.sleep(AGAIN_AFTER.total_seconds())


def refusal_of(failed: WorkflowUpdateFailedError) -> Told:
    """Return the code, parameters and version of a refused update; what is no refusal is raised again."""
    cause = failed.cause
    if not isinstance(cause, ApplicationError) or not cause.type:
        raise failed
    params = cause.details[0] if cause.details else {}
    version = int(cause.details[1]) if len(cause.details) > 1 else 0
    texts = {str(key): str(value) for key, value in dict(params).items()}
    return Told(code=cause.type, params=texts, version=version)


def pass_cancellation_on() -> None:
    """Raise CancelledError if this task was asked to end.

    The SDK turns the cancellation of an update, as by a time limit, into an error of its own; who only tries
    again after it never ends.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _code(failed: WorkflowUpdateFailedError) -> str | None:
    return failed.cause.type if isinstance(failed.cause, ApplicationError) else None
