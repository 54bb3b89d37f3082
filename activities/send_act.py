"""Have another workflow carry a recorded decision out, and read its answer."""

from temporalio.client import Client, WorkflowUpdateFailedError

from activities.messages import Told
from activities.revive import NobodyThere, require_workflow
from activities.wait_for_answer import refusal_of, wait_for_answer
from ledger.record import Ledger
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM

CARRY = "carry"


async def tell(client: Client, ledger: Ledger, task_queue: str, workflow_id: str, decision: Decision) -> Told:
    """Send the decision's name until it is taken, and return the answer; an empty code is done.

    A workflow that Temporal lost is started from the record. Raises what is worth a retry.
    """
    handle = client.get_workflow_handle(workflow_id)
    try:
        await wait_for_answer(
            lambda: handle.execute_update(CARRY, decision, id=decision.command_id),
            lambda: require_workflow(client, ledger, task_queue, workflow_id),
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
