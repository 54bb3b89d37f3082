"""The round first: what a deadline brings waits for what the round has yet to take, such as an outage on its way.

After an outage everything that became due rings at once, when the first worker starts. The record of the outage
waits in Temporal for the round, and must be taken before what it moves is settled (docs/decisions/0015).
"""

from collections.abc import Awaitable, Callable

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import DECIDE
from selection.streams import round_stream

# About half a minute: a round that can't go on must not stop the applications as well.
ATTEMPTS = 12


class RoundBusy(Exception):
    """The round has yet to take what was sent to it."""


def round_goes_first(client: Client) -> Callable[[str], Awaitable[None]]:
    """Return a function that raises RoundBusy while the round has yet to take what was sent to it.

    A round whose workflow does not exist has nothing to take.
    """

    async def quiet(round_id: str) -> None:
        if activity.info().attempt <= ATTEMPTS and await _is_busy(client, round_id):
            raise RoundBusy(round_id)

    return quiet


async def _is_busy(client: Client, round_id: str) -> bool:
    try:
        description = await client.get_workflow_handle(round_stream(round_id)).describe()
    except RPCError as failed:
        if failed.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    raw = description.raw_description
    under_way = {pending.activity_type.name for pending in raw.pending_activities}
    return raw.HasField("pending_workflow_task") or DECIDE in under_way
