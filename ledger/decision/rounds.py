"""The round of a log, as the record has it."""

from ledger.log.reading import Reading
from selection.round.state import RoundState
from selection.streams import ROUND, round_stream


async def read_round(reading: Reading, round_id: str) -> RoundState | None:
    """Return the round, or None before it is opened."""
    found = await reading.snapshot(round_stream(round_id))
    return None if found is None else ROUND.load(found.state)
