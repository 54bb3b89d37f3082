"""The last deadlines on virtual time: the last day of the review, and the seven days of the public notice."""

from datetime import datetime, timedelta

import pytest

from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.rules.terms import terms_of
from tests import factories as f
from tests.workflows.process.test_deadlines import SECOND, in_review, times
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import (
    ROUND,
    Installation,
    application,
    calendar,
    installation,
    rules,
)

ONE = application(1)
SHORT = {"check": 46, "review": 50, "review_last": 52}


async def look_until(place: Installation, stage: str) -> None:
    """Let the round look at the record until it stands at a stage."""
    for _ in range(10):
        await place.until_idle(ROUND)
        if (await place.state(ROUND)).stage == stage:
            return
        await place.handle(ROUND).signal("look")
    raise AssertionError(f"the round does not come to {stage}")


async def test_no_late_invitation_extends_the_review_beyond_its_last_day(servers: Endpoints) -> None:
    async with installation(servers, rules(calendar=calendar(**SHORT))) as place, place.worker():
        await place.open_round()
        people = await in_review(place)
        last = place.deadline("review_last")
        await place.client.act(ONE, f.accept(), actor=f.actor(people[0], "expert"))
        assert [seat.review_by for seat in (await place.state(ONE)).seats] == [last] * 4
        await place.move(last + timedelta(minutes=16), ONE)
        # Three never answered, the alternates after them neither, and who accepted handed nothing in.
        vacated = await times(place, ONE, "panel.seat-vacated")
        assert vacated[-1] == last
        assert all(at <= last for at in await times(place, ONE, "panel.seat-filled"))
        with pytest.raises(Refused, match="seat-closed"):
            await place.client.act(ONE, f.review(), actor=f.actor(people[0], "expert"))
        await compare_all(place)


async def to_the_notice(place: Installation) -> datetime:
    """Lead one application from its review to the public notice; return when the notice was opened."""
    people = (await in_review(place))[:4]
    for name in people:
        await place.client.act(ONE, f.accept(), actor=f.actor(name, "expert"))
        await place.client.act(ONE, f.review(), actor=f.actor(name, "expert"))
    await look_until(place, "shortlisting")
    await place.client.act(ROUND, r.FixShortlist(), actor=f.OFFICER)
    await look_until(place, "survey")
    surveyors = tuple(f"surveyor-{n}" for n in range(1, 6) if f"surveyor-{n}" not in people)[:3]
    team = c.AppointSurveyTeam(lead=surveyors[0], members=surveyors)
    await place.client.act(ONE, team, actor=f.OFFICER)
    reported = f.survey((await place.state(ONE)).joined[surveyors[0]])
    await place.client.act(ONE, reported, actor=f.actor(surveyors[0], Role.SURVEYOR))
    await place.client.act(ONE, c.AppointChair(chair=people[0], reason=f.ref("why")), actor=f.OFFICER)
    for act, actor in f.hold_meeting(people, people[0], reason=f.ref("far")):
        await place.client.act(ONE, act, actor=actor)
    await look_until(place, "proposal")
    await place.client.act(ROUND, f.propose("0001"), actor=f.OFFICER)
    await place.until_idle(ROUND)
    await place.client.act(ROUND, r.OpenPublicNotice(proposal=1), actor=f.OFFICER)
    await place.until_idle(ROUND)
    [opened] = await times(place, ONE, "notice.opened")
    return opened


async def test_the_notice_lasts_seven_natural_days_after_the_day_it_was_opened(
    open_place: Installation,
) -> None:
    opened = await to_the_notice(open_place)
    until = terms_of(open_place.rules).after(opened, 7)
    assert timedelta(days=7) <= until - opened <= timedelta(days=8)
    await open_place.move(until - 5 * SECOND, ONE)
    assert (await open_place.state(ONE)).stage == "notice"
    before = await open_place.version(ONE)
    await open_place.live_until(until, ONE)
    await open_place.until_version(ONE, before + 1)
    assert await times(open_place, ONE, "notice.passed") == [until]
    with pytest.raises(Refused, match="no-notice"):
        await open_place.client.act(ONE, f.objection(), actor=f.actor("objector-1"))
    await look_until(open_place, "approval")
    await compare_all(open_place)
