"""Months in seconds: the deadlines of real days, with virtual time on the real server."""

import asyncio
from datetime import datetime, timedelta

import pytest

from selection.application import commands as c
from selection.kernel.model import Ref
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.rules.terms import terms_of
from starter.client.client import SelectionClient
from tests import factories as f
from tests.workflows.support import drawing
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, TODAY, Installation, application, unit_list
from tests.workflows.support.messages import bring_back, envelope, signal

ONE, TWO = application(1), application(2)
BJ = unit_list("bj")
SECOND = timedelta(seconds=1)


def later(place: Installation, days: int) -> datetime:
    """The end of the n-th natural day after the one that the panel was seated on."""
    seated = place.deadline("recommendation") + timedelta(hours=1)
    return terms_of(place.rules).after(seated, days)


async def submit(place: Installation, *streams: str) -> None:
    for stream in streams:
        await place.client.act(stream, f.submit(), actor=f.APPLICANT)


async def recommend(place: Installation, *numbers: str) -> None:
    for number in numbers:
        command = Recommend(application=number, revision=1)
        await place.client.act(BJ, command, actor=f.RECOMMENDER)


async def in_review(place: Installation) -> list[str]:
    """Lead one application to the review and return who sits on its panel, then the alternates."""
    await submit(place, ONE)
    await recommend(place, "0001")
    await place.move(place.deadline("recommendation") + timedelta(hours=1), ROUND, ONE, BJ)
    await place.client.act(ONE, c.PassCheck(revision=1), actor=f.OFFICER)
    await place.handle(ROUND).signal("look")
    await place.until_version(ROUND, 4)
    await drawing.commit(place)
    await drawing.open_(place)
    await place.until_version(ROUND, 9)
    entries = await place.ledger.reading.stream_entries(ONE)
    data = entries[-1].leaf.data
    return [*(data["seats"][key] for key in sorted(data["seats"])), *data["alternates"]]


async def times(place: Installation, stream: str, type_: str) -> list[datetime]:
    entries = await place.ledger.reading.stream_entries(stream)
    return [entry.leaf.at for entry in entries if entry.leaf.type.rsplit(".v", 1)[0] == type_]


async def test_the_intake_closes_at_its_deadlines_and_the_check_opens(open_place: Installation) -> None:
    await submit(open_place, ONE, TWO)
    await recommend(open_place, "0001")
    until = open_place.deadline("recommendation")
    await open_place.move(until - SECOND, ROUND, ONE, TWO, BJ)
    assert await open_place.types(ONE) == ["application.submitted", "application.recommended"]
    await open_place.move(until + timedelta(hours=1), ROUND, ONE, TWO, BJ)
    assert await times(open_place, ONE, "application.check-opened") == [until]
    assert await times(open_place, TWO, "application.lapsed") == [until]
    assert await times(open_place, BJ, "list.closed") == [until]
    assert await times(open_place, ROUND, "round.intake-closed") == [until]
    assert await open_place.handle(TWO).result() == "not-recommended"
    await compare_all(open_place)


@pytest.mark.parametrize("late", [False, True])
async def test_an_edit_a_second_before_the_deadline_counts_and_one_after_it_does_not(
    open_place: Installation, late: bool
) -> None:
    await submit(open_place, ONE)
    until = open_place.deadline("submission")
    await open_place.move(until + SECOND if late else until - SECOND, ONE)
    edit = open_place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT)
    if late:
        with pytest.raises(Refused, match="late"):
            await edit
    else:
        assert (await edit).at < until
    await compare_all(open_place)


async def test_content_stored_before_the_deadline_counts_within_the_grace(open_place: Installation) -> None:
    await submit(open_place, ONE)
    stored = await content(open_place.client)
    until = open_place.deadline("submission")
    await open_place.move(until + timedelta(minutes=14), ONE)
    command = f.submit(form=stored, pledge=stored, seals=stored)
    receipt = await open_place.client.act(ONE, command, actor=f.APPLICANT)
    [_, entry] = await open_place.ledger.reading.stream_entries(ONE)
    assert receipt.at >= until
    assert datetime.fromisoformat(entry.leaf.data["stored_before"]) < until
    with pytest.raises(Refused, match="late"):
        await open_place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT)
    await open_place.move(until + timedelta(minutes=15), ONE)
    with pytest.raises(Refused, match="late"):
        await open_place.client.act(
            ONE, f.submit(form=stored, pledge=stored, seals=stored, staff=32), actor=f.APPLICANT
        )


async def content(client: SelectionClient) -> Ref:
    return await client.store_text('{"form":"form"}', person="applicant-1", log=f.ROUND)


async def test_an_extension_recorded_a_second_before_the_old_deadline_is_read_after_it(
    open_place: Installation,
) -> None:
    await submit(open_place, ONE)
    old, day = open_place.deadline("submission"), TODAY + timedelta(days=33)
    await open_place.move(old - SECOND, ROUND)
    extend = r.ExtendDeadline(cause="organiser", name="submission", until=day, reason=f.ref("reason"))
    receipt = await open_place.client.act(ROUND, extend, actor=f.OFFICER)
    assert old - SECOND <= receipt.at < old
    await open_place.move(old + timedelta(minutes=1), ONE, ROUND)
    assert (await open_place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT)).version == 2
    await open_place.move(old + timedelta(days=3, minutes=1), ONE, ROUND)
    with pytest.raises(Refused, match="late"):
        await open_place.client.act(ONE, f.submit(staff=32), actor=f.APPLICANT)
    assert await times(open_place, ROUND, "round.submission-closed") == [old + timedelta(days=3)]
    await compare_all(open_place)


