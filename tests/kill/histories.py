"""At the end: every history is replayed, and what the replay records is what the record holds."""

from tests.kill.living import Place
from tests.kill.people import small_example
from tests.workflows.histories import compare_with_record
from tests.workflows.installation import Installation


async def compare_all(place: Place, round_id: str) -> int:
    """Compare histories, replays and record of every stream of the round; return how many entries agree."""
    rules = small_example(1).rules
    ledger = place.client.ledger
    installation = Installation(place.ends, place.client.temporal, ledger, ledger, place.client, rules)
    streams = await place.client.ledger.reading.streams(round_id)
    return sum([await compare_with_record(installation, stream) for stream in streams])
