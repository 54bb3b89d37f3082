"""Messages as a stranger may send them: any bytes under any name, in order, without waiting for the answer."""

import json
from typing import Any
from uuid import uuid4

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateStage,
)
from temporalio.common import RawValue, WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import TASK_TIMEOUT, StreamStart
from activities.revive import revive
from selection.decision.envelope import Envelope
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from tests.citing import own_values
from tests.workflows.support.installation import Installation

Answer = tuple[str, dict[str, str]]
"""A refusal's code and parameters; the code is empty for an act that was done."""

Posted = WorkflowUpdateHandle[Any]


def raw(body: bytes | dict[str, Any]) -> RawValue:
    """A payload of these bytes, called JSON whether it is or not."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawValue(Payload(metadata={"encoding": b"json/plain"}, data=data))


def envelope(stream: str, command: Frozen | dict[str, Any], actor: Actor, command_id: str) -> dict[str, Any]:
    body = own_values(command if isinstance(command, dict) else command.model_dump(mode="json"), actor.person)
    return Envelope(stream=stream, command_id=command_id, actor=actor, command=body).model_dump(mode="json")


async def post(
    place: Installation,
    stream: str,
    body: bytes | dict[str, Any],
    *,
    name: str = "act",
    update_id: str | None = None,
) -> Posted:
    """Send an update and return once the workflow has taken it, answered or not."""
    return await place.handle(stream).start_update(
        name,
        raw(body),
        id=update_id,
        result_type=Receipt,
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )


async def post_first(place: Installation, kind: str, stream: str, body: bytes | dict[str, Any]) -> Posted:
    """The same for the act that starts the workflow, unless it runs; under one id, so that it is sent once.

    A client repeats by itself a call that took long. Where the first one has begun the workflow and no worker has taken
    the update yet, the server refuses that repeat as unavailable: it is sent until it is taken."""
    update_id = str(uuid4())
    while True:
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            kind,
            StreamStart(),
            id=stream,
            task_queue=place.ends.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            task_timeout=TASK_TIMEOUT,
        )
        try:
            return await place.temporal.start_update_with_start_workflow(
                "act",
                raw(body),
                id=update_id,
                start_workflow_operation=operation,
                result_type=Receipt,
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            )
        except RPCError as refused:
            if refused.status != RPCStatusCode.UNAVAILABLE:
                raise


async def signal(
    place: Installation, stream: str, body: bytes | dict[str, Any], *, name: str = "act"
) -> None:
    await place.handle(stream).signal(name, raw(body))


async def bring_back(place: Installation, stream: str) -> None:
    """Start a lost workflow, as whoever misses it does: it asks the record where its stream stands."""
    assert await revive(place.temporal, place.ledger, place.ends.task_queue, stream)


async def answer(posted: Posted) -> tuple[Answer, Receipt | None]:
    """Wait for the answer: a code, parameters and no receipt, or a receipt."""
    try:
        receipt: Receipt = await posted.result()
    except WorkflowUpdateFailedError as failed:
        cause = failed.cause
        if not isinstance(cause, ApplicationError) or cause.type is None:
            return (f"no refusal but {type(cause).__name__}", {}), None
        return (cause.type, dict(cause.details[0]) if cause.details else {}), None
    return ("", {}), receipt
