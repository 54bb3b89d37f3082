"""What happens in the round: ten applications, each on another way, and the ends of other workflows.

0001 is listed, 0002 removed by an objection, 0003 mended and not selected, 0004 held by an objection and listed after
the others, 0005 not mended in time, 0006 ineligible, of which a review is requested and decided, 0007 so often edited
that it continues as new, and withdrawn, 0008 restored from the record and never recommended, 0009 never submitted,
0010 not shortlisted. What happens only where the engine stops is in outage.py.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.recommendation.commands import RankRecommendations, Recommend, WithdrawRecommendation
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.streams import review_workflow
from tests import factories as f
from tests.draws import commit_draw, enter_numbers, open_draw
from tests.golden.story import EXTENDED, Story, agent_of
from tests.workflows.support.installation import ROUND, application, unit_list
from tests.workflows.support.messages import answer, bring_back, post
from workflows.archive import ArchiveRoundsWorkflow

NUMBERS = range(1, 11)
ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE, TEN = (application(number) for number in NUMBERS)
SHANGHAI = {THREE, FOUR}
REVIEWED = {ONE: "22", TWO: "21", THREE: "20", FOUR: "19", TEN: "15"}
AGREED = {ONE: "90", TWO: "85", THREE: "80", FOUR: "70"}
SURVEYORS = (*(f"surveyor-{n}" for n in range(1, 6)), *(f"expert-{n}" for n in range(1, 25)))
CANCELLED = "round/second-cancelled"
EDITS = 56
"""So many that its history is continued as new."""


def submit(stream: str, staff: int = 30, **changes: object) -> c.Submit:
    region = "CN-SH" if stream in SHANGHAI else "CN-BJ"
    return f.submit(region=region, host=f.unit(region=region), staff=staff, **changes)


async def intake(story: Story) -> None:
    """Everything until the intake is closed and the check open."""
    await story.act(ROUND, f.open_round(story.place.rules), f.OFFICER)
    await _submissions(story)
    await _recommendations(story)
    later = r.ExtendDeadline(
        cause="organiser", name="recommendation", until=EXTENDED, reason=f.ref("extension")
    )
    await story.act(ROUND, later, f.OFFICER)
    await story.until(ROUND, closed=("submission",))
    await story.refuse(SIX, submit(SIX, 31), f.APPLICANT, "late")
    await story.until(ROUND, stage="checking")
    for stream in (*REVIEWED, FIVE, SIX):
        await story.until(stream, stage="checking")
    await story.until(SEVEN, outcome="withdrawn")
    await story.until(EIGHT, outcome="not-recommended")


async def _submissions(story: Story) -> None:
    for stream in (ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, TEN):
        await story.act(stream, submit(stream), f.APPLICANT)
    await story.refuse(NINE, submit(NINE, field="no-such-field"), f.APPLICANT, "unknown-value")
    await _odd_messages(story)
    for number in range(EDITS):
        await story.act(SEVEN, submit(SEVEN, 40 + number), f.APPLICANT)
    await story.act(SEVEN, c.Withdraw(), f.APPLICANT)
    await story.place.handle(EIGHT).terminate("an operator's slip")
    await bring_back(story.place, EIGHT)
    await story.place.until_idle(EIGHT)


async def _odd_messages(story: Story) -> None:
    """A signal, the same id twice, what nobody can read, a name that does not exist, and a cancel request."""
    client, place = story.place.client, story.place
    edit = submit(ONE, 31)
    await client.signal(ONE, edit, actor=f.APPLICANT, command_id="by-signal")
    await place.until_version(ONE, 2)
    await client.act(ONE, edit, actor=f.APPLICANT, command_id="by-signal")
    for name, body in (("act", b'{"command_id": "g-1", "actor'), ("no-such-act", b"{}")):
        (code, _), _ = await answer(await post(place, ONE, body, name=name, update_id=story.next_id()))
        assert code, f"{name} was taken"
    version = await place.version(TEN)
    await place.handle(TEN).cancel()
    await place.until_version(TEN, version + 1)
    await place.until_idle(TEN)


async def _recommendations(story: Story) -> None:
    bj = unit_list("bj")
    await story.recommend("bj", "0001", revision=2)
    await story.recommend("bj", "0002")
    await story.refuse(bj, Recommend(application="0008", revision=1), agent_of("bj"), "quota-full")
    await story.act(bj, WithdrawRecommendation(application="0002"), agent_of("bj"))
    await story.recommend("bj", "0002")
    await story.act(bj, RankRecommendations(order=("0002", "0001")), agent_of("bj"))
    for unit, number in (("sh", "0003"), ("sh", "0004"), ("unit-1", "0005"), ("unit-2", "0006")):
        await story.recommend(unit, number)
    await story.recommend("unit-3", "0010")
    with pytest.raises(Refused):
        await story.recommend("unit-4", "0009")


async def check(story: Story) -> str:
    """The legality check, with one fault mended and one not, and a request for review.

    Returns the run that closed with the end of which the review was requested.
    """
    back = c.SendBack(faults=("evidence-unclear",), text=f.ref("faults"))
    for stream in (THREE, FIVE):
        await story.act(stream, back, f.OFFICER)
    await story.act(THREE, c.Mend(submission=submit(THREE, 31).submission), f.APPLICANT)
    failed = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref("grounds"))
    await story.act(SIX, failed, f.OFFICER)
    ended = await _request_review(story)
    for stream, revision in ((ONE, 2), (TWO, 1), (THREE, 2), (FOUR, 1), (TEN, 1)):
        await story.act(stream, c.PassCheck(revision=revision), f.OFFICER)
    await story.until(FIVE, stage="checking")
    await story.act(FIVE, failed, f.OFFICER)
    await story.until(ROUND, stage="drawing")
    return ended


async def _request_review(story: Story) -> str:
    """Have an end reviewed on request, at once: there are few days for it. Return the run that closed with that end."""
    place = story.place
    await place.handle(SIX).result()
    ended = (await place.handle(SIX).describe()).run_id
    await story.act(SIX, f.request_review(), f.APPLICANT)
    people = ("examiner-3", "surveyor-5")
    await story.act(SIX, c.AppointDeciders(ground="conflict-overlooked", deciders=people), f.OFFICER)
    for person in people:
        await story.act(SIX, f.rule_on_request(""), f.actor(person, Role.EXAMINER))
    for workflow_id in (review_workflow(SIX), SIX):
        assert await place.handle(workflow_id).result() == "ineligible"
    return ended


async def review(story: Story) -> None:
    """The draw and the reviews: a seat is declined, one is silent, a conflict comes to light."""
    await draw(story)
    await story.until(ROUND, stage="review", batch="")
    panel = await list_invited(story, ONE)
    await story.act(ONE, c.DeclineInvitation(), f.actor(panel[0], "expert"))
    for expert in panel[2:]:
        await story.act(ONE, f.accept(), f.actor(expert, "expert"))
    await story.refuse(ONE, f.review("26"), f.actor(panel[2], "expert"), "score-outside")
    for expert in panel[2:]:
        await story.act(ONE, f.review(REVIEWED[ONE]), f.actor(expert, "expert"))
    await story.act(ONE, f.report_conflict(panel[4]), f.OFFICER)
    await story.act(ONE, f.rule(upheld=True), f.SUPERVISOR)
    for stream in (TWO, THREE, FOUR, TEN):
        await _review_all(story, stream)
    while panel[1] in await list_invited(story, ONE):
        await asyncio.sleep(0.1)
    await _review_all(story, ONE)
    await story.until(ROUND, stage="shortlisting", batch="")


async def draw(story: Story) -> None:
    """Commit a draw, and open it once its numbers are public and entered."""
    soon = datetime.now(UTC) + timedelta(seconds=5)
    await story.act(ROUND, commit_draw("main", soon, story.place.rules), f.OFFICER)
    public = (await story.place.state(ROUND)).draws["main"].public
    while datetime.now(UTC) <= public + timedelta(seconds=1):
        await asyncio.sleep(0.05)
    await story.act(ROUND, enter_numbers(), f.OFFICER)
    await story.act(ROUND, open_draw(), f.OPENER)


async def list_invited(story: Story, stream: str) -> list[str]:
    """Who is to answer an invitation, by seat."""
    state = await story.place.state(stream)
    return [seat.expert for seat in state.seats if seat.status == "invited"]


async def _review_all(story: Story, stream: str) -> None:
    for expert in await list_invited(story, stream):
        await story.act(stream, f.accept(), f.actor(expert, "expert"))
        await story.act(stream, f.review(REVIEWED[stream]), f.actor(expert, "expert"))


async def propose(story: Story) -> None:
    """Shortlist, surveys, appraisals and the first proposal, which passes one over."""
    await story.act(ROUND, r.FixDeviatingShortlist(remove={"0010": f.ref("removed")}), f.OFFICER)
    await story.until(ROUND, stage="survey", batch="")
    for stream in AGREED:
        await _visit_and_appraise(story, stream)
    await story.until(ROUND, stage="proposal", batch="")
    proposal = f.propose("0001", "0002", "0004", **{"0003": "passed-over"})
    await story.act(ROUND, proposal, f.OFFICER)
    await story.until(ROUND, stage="proposal", batch="")


async def _visit_and_appraise(story: Story, stream: str) -> None:
    state = await story.place.state(stream)
    panel = tuple(seat.expert for seat in state.seats if seat.status == "submitted")
    met = state.model_dump_json()
    team = tuple(name for name in SURVEYORS if f'"{name}"' not in met)[:3]
    await story.act(stream, c.AppointSurveyTeam(lead=team[0], members=team), f.OFFICER)
    reported = f.survey((await story.place.state(stream)).joined[team[0]])
    await story.act(stream, reported, f.actor(team[0], Role.SURVEYOR))
    await story.act(stream, c.AppointChair(chair=panel[0], reason=f.ref("why")), f.OFFICER)
    for act, actor in f.hold_meeting(panel, panel[0], score=AGREED[stream], reason=f.ref("far")):
        await story.act(stream, act, actor)


async def notice(story: Story) -> None:
    """The public notice: one objection is dismissed, one upheld, and one outlasts it."""
    await story.act(ROUND, r.OpenPublicNotice(proposal=1), f.OFFICER)
    await story.until(ROUND, stage="notice", batch="")
    for stream, outcome in ((ONE, "dismissed"), (TWO, "upheld"), (FOUR, "")):
        await story.act(stream, f.objection(), f.actor("objector-1"))
        await story.act(stream, f.examiners(), f.OFFICER)
        if outcome:
            await story.act(stream, f.settle(outcome), f.actor("examiner-1"))
    await story.until(TWO, outcome="removed")
    await story.until(ROUND, stage="approval", batch="")


async def issue(story: Story) -> None:
    """Approval with one item sent back and proposed again; the list; and the one that was held, after it."""
    await _integrity(story, 1)
    back = r.SendBackProposal(proposal=1, level="department", items=("0001",), reason=f.ref("back"))
    await story.act(ROUND, back, f.actor("approver-1"))
    await story.until(ROUND, stage="proposal", batch="")
    await story.act(ROUND, f.propose("0001"), f.OFFICER)
    await story.until(ROUND, stage="proposal", batch="")
    await story.act(ROUND, r.OpenPublicNotice(proposal=2), f.OFFICER)
    await story.until(ROUND, stage="approval", batch="")
    await _integrity(story, 2, {"0001": f.ref("hit")})
    cleared = f.rule_on_hit("0001", text=f.ref("ruling"))
    await story.act(ROUND, cleared, f.actor("supervisor-2"))
    await _agree(story, 2)
    await story.until(ONE, outcome="listed")
    await story.until(THREE, outcome="not-selected")
    await story.act(FOUR, f.settle("partly-upheld"), f.actor("examiner-1"))
    await story.until(ROUND, stage="approval", batch="")
    await _integrity(story, 3)
    await _agree(story, 3)
    await story.until(FOUR, outcome="listed")
    assert await story.place.handle(ROUND).result() == "issued"


async def _integrity(story: Story, proposal: int, hits: dict[str, object] | None = None) -> None:
    check = r.RecordIntegrityCheck(proposal=proposal, hits=hits or {}, text=f.ref("integrity"))
    await story.act(ROUND, check, f.SUPERVISOR)


async def _agree(story: Story, proposal: int) -> None:
    for person, level in (
        ("approver-1", "department"),
        ("approver-2", "ministry"),
        ("approver-3", "ministry"),
    ):
        await story.act(ROUND, r.Approve(proposal=proposal, level=level), f.actor(person))
    await story.act(ROUND, r.IssueList(proposal=proposal), f.OFFICER)


async def cancel(story: Story) -> None:
    """Another round, opened and cancelled."""
    await story.act(CANCELLED, f.open_round(story.place.rules), f.OFFICER)
    await story.act(CANCELLED, r.CancelRound(reason=f.ref("why")), f.OFFICER)
    assert await story.place.handle(CANCELLED).result() == "cancelled"


async def archive(story: Story) -> None:
    """What the daily schedule starts, while the round is open."""
    queue = story.place.ends.task_queue
    found = await story.place.temporal.execute_workflow(
        ArchiveRoundsWorkflow.run, id="archive-rounds", task_queue=queue
    )
    for round_id in found:
        await story.place.handle(f"archive/{round_id}").result()
