"""At the end: every history is replayed, and the record's answers in it are compared with the record."""

from ledger.database.store import AUDITOR_ROLE
from ledger.record import Ledger
from runtime.logins import Login
from tests.kill.support.living import Place
from tests.kill.support.people import small_example
from tests.running.waiting import SOON
from tests.workflows.support.histories import compare_streams
from tests.workflows.support.installation import Installation


async def compare_all(place: Place, round_id: str) -> int:
    """Compare histories, replays and record of every stream of the round; return how many entries agree.

    An entry whose worker died before Temporal had its answer is decided again: it must follow from the record.
    """
    ledger = place.client.ledger
    auditor = await Ledger.connect(place.ends.databases.url(Login.AUDITOR), role=AUDITOR_ROLE, size=1)
    try:
        installation = Installation(
            ends=place.ends,
            temporal=place.client.temporal,
            ledger=ledger,
            recorder=ledger,
            auditor=auditor,
            client=place.client,
            rules=small_example(1).rules,
            patience=SOON,
        )
        streams = await ledger.reading.streams(round_id)
        return sum((await compare_streams(installation, streams, round_id=round_id)).values())
    finally:
        await auditor.close()
