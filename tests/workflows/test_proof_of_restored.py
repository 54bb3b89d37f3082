"""A workflow that was started from the record: proven where the record says so, and only as far as it goes."""

import asyncio
from pathlib import Path

from workflows.loop import StreamStart

from ledger.restorations import Restoration
from selection.application.decide import APPLICATION
from tests import factories as f
from tests.workflows.installation import Installation
from tests.workflows.proof import Material
from tests.workflows.test_endings import EDITS
from tests.workflows.test_proof import ONE, TYPES, judged, unproven


async def test_a_run_that_was_started_from_the_record_is_proven_if_the_record_says_so(
    open_place: Installation, tmp_path: Path
) -> None:
    place = open_place
    await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    await place.client.act(ONE, EDITS[0], actor=f.APPLICANT)
    await place.handle(ONE).terminate()
    start = StreamStart(state=APPLICATION.dump(await place.state(ONE)))
    before = await Material.taken(place)
    await place.temporal.start_workflow("Application", start, id=ONE, task_queue=place.ends.task_queue)
    await place.client.act(ONE, EDITS[1], actor=f.APPLICANT)
    unsaid = await Material.taken(place)
    unsaid.histories |= before.histories
    unsaid.closed |= before.closed
    told = unproven(await asyncio.to_thread(judged, unsaid, tmp_path))
    assert {code: finding for code, (finding, _) in told.items()} == {
        "entries-matched": "start-not-on-record"
    }

    said = Restoration(target=ONE, found="not-running", version=2, run="start")
    await place.ledger.restorations.record("restore-1", f.actor("admin-1"), said)
    whole = await Material.taken(place)
    whole.histories |= before.histories
    whole.closed |= before.closed
    assert unproven(await asyncio.to_thread(judged, whole, tmp_path)) == {}

    # What Temporal lost of the first run is in the record alone.
    name = next(name for name in before.histories if name[0] == ONE)
    lost = whole.histories[name]
    cut = next(item for item in lost.events if item.event_type == TYPES["answered"]).event_id
    terminated = lost.events[-1]
    del lost.events[cut:]
    terminated.event_id = cut + 1
    lost.events.append(terminated)
    told = unproven(await asyncio.to_thread(judged, whole, tmp_path))
    assert {code: finding for code, (finding, _) in told.items()} == {
        "entries-matched": "restored-from-record"
    }
