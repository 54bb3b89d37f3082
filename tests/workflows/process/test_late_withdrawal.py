"""A list takes a withdrawal in time, and the application hears of it when its check is long open."""

import asyncio
from datetime import timedelta

from selection.application import commands as c
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from tests import factories as f
from tests.running.waiting import SOON
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.worker_without import TELLING, worker_without

ONE, UNIT = application(1), unit_list("unit-1")
AGENT = f.actor("recommender-2")


async def test_a_withdrawal_that_reaches_an_application_sent_back_ends_it_and_the_place_is_free(
    place: Installation,
) -> None:
    until = place.deadline("recommendation")
    async with place.worker():
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
        await place.client.act(UNIT, Recommend(application="0001", revision=1), actor=AGENT)
    async with worker_without(place, TELLING):
        await place.client.signal(UNIT, WithdrawRecommendation(application="0001"), actor=AGENT)
        await place.until_version(UNIT, 2)
        await place.move(until + timedelta(hours=1), ROUND, ONE)
        sent_back = c.SendBack(faults=("evidence-unclear",), text=f.ref())
        await place.client.act(ONE, sent_back, actor=f.OFFICER)
    async with place.worker():
        async with asyncio.timeout(SOON.total_seconds()):
            assert await place.handle(ONE).result() == "not-recommended"
        assert (await place.types(ONE))[2:] == [
            "application.check-opened",
            "application.sent-back",
            "application.recommendation-released",
            "application.lapsed",
        ]
        assert await place.types(UNIT) == ["list.recommended", "list.withdrawn"]
        assert (await place.state(UNIT)).listed == ()
        await compare_all(place)
