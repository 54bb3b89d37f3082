"""The round first: what a deadline brings waits for what the round has yet to take, such as an outage on its way.

After an outage everything that became due rings at once, when the first worker starts. The record of the outage
waits in Temporal for the round, and must be taken before what it moves is settled (docs/decisions, "outages").
"""

import asyncio
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import READ_FACTS, READ_RECEIPT, RECORD
from selection.streams import round_stream

# Within the time of one attempt at the record.
PATIENCE = timedelta(seconds=3)
PAUSE = timedelta(seconds=0.1)
# About a minute: a round that can't go on must not stop the applications as well.
ATTEMPTS = 12
SHORT = frozenset({RECORD, READ_FACTS, READ_RECEIPT})
"""What the round does between taking a message and having it on the record."""


async def let_round_go_first(client: Client, round_id: str) -> None:
    """Return once the round has taken all that was sent to it; one that does not exist has nothing to take.

    Raises ApplicationError, to be tried again, while it has not; after some attempts it is waited for no longer.
    """
    if activity.info().attempt > ATTEMPTS:
        return
    waited = timedelta()
    while await _is_busy(client, round_id):
        if waited >= PATIENCE:
            raise ApplicationError("the round has yet to take what was sent to it", type="round-first")
        await asyncio.sleep(PAUSE.total_seconds())
        waited += PAUSE


async def _is_busy(client: Client, round_id: str) -> bool:
    try:
        description = await client.get_workflow_handle(round_stream(round_id)).describe()
    except RPCError as failed:
        if failed.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    raw = description.raw_description
    under_way = {pending.activity_type.name for pending in raw.pending_activities}
    return raw.HasField("pending_workflow_task") or bool(under_way & SHORT)
