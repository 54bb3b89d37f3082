"""A round that is cancelled while it carries a decision out."""

import asyncio
from datetime import timedelta

import pytest

from selection.application import commands as c
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.draws import open_draw
from tests.workflows.process.test_deadlines import BJ, recommend, submit
from tests.workflows.process.test_late_stages import look_until
from tests.workflows.support import drawing
from tests.workflows.support.acting import hold
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, Installation, application

ONE = application(1)
SOON = timedelta(seconds=60)


async def to_the_draw(place: Installation) -> None:
    """Lead a round with one application to a draw that is committed."""
    await submit(place, ONE)
    await recommend(place, "0001")
    await place.move(place.deadline("recommendation") + timedelta(hours=1), ROUND, ONE, BJ)
    await place.client.act(ONE, c.PassCheck(revision=1), actor=f.OFFICER)
    await look_until(place, "drawing")
    await drawing.commit(place)


async def until_batch(place: Installation, batch: str) -> None:
    async with asyncio.timeout(SOON.total_seconds()):
        while (await place.state(ROUND)).batch != batch:
            await asyncio.sleep(0.05)


async def test_the_batch_under_way_is_dropped_and_reports_no_more(open_place: Installation) -> None:
    await to_the_draw(open_place)
    await drawing.until_public(open_place)
    # While the application's stream is held, nobody can be seated: the batch stays under way.
    async with hold(open_place, {ONE}):
        await open_place.client.act(ROUND, open_draw(), actor=f.OPENER)
        await until_batch(open_place, "seat-panel/main")
        await open_place.client.act(ROUND, r.CancelRound(reason=f.ref()), actor=f.OFFICER)
        await until_batch(open_place, "cancel-with-round")
    assert await open_place.handle(ROUND).result() == "cancelled"
    assert await open_place.handle(ONE).result() == "cancelled"
    # A report of the dropped batch would have been refused.
    assert (await open_place.types(ROUND))[-2:] == ["round.cancelled", "round.batch-finished"]
    await compare_all(open_place)
    # A fresh panel may be drawn after the end: the round's workflow comes back for the act, and closes again.
    with pytest.raises(Refused, match="no-seat-empty"):
        await drawing.commit(open_place, "fresh")
    assert await open_place.handle(ROUND).result() == "cancelled"
