"""Look at every stream of the record and of Temporal, and again at what seems off: acts go on meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from temporalio.client import Client

from ledger.record import Ledger
from selection.streams import KINDS, log_of
from starter.agreement import OF_STREAMS
from starter.reconcile.held import held
from starter.reconcile.judging import Finding, judge
from starter.reconcile.lived import lived, version_told

AT_ONCE = 8
AGAIN_AFTER = timedelta(seconds=1)

Advance = Callable[[], None]


async def streams_of(client: Client, ledger: Ledger, round_id: str | None) -> list[str]:
    """Return every stream of a round, or of all, that the record or Temporal knows."""
    known = set(await ledger.reading.streams(round_id))
    types = ", ".join(f"'{name}'" for name in OF_STREAMS)
    async for item in client.list_workflows(f"WorkflowType IN ({types})"):
        if item.id.partition("/")[0] in KINDS and round_id in (None, log_of(item.id)):
            known.add(item.id)
    return sorted(known)


async def compare(client: Client, ledger: Ledger, streams: Sequence[str], advance: Advance) -> list[Finding]:
    """Return the finding of every stream, in order; what seems off is looked at once more a second later."""
    found = {item.stream: item for item in await _look_at(client, ledger, streams, advance)}
    off = [stream for stream, item in found.items() if not item.fine]
    if off:
        await asyncio.sleep(AGAIN_AFTER.total_seconds())
        found |= {item.stream: item for item in await _look_at(client, ledger, off, lambda: None)}
    return [found[stream] for stream in streams]


async def look(client: Client, ledger: Ledger, stream: str) -> Finding:
    """Return how one stream stands now."""
    seen = await lived(client, stream)
    kept = await held(ledger, stream)
    told = await version_told(client, stream) if seen.run else None
    return judge(stream, seen, told, kept)


async def _look_at(
    client: Client, ledger: Ledger, streams: Sequence[str], advance: Advance
) -> Sequence[Finding]:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(stream: str) -> Finding:
        async with turn:
            finding = await look(client, ledger, stream)
        advance()
        return finding

    return await asyncio.gather(*(one(stream) for stream in streams))
