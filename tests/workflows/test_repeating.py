"""A decision that an application did not take reaches it by a repeat."""

import asyncio
from datetime import timedelta

from selection.round import commands as r
from selection.round.state import RoundState
from starter.reconcile.repairing import WORKFLOW_OF
from tests import factories as f
from tests.workflows.installation import ROUND, Installation, application
from workflows.loop import StreamStart

TAKING, SILENT = application(1), application(2)
SOON = timedelta(seconds=30)


async def test_a_repeat_reaches_what_was_left_over_and_only_then_the_round_ends(
    open_place: Installation,
) -> None:
    for stream in (TAKING, SILENT):
        await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    reason = await open_place.client.store_text("The call is void.", person="officer-1", log=f.ROUND)
    await open_place.handle(SILENT).terminate("an operator's slip")
    await open_place.client.act(ROUND, r.CancelRound(reason=reason), actor=f.OFFICER)
    assert (await carried_out(open_place)).left_over == (SILENT,)

    await open_place.client.act(ROUND, r.RepeatBatch(), actor=f.OFFICER)
    again = await carried_out(open_place)
    assert (again.left_over, again.attempt) == ((SILENT,), 1)

    await bring_back(open_place, SILENT)
    await open_place.client.act(ROUND, r.RepeatBatch(), actor=f.OFFICER)
    async with asyncio.timeout(SOON.total_seconds()):
        assert await open_place.handle(ROUND).result() == "cancelled"
    for stream in (TAKING, SILENT):
        assert await open_place.types(stream) == ["application.submitted", "application.cancelled"]
    reports = [kind for kind in await open_place.types(ROUND) if kind.startswith("round.batch")]
    assert reports == ["round.batch-finished", *["round.batch-repeated", "round.batch-finished"] * 2]


async def carried_out(place: Installation) -> RoundState:
    """The round when its batch has come to its end."""
    async with asyncio.timeout(SOON.total_seconds()):
        while (state := await round_state(place)).batch:
            await asyncio.sleep(0.05)
    return state


async def round_state(place: Installation) -> RoundState:
    found = await place.ledger.reading.snapshot(ROUND)
    assert found is not None
    return RoundState.model_validate_json(found.state)


async def bring_back(place: Installation, stream: str) -> None:
    """Start a lost workflow from what the record holds of it."""
    found = await place.ledger.reading.snapshot(stream)
    assert found is not None
    start = StreamStart(state=found.state)
    kind = WORKFLOW_OF[stream.partition("/")[0]]
    await place.temporal.start_workflow(kind, start, id=stream, task_queue=place.ends.task_queue)
