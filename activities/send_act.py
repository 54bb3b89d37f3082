"""Have another workflow carry a recorded decision out, and read its answer."""

import asyncio
from datetime import timedelta

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCStatusCode

from activities.messages import NO_ANSWER, Told
from activities.revive import NobodyThere, require_workflow
from activities.wait_for_answer import make_update_id, refusal_of, wait_for_answer
from ledger.record import Ledger
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM

CARRY = "carry"
OF_ONE_WORKFLOW = (RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.RESOURCE_EXHAUSTED)
"""What Temporal says of an update to a workflow whose tasks fail, and of too many that wait for it."""


async def tell(
    client: Client, ledger: Ledger, task_queue: str, workflow_id: str, decision: Decision, within: timedelta
) -> Told:
    """Send the decision's name until it is taken, and return the answer; an empty code is done.

    A workflow that does not answer in time, such as one whose tasks fail, is `no-answer`; in a log that is halted the
    answer is `record-behind`. A workflow that Temporal lost is started from the record. Raises what is worth a retry.
    """
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await _tell(client, ledger, task_queue, workflow_id, decision)
    except TimeoutError:
        return Told(code=NO_ANSWER)


async def _tell(
    client: Client, ledger: Ledger, task_queue: str, workflow_id: str, decision: Decision
) -> Told:
    handle = client.get_workflow_handle(workflow_id)
    update_id = make_update_id(decision.command_id)
    try:
        await wait_for_answer(
            lambda: handle.execute_update(CARRY, decision, id=update_id),
            lambda: require_workflow(client, ledger, task_queue, workflow_id),
            passing=OF_ONE_WORKFLOW,
        )
    except WorkflowUpdateFailedError as failed:
        return refusal_of(failed)
    except NobodyThere:
        return await find_recorded_answer(ledger, workflow_id, decision)
    return Told()


async def find_recorded_answer(ledger: Ledger, stream: str, decision: Decision) -> Told:
    """Return how a stream that is over answered the decision: it may have ended by it, and the answer been lost."""
    found = await ledger.reading.answer(stream, SYSTEM.person, decision.command_id)
    if found is None:
        return Told(code="ended")
    _, leaf = found
    event = event_of(leaf)
    if isinstance(event, ActRefused):
        return Told(code=event.code, params=event.params, version=leaf.version)
    return Told()
