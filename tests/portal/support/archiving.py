"""A round whose histories were kept and whose logs are signed, so that an auditor can take its record away."""

from ledger.record import Ledger
from selection.archive.events import HistoriesArchived
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import Role
from selection.streams import ARCHIVE, archive_stream
from tests import factories as f
from tests.ledger.test_exporting import sign
from tests.reading.streams import LEAVES
from tests.selection import story


async def keep_histories(recorder: Ledger) -> None:
    """Tell the record that the round's histories were looked at and all are kept, of which there are none; sign it."""
    stream = archive_stream(story.ROUND)
    leaf = leaf_of(
        HistoriesArchived(cause="request", runs=(), complete=True, open=False),
        state=ARCHIVE.initial(stream),
        offset=1,
        actor=f.actor("auditor-1", Role.AUDITOR),
        at=LEAVES[-1].at,
        command_id="kept",
    )
    await recorder.record.append(story.ROUND, stream, [leaf])
    await sign(recorder, story.ROUND, "installation")
