from hashlib import sha256
from typing import cast

from temporalio.client import Client

from activities.archive import ArchiveActivities
from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from selection.archive.events import ArchivedRun
from selection.kernel.actor import SYSTEM
from selection.round import events as r
from tests.selection import round_stories
from tests.selection.request_story import not_selected
from tests.selection.story import ROUND

STREAM = "application/r/0001"


def run(body: bytes, events: int, *, closed: bool) -> ArchivedRun:
    digest = sha256(body).hexdigest()
    return ArchivedRun(workflow_id=STREAM, run_id="run-1", events=events, closed=closed, sha256=digest)


async def test_the_same_bytes_are_kept_once(ledger: Ledger) -> None:
    ended = run(b"whole", 9, closed=True)
    assert await ledger.histories.keep("r", ended, b"whole")
    assert not await ledger.histories.keep("r", ended, b"whole")
    assert await ledger.histories.body("r", ended) == b"whole"


async def test_an_open_run_is_kept_again_when_it_is_longer_and_both_stay(ledger: Ledger) -> None:
    early, late = run(b"half", 5, closed=False), run(b"whole", 9, closed=True)
    await ledger.histories.keep("r", early, b"half")
    assert await ledger.histories.list_closed_runs("r") == {}
    await ledger.histories.keep("r", late, b"whole")
    assert await ledger.histories.list_closed_runs("r") == {(STREAM, "run-1"): late}
    assert await ledger.histories.body("r", early) == b"half"
    assert await ledger.histories.body("other", early) is None


async def test_bytes_are_found_by_the_hash_that_the_record_names_alone(ledger: Ledger) -> None:
    await ledger.histories.keep("r", run(b"whole", 9, closed=True), b"whole")
    assert await ledger.histories.body("r", run(b"forged", 9, closed=True)) is None


async def test_an_ended_round_is_archived_again_once_something_came_after_its_archive(url: str) -> None:
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url)
    try:
        told = round_stories.round_story()
        told.tell(SYSTEM, r.BatchFinished(batch="issue/3", touched=1))
        assert told.state.ended
        looks = ArchiveActivities(ledger, cast("Client", None))
        for leaf in (*told.leaves, *round_stories.archive_story().leaves):
            await ledger.record.append(ROUND, leaf.stream, [leaf])
        assert (await looks.rounds_to_archive()).rounds == ()
        for leaf in not_selected(steps=1).leaves:
            await ledger.record.append(ROUND, leaf.stream, [leaf])
        assert (await looks.rounds_to_archive()).rounds == (ROUND,)
    finally:
        await ledger.close()
