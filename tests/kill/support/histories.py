"""At the end: every history is replayed, and the record's answers in it are compared with the record."""

from tests.kill.support.living import Place
from tests.kill.support.people import small_example
from tests.workflows.support.histories import compare_streams
from tests.workflows.support.installation import Installation


async def compare_all(place: Place, round_id: str) -> int:
    """Compare histories, replays and record of every stream of the round; return how many entries agree.

    An entry whose worker died before Temporal had its answer is decided again: it must follow from the record.
    """
    ledger = place.client.ledger
    rules = small_example(1).rules
    installation = Installation(place.ends, place.client.temporal, ledger, ledger, place.client, rules)
    streams = await ledger.reading.streams(round_id)
    return sum((await compare_streams(installation, streams, round_id=round_id)).values())
