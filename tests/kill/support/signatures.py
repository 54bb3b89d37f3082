"""Every checkpoint of a round that was lived through with kills holds, and the issued list is under one."""

import asyncio

from selection.kernel.merkle import Frontier
from selection.round.events import ListIssued
from selection.transparency.checkpoint import open_checkpoint, verifier_of
from selection.transparency.note import Verifier
from starter.people.initial_key import public_key_file
from tests.kill.support.living import ROUND, Place
from tests.kill.support.patience import STUCK_AFTER


async def check_signed(place: Place) -> int:
    """Return how many checkpoints the round has; each must be signed, over the leaves that stand there."""
    ledger = place.client.ledger
    public = public_key_file(place.stack.plan.settings)
    assert public is not None
    verifier = verifier_of(Verifier.parse(public.read_text()), ROUND)
    leaves = [(entry.leaf.type, entry.leaf_hash) async for entry in ledger.reading.all_entries(ROUND)]
    issued = next(seq for seq, (type_, _) in enumerate(leaves) if type_ == ListIssued.TYPE)
    async with asyncio.timeout(STUCK_AFTER):
        while await ledger.checkpoints.find_covering(ROUND, issued) is None:
            await asyncio.sleep(0.5)
    roots, tree = {}, Frontier()
    async for entry in ledger.reading.all_entries(ROUND):
        tree.append(entry.leaf_hash)
        roots[tree.size] = tree.root()
    found = await ledger.checkpoints.list_stored(ROUND)
    for stored in found:
        checkpoint, _ = open_checkpoint(stored.note, verifier)
        assert (checkpoint.size, checkpoint.root) == (stored.size, roots[stored.size])
    return len(found)
