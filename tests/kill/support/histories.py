"""At the end: every history is replayed, and what the record answered in it is what the record holds."""

from audit.claims import Verdict
from tests.kill.support.living import Place
from tests.kill.support.people import small_example
from tests.workflows.support.histories import claims_about, histories_of
from tests.workflows.support.installation import Installation

UNTOLD = "entry-without-history"
"""What is said of an entry whose worker died before it answered: the repeat was told of the act's last entry only."""


async def compare_all(place: Place, round_id: str, *, killed: bool = False) -> int:
    """Compare histories, replays and record of every stream of the round; return how many entries agree.

    `killed`: workers were killed right after a commit, so entries may be missing from the histories.
    """
    ledger = place.client.ledger
    rules = small_example(1).rules
    installation = Installation(place.ends, place.client.temporal, ledger, ledger, place.client, rules)
    agreed = 0
    for stream in await ledger.reading.streams(round_id):
        await installation.until_idle(stream)
        histories = await histories_of(installation, stream)
        entries = await ledger.reading.stream_entries(stream)
        claims = await claims_about(stream, histories, entries)
        unproven = [claim for claim in claims if claim.verdict is not Verdict.PROVEN]
        untold = [claim for claim in unproven if killed and claim.finding == UNTOLD]
        assert unproven == untold, unproven
        for claim in untold:
            place.say(f"{claim.point} was recorded as a worker died, and no history tells of it")
        agreed += len(entries)
    return agreed
