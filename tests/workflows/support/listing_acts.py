"""The acts of a round from its fixed scores to the issued list, with an objection that holds its item and a send-back.

The second application's objection outlasts the notice, so the first goes on alone; it comes back from the approvers,
and when it has had a notice of its own the second is clear and joins it again: both are listed.
"""

from datetime import datetime, timedelta

from selection.application import commands as c
from selection.round import commands as r
from tests import factories as f
from tests.workflows.support.acting import Act, Mode, Stage, interleave
from tests.workflows.support.acts import ONE, TWO, by, to_the_scores
from tests.workflows.support.installation import ROUND, Installation

MINUTE = timedelta(minutes=1)


async def whole_round(stage: Stage, place: Installation) -> None:
    """Send everything, from the call to the issued list."""
    sitting = await to_the_scores(stage, place)
    await to_the_notice(stage, place, sitting)
    await under_objection(stage, place)
    await send_item_back(stage, place)
    await notice_again(stage, place)
    await issue_all(stage, place)


async def look_until(stage: Stage, place: Installation, wanted: str) -> None:
    """Let the round look at the record until it stands at a stage."""
    for _ in range(10):
        await place.until_idle(ROUND)
        if (await place.state(ROUND)).stage == wanted:
            return
        if stage.mode is Mode.COLD:
            await stage.begin()
        await place.handle(ROUND).signal("look")
    raise AssertionError(f"the round does not come to {wanted}")


def appoint(stream: str, reviewers: list[str]) -> list[Act]:
    """A team is appointed; the panel would meet before it was there."""
    known = [f"surveyor-{number}" for number in range(1, 6)]
    team = tuple(name for name in known if name not in reviewers)[:3]
    met, *_ = [act for act, _ in f.hold_meeting(reviewers, reviewers[0], reason=f.ref("far"))]
    return [
        by("officer-1", c.AppointSurveyTeam(lead=team[0], members=team), stream, "team-1"),
        by(reviewers[0], met, stream, "met-early"),
    ]


async def visits(place: Installation, stream: str, reviewers: list[str]) -> list[Act]:
    """The team goes there, the chair is appointed, and the panel meets."""
    state, chair = await place.state(stream), reviewers[0]
    met, *votes, closed = [act for act, _ in f.hold_meeting(reviewers, chair, reason=f.ref("far"))]
    return [
        by(state.lead, f.survey(state.joined[state.lead]), stream, "survey-1", as_signal=True),
        by("officer-1", c.AppointChair(chair=chair, reason=f.ref("why")), stream, "chair-1"),
        by(chair, met, stream, "met-1"),
        *(by(who, vote, stream, f"vote-{who}") for who, vote in zip(reviewers, votes, strict=True)),
        by(chair, closed, stream, "closed-1"),
    ]


async def to_the_notice(stage: Stage, place: Installation, sitting: dict[str, list[str]]) -> None:
    """Shortlist, survey, appraisal, proposal and the opening of the notice; who is too early is refused."""
    await look_until(stage, place, "shortlisting")
    await send_decision(
        stage,
        place,
        by("officer-1", r.FixShortlist(), ROUND, "shortlist-1"),
        by("officer-2", r.FixShortlist(), ROUND, "shortlist-2"),
    )
    await look_until(stage, place, "survey")
    await stage.send_all(interleave(5, *(appoint(stream, people) for stream, people in sitting.items())))
    visiting = [await visits(place, stream, people) for stream, people in sitting.items()]
    await stage.send_all(interleave(5, *visiting))
    await look_until(stage, place, "proposal")
    await send_decision(
        stage,
        place,
        by("officer-1", f.propose("0001", "0002"), ROUND, "propose-1"),
        by("officer-1", r.OpenPublicNotice(proposal=1), ROUND, "notice-early"),
    )
    await send_decision(stage, place, by("officer-1", r.OpenPublicNotice(proposal=1), ROUND, "notice-1"))


async def send_decision(stage: Stage, place: Installation, *acts: Act) -> None:
    """Send a decision that a batch carries out, with no more than one act after it, and wait for the batch's end.

    A second act after it might be taken before the batch has ended or after it: two orders, both right.
    """
    await stage.send_all(acts)
    await place.until_idle(ROUND)


async def under_objection(stage: Stage, place: Installation) -> None:
    """An objection is raised, and is still open when the notice ends."""
    raised = f.objection()
    await stage.send_all(
        [
            by("objector-1", raised, TWO, "objection-1"),
            by("objector-1", raised, TWO, "objection-1", as_signal=True),
            by("officer-1", f.examiners(), TWO, "examiners-1"),
        ]
    )
    await end_of_notice(place, ONE, TWO)
    await look_until(stage, place, "approval")


async def end_of_notice(place: Installation, *streams: str) -> None:
    ends: list[datetime] = [(await place.state(stream)).until for stream in streams]
    await place.move(max(ends) + MINUTE, *streams)


def approve(person: str, level: str, proposal: int, command_id: str) -> Act:
    return by(person, r.Approve(proposal=proposal, level=level), ROUND, command_id)


async def send_item_back(stage: Stage, place: Installation) -> None:
    """A hit is ruled on, one level agrees, and one member of the next sends the item back."""
    hits = {"0001": f.ref("hit")}
    check = r.RecordIntegrityCheck(proposal=1, hits=hits, text=f.ref("integrity"))
    cleared = f.rule_on_hit("0001", text=f.ref("ruling"))
    back = r.SendBackProposal(proposal=1, level="ministry", items=("0001",), reason=f.ref("back"))
    await stage.send_all(
        [
            by("supervisor-2", check, ROUND, "integrity-1"),
            approve("approver-1", "department", 1, "approve-early"),
            by("supervisor-2", cleared, ROUND, "hit-1"),
            approve("approver-1", "department", 1, "approve-1"),
            approve("approver-2", "ministry", 1, "approve-2"),
            by("approver-3", back, ROUND, "back-1"),
            approve("approver-3", "ministry", 1, "approve-3"),
        ]
    )


async def notice_again(stage: Stage, place: Installation) -> None:
    """What was sent back is proposed and noticed again; meanwhile the objection against the other is dismissed."""
    await send_decision(stage, place, by("officer-1", f.propose("0001"), ROUND, "propose-2"))
    await stage.send_all(
        [
            by("officer-1", r.OpenPublicNotice(proposal=2), ROUND, "notice-2"),
            by("examiner-1", f.settle(), TWO, "settle-1"),
            by("examiner-1", f.settle("upheld"), TWO, "settle-2"),
        ]
    )
    await place.until_idle(ROUND)
    await end_of_notice(place, ONE)
    await look_until(stage, place, "approval")
    await place.until_idle(ROUND)


async def issue_all(stage: Stage, place: Installation) -> None:
    """All levels agree to both, the list is issued, and every workflow of the list ends."""
    check = r.RecordIntegrityCheck(proposal=3, text=f.ref("integrity"))
    issue = r.IssueList(proposal=3)
    await stage.send_all(
        [
            by("supervisor-2", check, ROUND, "integrity-2"),
            approve("approver-1", "department", 3, "approve-4"),
            approve("approver-2", "ministry", 3, "approve-5"),
            approve("approver-3", "ministry", 3, "approve-6"),
            by("officer-1", issue, ROUND, "issue-1"),
            by("officer-2", issue, ROUND, "issue-2"),
        ]
    )
    for stream in (ONE, TWO, ROUND):
        await place.handle(stream).result()