async def test_a_deadline_that_was_extended_does_nothing_when_its_timer_rings(
    open_place: Installation,
) -> None:
    await submit(open_place, ONE, TWO)
    await recommend(open_place, "0001")
    old, day = open_place.deadline("recommendation"), TODAY + timedelta(days=50)
    extend = r.ExtendDeadline(cause="organiser", name="recommendation", until=day, reason=f.ref("reason"))
    await open_place.client.act(ROUND, extend, actor=f.OFFICER)
    until = (await open_place.ledger.reading.deadlines(f.ROUND))["recommendation"]
    assert until > old + timedelta(hours=1)
    await open_place.move(old + timedelta(hours=1), ROUND, ONE, TWO, BJ)
    assert await open_place.types(ONE) == ["application.submitted", "application.recommended"]
    assert await open_place.types(BJ) == ["list.recommended"]
    await recommend(open_place, "0002")
    await open_place.move(until + timedelta(hours=1), ROUND, ONE, TWO, BJ)
    for stream in (ONE, TWO):
        assert await times(open_place, stream, "application.check-opened") == [until]
    assert await times(open_place, BJ, "list.closed") == [until]
    await compare_all(open_place)


async def test_a_worker_that_is_down_across_a_deadline_dates_it_right(place: Installation) -> None:
    until = place.deadline("recommendation")
    async with place.worker():
        await place.open_round()
        await submit(place, ONE, TWO)
        await recommend(place, "0001")
        await place.move(until - 3 * SECOND, ONE, TWO, BJ, ROUND)
    # Sent in time, but an act's time is when it is taken.
    extend = r.ExtendDeadline(
        cause="organiser", name="recommendation", until=TODAY + timedelta(days=50), reason=f.ref()
    )
    await signal(place, ROUND, envelope(ROUND, extend, f.OFFICER, "extend-1"))
    await asyncio.sleep(4)
    async with place.worker():
        await place.move(until + timedelta(hours=1), ONE, TWO, BJ, ROUND)
        assert await times(place, ONE, "application.check-opened") == [until]
        assert await times(place, TWO, "application.lapsed") == [until]
        assert await times(place, BJ, "list.closed") == [until]
        assert await times(place, ROUND, "round.intake-closed") == [until]
        assert (await place.types(ROUND))[-2:] == ["round.intake-closed", "act.refused"]
        await compare_all(place)


async def test_a_run_restored_from_the_record_waits_for_its_deadlines_before_any_act(
    open_place: Installation,
) -> None:
    await submit(open_place, ONE)
    await open_place.handle(ONE).terminate("an operator's slip")
    await bring_back(open_place, ONE)
    await open_place.until_idle(ONE)
    until = open_place.deadline("recommendation")
    await open_place.move(until + timedelta(hours=1), ONE)
    assert await times(open_place, ONE, "application.lapsed") == [until]
    assert await open_place.handle(ONE).result() == "not-recommended"


async def test_invitations_lapse_and_alternates_step_in_until_none_is_left(open_place: Installation) -> None:
    people = await in_review(open_place)
    await open_place.client.act(ONE, f.accept(), actor=f.actor(people[0], "expert"))
    lapse = later(open_place, 3)
    await open_place.move(lapse - 5 * SECOND, ONE)
    before = await open_place.version(ONE)
    assert await times(open_place, ONE, "panel.seat-vacated") == []
    await open_place.live_until(lapse, ONE)
    await open_place.until_version(ONE, before + 5)
    assert await times(open_place, ONE, "panel.seat-vacated") == [lapse] * 3
    assert await times(open_place, ONE, "panel.seat-filled") == [lapse] * 2
    with pytest.raises(Refused, match="seat-closed"):
        await open_place.client.act(ONE, f.accept(), actor=f.actor(people[1], "expert"))
    await open_place.client.act(ONE, f.accept(), actor=f.actor(people[4], "expert"))
    review = max(open_place.deadline("review"), later(open_place, 14))
    await open_place.move(review + timedelta(hours=1), ONE)
    vacated = await times(open_place, ONE, "panel.seat-vacated")
    assert vacated[-2:] == [review] * 2
    assert review <= open_place.deadline("review_last")
    await compare_all(open_place)


async def test_a_review_counts_until_its_deadline_and_not_a_second_longer(open_place: Installation) -> None:
    people = await in_review(open_place)
    for name in people[:4]:
        await open_place.client.act(ONE, f.accept(), actor=f.actor(name, "expert"))
    review = open_place.deadline("review")
    await open_place.move(review - 5 * SECOND, ONE)
    for name in people[:3]:
        await open_place.client.act(ONE, f.review(), actor=f.actor(name, "expert"))
    await open_place.live_until(review + SECOND, ONE)
    with pytest.raises(Refused, match="late"):
        await open_place.client.act(ONE, f.review(), actor=f.actor(people[3], "expert"))
    # The seat is given up once content that was stored in time can no longer come in.
    await open_place.move(review + timedelta(minutes=16), ONE)
    assert (await open_place.types(ONE))[-2:] == ["panel.seat-vacated", "panel.seat-filled"]
    await compare_all(open_place)
