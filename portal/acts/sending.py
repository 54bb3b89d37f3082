"""Acts that were signed together, sent side by side; what came of each is found at the record and nowhere else."""

import asyncio
from collections.abc import Sequence

import structlog

from ledger.errors import LedgerError
from runtime.error_places import describe_error
from runtime.errors import StackError
from selection.decision.command import COMMANDS
from selection.decision.envelope import Envelope
from selection.refusals.refused import Refused
from starter.client.client import SelectionClient
from starter.client.errors import ClientError

AT_ONCE = 10
"""Acts on their way at the same time, as the command line has it."""
log = structlog.get_logger(__name__)


async def send_once(sending: set[str], name: str, client: SelectionClient, acts: Sequence[Envelope]) -> None:
    """Send acts, unless those of this name are being sent already; none that fails keeps another from being sent.

    Sent again, each is the same act by its id.
    """
    if name in sending:
        return
    sending.add(name)
    try:
        await _send_each(client, acts)
    finally:
        sending.discard(name)


async def _send_each(client: SelectionClient, acts: Sequence[Envelope]) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def send(act: Envelope) -> None:
        async with slots:
            try:
                await client.send(act, COMMANDS[act.kind].model_validate(act.command))
            except Refused:
                return
            except (ClientError, LedgerError, StackError) as error:
                log.warning("act not answered", error=describe_error(error))

    await asyncio.gather(*(send(act) for act in acts))
