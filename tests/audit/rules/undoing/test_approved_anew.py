"""What levels approved of an application before a decision on it was reversed does not count for the next proposal."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.round import commands as r
from tests import factories as f
from tests.audit.rules.people.test_fresh_panels import review_all
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import place, point, with_data
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, reverse
from tests.whole_round import WholeRound

BOTH = ("0001", "0002")
DAY = timedelta(days=1)
PROPOSED = "round.proposed.v1"


def meet(made: WholeRound, number: str, meeting: int = 1) -> None:
    desk = made.app(number)
    panel = [seat.expert for seat in desk.state.seats if seat.status == "submitted"]
    for act, actor in f.hold_meeting(panel, desk.state.chair, meeting, reason=f.ref("far")):
        desk.act(act, actor)


def make_proposal(*failing: str) -> WholeRound:
    """A round with two applications in its proposal, but those that failed the check."""
    standing = [number for number in BOTH if number not in failing]
    pool = {f.expert(number) for number in range(1, 25)}
    people = [item for item in f.people().values() if "expert" not in item.roles or item.person in pool]
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people)
    made.now += DAY
    for number in BOTH:
        made.app(number).act(f.submit(), f.APPLICANT)
        made.recommend("bj", "recommender-1", number)
    made.wait(f.deadline("recommendation") + DAY)
    for number in BOTH:
        fail = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref("failed"))
        made.app(number).act(fail if number in failing else c.PassCheck(revision=1), f.OFFICER)
    made.look()
    made.draw("main")
    made.look()
    for number in standing:
        review_all(made.app(number), "15")
        made.app(number).act(
            c.AppointChair(chair=made.app(number).state.seats[0].expert, reason=f.ref("why")), f.OFFICER
        )
    made.look()
    made.fix_shortlist({}, {})
    made.look()
    for seat in (1, 2, 3):
        made.register(f.person(f"surveyor-{seat}", "objector"))
    for number in standing:
        made.app(number).act(f.team(), f.OFFICER)
        made.app(number).act(f.survey(made.now), f.actor("surveyor-1", Role.SURVEYOR))
    made.look()
    for number in standing:
        meet(made, number)
    made.look()
    made.propose(*standing)
    return made


def notice(made: WholeRound) -> None:
    made.open_notice()
    made.wait(made.now + 9 * DAY)
    made.look()
    number = made.round.state.proposal
    made.judge(r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity")), "supervisor-1")


def approve(made: WholeRound, level: str, *people: str) -> None:
    for person in people:
        made.judge(r.Approve(proposal=made.round.state.proposal, level=level), person)


@cache
def approve_anew() -> WholeRound:
    """A level sent one back, a decision on the other was reversed, and both were proposed as before. Read only."""
    with pause_counting():
        made = make_proposal()
        notice(made)
        approve(made, "department", "approver-1")
        back = r.SendBackProposal(proposal=1, level="ministry", items=("0002",), reason=f.ref("back"))
        made.judge(back, "approver-2")
        for actor in (OTHER, SECOND):
            made.app("0001").act(reverse("appraisal"), actor)
        meet(made, "0001", 2)
        made.propose(*BOTH)
        notice(made)
        assert made.round.state.passed == ()
        approve(made, "department", "approver-1")
        approve(made, "ministry", "approver-2", "approver-3")
        made.issue()
    return made


def test_an_honest_round_is_proven(tmp_path: Path) -> None:
    made = approve_anew()
    assert made.round.state.stage is RoundStage.ISSUED
    assert made.log[place(made.log, PROPOSED, nth=1)].data["anew"] == ["0001"]
    assert [claim for claim in judge_round(tmp_path, made).values() if claim.verdict is Verdict.REFUTED] == []


def test_approvals_that_outlast_a_reversal_are_found(tmp_path: Path) -> None:
    made, log = make_proposal(), approve_anew().log
    second = place(log, PROPOSED, nth=1)
    made.log = with_data(log, second, anew=[])
    claim = judge_round(tmp_path, made)["approvals-in-order"]
    found = (Verdict.REFUTED, "approvals-outlast", point(second))
    assert (claim.verdict, claim.finding, claim.point) == found
