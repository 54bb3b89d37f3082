"""An objection that outlasts the public notice holds its own item; the list is approved and issued without it."""

from datetime import datetime, timedelta

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.round import commands as r
from tests import factories as f
from tests.workflows.process.test_deadlines import BJ, recommend, submit, times
from tests.workflows.process.test_late_stages import look_until
from tests.workflows.support import drawing
from tests.workflows.support.acts import panel
from tests.workflows.support.histories import compare_all
from tests.workflows.support.installation import ROUND, Installation, application

FIRST, SECOND_BEST = application(1), application(2)
POINTS = {FIRST: "20", SECOND_BEST: "18"}
AGREEING = (("approver-1", "department"), ("approver-2", "ministry"), ("approver-3", "ministry"))


async def review_all(place: Installation, stream: str) -> list[str]:
    """Let the whole panel of an application accept and review; return who sits on it."""
    _, people, _ = await panel(place, stream)
    for name in people:
        await place.client.act(stream, f.accept(), actor=f.actor(name, "expert"))
        await place.client.act(stream, f.review(POINTS[stream]), actor=f.actor(name, "expert"))
    return people


async def visit_and_appraise(place: Installation, stream: str, people: list[str]) -> None:
    known = [f"surveyor-{number}" for number in range(1, 6)]
    team = tuple(name for name in known if name not in people)[:3]
    appointed = c.AppointSurveyTeam(lead=team[0], members=team)
    await place.client.act(stream, appointed, actor=f.OFFICER)
    reported = f.survey((await place.state(stream)).joined[team[0]])
    await place.client.act(stream, reported, actor=f.actor(team[0], Role.SURVEYOR))
    await place.client.act(stream, c.AppointChair(chair=people[0], reason=f.ref("why")), actor=f.OFFICER)
    for act, actor in f.hold_meeting(people, people[0], reason=f.ref("far")):
        await place.client.act(stream, act, actor=actor)


async def to_the_notice(place: Installation) -> datetime:
    """Lead two applications to the public notice; return when it ends."""
    await submit(place, FIRST, SECOND_BEST)
    await recommend(place, "0001", "0002")
    after = place.deadline("recommendation") + timedelta(hours=1)
    await place.move(after, ROUND, FIRST, SECOND_BEST, BJ)
    for stream in POINTS:
        await place.client.act(stream, c.PassCheck(revision=1), actor=f.OFFICER)
    await look_until(place, "drawing")
    await drawing.commit(place)
    await drawing.open_(place)
    await look_until(place, "review")
    panels = {stream: await review_all(place, stream) for stream in POINTS}
    await look_until(place, "shortlisting")
    await place.client.act(ROUND, r.FixShortlist(), actor=f.OFFICER)
    await look_until(place, "survey")
    for stream, people in panels.items():
        await visit_and_appraise(place, stream, people)
    await look_until(place, "proposal")
    await place.client.act(ROUND, f.propose("0001", "0002"), actor=f.OFFICER)
    await place.until_idle(ROUND)
    await place.client.act(ROUND, r.OpenPublicNotice(proposal=1), actor=f.OFFICER)
    await place.until_idle(ROUND)
    until = (await place.state(FIRST)).until
    assert isinstance(until, datetime)
    return until


async def approve(place: Installation, proposal: int) -> None:
    await look_until(place, "approval")
    check = r.RecordIntegrityCheck(proposal=proposal, text=f.ref("integrity"))
    await place.client.act(ROUND, check, actor=f.SUPERVISOR)
    for person, level in AGREEING:
        agreed = r.Approve(proposal=proposal, level=level)
        await place.client.act(ROUND, agreed, actor=f.actor(person))


async def test_the_others_are_listed_while_one_is_held_and_it_follows_when_its_objection_is_settled(
    open_place: Installation,
) -> None:
    until = await to_the_notice(open_place)
    await open_place.client.act(FIRST, f.objection(), actor=f.actor("objector-1"))
    await open_place.move(until + timedelta(minutes=1), FIRST, SECOND_BEST)
    assert await times(open_place, FIRST, "notice.held") == [until]
    assert await times(open_place, SECOND_BEST, "notice.passed") == [until]

    await approve(open_place, 1)
    # Settled now, it is clear, but not among what the levels have approved.
    await open_place.client.act(FIRST, f.examiners(), actor=f.OFFICER)
    await open_place.client.act(FIRST, f.settle(), actor=f.actor("examiner-1"))
    await open_place.client.act(ROUND, r.IssueList(proposal=1), actor=f.OFFICER)
    assert await open_place.handle(SECOND_BEST).result() == "listed"
    assert (await open_place.state(SECOND_BEST)).place == 1
    await look_until(open_place, "approval")
    assert (await open_place.state(FIRST)).stage == "cleared"

    await approve(open_place, 2)
    await open_place.client.act(ROUND, r.IssueList(proposal=2), actor=f.OFFICER)
    assert await open_place.handle(FIRST).result() == "listed"
    assert (await open_place.state(FIRST)).place == 2
    assert await open_place.handle(ROUND).result() == "issued"
    assert (await open_place.types(ROUND)).count("round.list-issued") == 2
    await compare_all(open_place)
