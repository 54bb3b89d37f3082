"""What the record holds of one stream: its bytes by version, folded by the core, and whether they are sound."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ledger.receipts import Entry
from ledger.record import Ledger
from selection.leaf import leaf_bytes, leaf_hash
from selection.streams import aggregate


@dataclass(frozen=True)
class Held:
    """One stream of the record. `damaged` is the first version that cannot be what was appended, or 0.

    `projected` tells whether the snapshot says what the entries say.
    """

    bodies: dict[int, bytes] = field(default_factory=dict)
    state: Any = None
    damaged: int = 0
    projected: bool = True

    @property
    def version(self) -> int:
        """The stream's version."""
        return max(self.bodies, default=0)


async def held(ledger: Ledger, stream: str) -> Held:
    """Read a stream and fold it, from its entries alone."""
    try:
        entries = await ledger.reading.stream_entries(stream)
    except ValidationError:
        return Held(damaged=1)
    folded = fold(stream, entries)
    snapshot = await ledger.reading.snapshot(stream)
    if folded.damaged or not entries:
        return folded
    told = aggregate(stream).dump(folded.state)
    same = snapshot is not None and (snapshot.version, snapshot.state) == (folded.version, told)
    if not same and await _moved(ledger, stream, folded.version):
        return await held(ledger, stream)
    return Held(folded.bodies, folded.state, projected=same)


def fold(stream: str, entries: Sequence[Entry]) -> Held:
    """Return what the entries of a stream say; the first that is out of place or unreadable ends it."""
    folding = aggregate(stream)
    state, bodies = folding.initial(stream), dict[int, bytes]()
    for version, entry in enumerate(entries, start=1):
        leaf = entry.leaf
        sound = (leaf.stream, leaf.version) == (stream, version)
        if not sound or leaf_hash(entry.body) != entry.leaf_hash or leaf_bytes(leaf) != entry.body:
            return Held(bodies, state, damaged=version)
        try:
            state = folding.evolve(state, leaf)
        except (KeyError, ValueError, AttributeError, TypeError):
            # What a row that was tampered with makes the fold stumble over, whatever it is.
            return Held(bodies, state, damaged=version)
        bodies[version] = entry.body
    return Held(bodies, state)


async def _moved(ledger: Ledger, stream: str, version: int) -> bool:
    """Tell whether the stream grew between the two readings."""
    return bool(await ledger.reading.stream_entries(stream, version))
