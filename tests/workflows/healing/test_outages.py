"""Nobody could act while a deadline passed: the outage is recorded after it, and what is due is settled later."""

from datetime import timedelta

import pytest

from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.kernel.leaf import Receipt
from selection.refusals.refused import Refused
from selection.round.commands import RecordOutage
from starter.client.errors import Pending
from tests import factories as f
from tests.workflows.process.test_deadlines import BJ, ONE, SECOND, TWO, recommend, submit, times
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, Installation, application, installation, rules

HOUR = timedelta(hours=1)
STREAMS = (ROUND, ONE, TWO)
GOING_ON = ("application.submitted", "application.recommended")


async def while_down(place: Installation, outage: RecordOutage) -> None:
    """Send the outage a moment before the deadline, and let that pass; no worker runs."""
    with pytest.raises(Pending):
        await send_outage(place, outage, patience=4)


async def send_outage(place: Installation, outage: RecordOutage, patience: int = 30) -> Receipt:
    waits = timedelta(seconds=patience)
    return await place.client.act(ROUND, outage, actor=f.OFFICER, command_id="outage-1", patience=waits)


async def test_an_outage_over_the_submission_deadline_moves_it_though_it_has_passed(
    place: Installation,
) -> None:
    old = place.deadline("submission")
    outage, new = f.outage(old - 9 * HOUR, old), old + timedelta(days=2)
    async with place.worker():
        await place.open_round()
        await submit(place, ONE, TWO)
        await place.client.act(TWO, c.Withdraw(), actor=f.APPLICANT)
        await place.move(old - 2 * SECOND, *STREAMS)
    await while_down(place, outage)
    async with place.worker():
        assert (await send_outage(place, outage)).at >= old
        assert await place.types(ROUND) == ["round.opened", "round.outage-recorded"]
        await place.move(old + HOUR, *STREAMS)
        # The one would be late, the other would have ended as withdrawn.
        await submit(place, TWO)
        assert (await place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT)).version == 2
        await place.move(new + HOUR, *STREAMS)
        with pytest.raises(Refused, match="late"):
            await place.client.act(ONE, f.submit(staff=32), actor=f.APPLICANT)
        assert await times(place, ROUND, "round.submission-closed") == [new]
        with pytest.raises(Refused, match="deadline-settled"):
            await place.client.act(ROUND, f.outage(old, new + HOUR), actor=f.actor("admin-1"))
        await compare_all(place)


async def test_an_outage_over_the_recommendation_deadline_keeps_lists_and_applications_open(
    place: Installation,
) -> None:
    old = place.deadline("recommendation")
    outage, new = f.outage(old - HOUR, old), old + timedelta(days=2)
    async with place.worker():
        await place.open_round()
        await submit(place, ONE, TWO)
        await recommend(place, "0001")
        await place.move(old - 2 * SECOND, *STREAMS, BJ)
    await while_down(place, outage)
    async with place.worker():
        await send_outage(place, outage)
        await place.move(old + HOUR, *STREAMS, BJ)
        await recommend(place, "0002")
        await place.move(new + HOUR, *STREAMS, BJ)
        assert await times(place, ROUND, "round.intake-closed") == [new]
        assert await times(place, BJ, "list.closed") == [new]
        for stream in (ONE, TWO):
            assert await times(place, stream, "application.check-opened") == [new]
        await compare_all(place)


async def test_what_became_due_in_the_outage_waits_for_its_record(servers: Endpoints) -> None:
    # Without a grace all of them are due at once when the worker starts, as after an outage of hours.
    async with installation(servers, rules(content_grace_minutes=0)) as place:
        many = [application(number) for number in range(1, 13)]
        old = place.deadline("recommendation")
        outage, new = f.outage(old - HOUR, old), old + timedelta(days=2)
        async with place.worker():
            await place.open_round()
            await submit(place, *many)
            await recommend(place, "0001")
            await place.move(old - 3 * SECOND, ROUND, BJ, *many)
        await while_down(place, outage)
        async with place.worker():
            await send_outage(place, outage)
            for stream in (BJ, *many):
                await place.until_idle(stream)
                assert (await place.types(stream))[-1] in ("list.recommended", *GOING_ON)
            await place.move(new + HOUR, ROUND, BJ, *many)
            assert await times(place, BJ, "list.closed") == [new]
            assert await times(place, many[0], "application.check-opened") == [new]
            assert await times(place, many[1], "application.lapsed") == [new]
            await compare_all(place)
