"""A list loses its workflow between its own entry and its message to the application: its next run sends it."""

from datetime import timedelta

import pytest

from selection.kernel.leaf import Receipt
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from selection.refusals.refused import Refused
from starter.client.errors import Pending
from tests import factories as f
from tests.workflows.support.installation import Installation, application, unit_list
from tests.workflows.support.messages import bring_back
from tests.workflows.support.worker_without import TELLING, worker_without

ONE, TWO = application(1), application(2)
BJ, UNIT = unit_list("bj"), unit_list("unit-1")
AGENT = f.actor("recommender-2")


async def recommend(place: Installation, revision: int = 1, patience: int = 30) -> Receipt:
    command, command_id = Recommend(application="0001", revision=revision), f"recommend-{revision}"
    waits = timedelta(seconds=patience)
    return await place.client.act(BJ, command, actor=f.RECOMMENDER, command_id=command_id, patience=waits)


async def untold(place: Installation, stream: str, version: int) -> None:
    """Wait until the list has recorded, and end its run before it tells anybody."""
    await place.until_version(stream, version)
    await place.handle(stream).terminate("an operator's slip")


async def test_what_a_lost_list_recorded_reaches_the_application_when_it_starts_again(
    place: Installation,
) -> None:
    async with place.worker():
        await place.open_round()
        for stream in (ONE, TWO):
            await place.client.act(stream, f.submit(), actor=f.APPLICANT)
        await place.client.act(UNIT, Recommend(application="0002", revision=1), actor=AGENT)
    async with worker_without(place, TELLING):
        with pytest.raises(Pending):
            await recommend(place, patience=2)
        await untold(place, BJ, 1)
        await place.client.signal(UNIT, WithdrawRecommendation(application="0002"), actor=AGENT)
        await untold(place, UNIT, 2)
    async with place.worker():
        assert [(await place.state(stream)).stage for stream in (ONE, TWO)] == ["submitted", "recommended"]
        for stream in (BJ, UNIT):
            await bring_back(place, stream)
        await place.until_version(ONE, 2)
        await place.until_version(TWO, 3)
        assert await place.types(TWO) == [
            "application.submitted",
            "application.recommended",
            "application.recommendation-released",
        ]
        assert (await recommend(place)).version == 1, "the same command id is still the same act"
        assert await place.types(BJ) == ["list.recommended"]
        # What was told is told once, however often a run is started from the record.
        await place.handle(BJ).terminate("another slip")
        await place.until_idle(BJ)
        assert await place.version(ONE) == 2


async def test_what_the_application_refuses_then_frees_the_place(
    place: Installation,
) -> None:
    async with place.worker():
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    async with worker_without(place, TELLING):
        with pytest.raises(Pending):
            await recommend(place, revision=7, patience=2)
        await untold(place, BJ, 1)
    async with place.worker():
        await bring_back(place, BJ)
        await place.until_version(BJ, 3)
        assert await place.types(BJ) == ["list.recommended", "list.freed", "act.refused"]
        with pytest.raises(Refused, match="version-changed"):
            await recommend(place, revision=7)
        assert (await recommend(place)).version == 4
