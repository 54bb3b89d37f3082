"""A decision that an application did not take reaches it by a repeat, and one whose workflow is gone by itself."""

import asyncio
from datetime import timedelta

import pytest

from activities import rounds
from selection.round import commands as r
from selection.round.state import RoundState
from tests import factories as f
from tests.running.waiting import STUCK_AFTER
from tests.workflows.support.acting import hold
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import ROUND, Installation, application

TAKING, SILENT = application(1), application(2)
REPORT, REPEATED = "round.batch-finished", "round.batch-repeated"


async def both_submitted(place: Installation) -> r.CancelRound:
    for stream in (TAKING, SILENT):
        await place.client.act(stream, f.submit(), actor=f.APPLICANT)
    reason = await place.client.store_text("The call is void.", person="officer-1", log=f.ROUND)
    return r.CancelRound(reason=reason)


async def await_end(place: Installation) -> list[str]:
    """Wait until the round has ended; return what its batches reported."""
    async with asyncio.timeout(STUCK_AFTER):
        assert await place.handle(ROUND).result() == "cancelled"
    for stream in (TAKING, SILENT):
        assert await place.types(stream) == ["application.submitted", "application.cancelled"]
    await compare_with_record(place, TAKING)
    await compare_with_record(place, ROUND)
    return [kind for kind in await place.types(ROUND) if kind.startswith("round.batch")]


async def test_an_application_whose_workflow_is_gone_is_reached_by_starting_it(
    open_place: Installation,
) -> None:
    cancel = await both_submitted(open_place)
    await open_place.handle(SILENT).terminate("an operator's slip")
    await open_place.client.act(ROUND, cancel, actor=f.OFFICER)
    assert await await_end(open_place) == [REPORT]


async def test_a_repeat_reaches_what_was_left_over_and_only_then_the_round_ends(
    open_place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "PER_APPLICATION", timedelta(seconds=2))
    cancel = await both_submitted(open_place)
    async with hold(open_place, {SILENT}):
        await open_place.client.act(ROUND, cancel, actor=f.OFFICER)
        assert (await await_batch(open_place)).left_over == (SILENT,)
        await open_place.client.act(ROUND, r.RepeatBatch(), actor=f.OFFICER)
        again = await await_batch(open_place)
        assert (again.left_over, again.attempt) == ((SILENT,), 1)
    # It may take the first telling now, or the one that follows: each has an id of its own, and one is done.
    await open_place.client.act(ROUND, r.RepeatBatch(), actor=f.OFFICER)
    assert await await_end(open_place) == [REPORT, *[REPEATED, REPORT] * 2]


async def await_batch(place: Installation) -> RoundState:
    """The round when its batch has come to its end."""
    async with asyncio.timeout(STUCK_AFTER):
        while (state := await round_state(place)).batch:
            await asyncio.sleep(0.05)
    return state


async def round_state(place: Installation) -> RoundState:
    found = await place.ledger.reading.snapshot(ROUND)
    assert found is not None
    return RoundState.model_validate_json(found.state)
