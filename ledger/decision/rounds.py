"""The round of a log, as the record has it."""

from functools import lru_cache

from ledger.log.reading import Reading
from selection.round.state import RoundState
from selection.streams import ROUND, round_stream


async def read_round(reading: Reading, round_id: str) -> RoundState | None:
    """Return the round, or None before it is opened."""
    found = await reading.snapshot(round_stream(round_id))
    return None if found is None else _load(found.state)


@lru_cache(maxsize=2)
def _load(text: str) -> RoundState:
    """Return a round's state. It holds the sealed rules, and most acts on applications ask for the same one again."""
    return ROUND.load(text)
