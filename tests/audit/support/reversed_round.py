"""A round in which decisions are reversed at every turn, up to its list: told by real acts, to be judged."""

from datetime import timedelta
from functools import cache

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.small_round import before_the_draw
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, reverse
from tests.whole_round import LoggedDesk, WholeRound

TEAM, OTHERS = ("surveyor-1", "surveyor-2", "surveyor-3"), ("surveyor-4", "surveyor-5", "surveyor-6")
"""Who surveys, and who does so again: nobody of those whose report was reversed."""


@cache
def make_reversed_round() -> WholeRound:
    """The check is reversed after the score, a ruling before the survey, the survey in the notice. Read only."""
    made = before_the_draw(9)
    with pause_counting():
        for tell in (_review, _reverse_check, _survey, _reverse_survey, _approve):
            tell(made)
    return made


def _desk(made: WholeRound) -> LoggedDesk:
    return made.app("0001")


def _panel(made: WholeRound, status: str) -> list[str]:
    return [seat.expert for seat in _desk(made).state.seats if seat.status == status]


def _agree(made: WholeRound, decision: str, report: str = "") -> None:
    for actor in (OTHER, SECOND):
        _desk(made).act(reverse(decision, report), actor)


def _review(made: WholeRound) -> None:
    made.draw("main")
    made.look()
    desk = _desk(made)
    for expert in _panel(made, "invited"):
        desk.act(f.accept(), f.actor(expert))
    for expert in _panel(made, "accepted"):
        desk.act(f.review("20"), f.actor(expert))
    desk.act(c.AppointChair(chair=_panel(made, "submitted")[1], reason=f.ref("why")), f.OFFICER)
    made.look()


def _reverse_check(made: WholeRound) -> None:
    _agree(made, "check")
    made.round.settle()
    assert made.round.state.stage is RoundStage.SHORTLISTING
    assert made.round.refuse(r.FixShortlist(), f.OFFICER) == "still-open"
    _desk(made).act(c.PassCheck(revision=1), OTHER)
    made.fix_shortlist({}, {})
    made.look()


def _survey(made: WholeRound) -> None:
    desk, member = _desk(made), _panel(made, "submitted")[0]
    desk.act(f.report_conflict(member), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    _agree(made, "conflict", "report-1")
    desk.act(f.rule(upheld=False), SECOND)
    for person in (*TEAM, *OTHERS):
        made.register(f.person(person, "objector"))
    desk.act(f.team(), f.OFFICER)
    desk.act(f.survey(made.now), f.actor("surveyor-1", Role.SURVEYOR))
    made.look()
    _meet(made, 1)
    made.propose("0001")
    made.open_notice()


def _meet(made: WholeRound, number: int) -> None:
    desk = _desk(made)
    panel = _panel(made, "submitted")
    for act, actor in f.hold_meeting(panel, desk.state.chair, number, reason=f.ref("far")):
        desk.act(act, actor)
    if made.round.state.stage is RoundStage.APPRAISAL:
        made.look()


def _reverse_survey(made: WholeRound) -> None:
    made.now += timedelta(days=1)
    _agree(made, "survey")
    made.look()
    assert made.round.state.stage is RoundStage.PROPOSAL
    assert made.round.refuse(f.propose("0001"), f.OFFICER) == "still-open"
    desk = _desk(made)
    desk.act(f.team(*OTHERS, lead="surveyor-4"), f.OFFICER)
    desk.act(f.survey(made.now), f.actor("surveyor-4", Role.SURVEYOR))
    _meet(made, 2)
    assert desk.state.stage is Stage.APPRAISED
    made.propose("0001")
    made.open_notice()
    made.wait(made.now + timedelta(days=9))
    made.look()


def _approve(made: WholeRound) -> None:
    number = made.round.state.proposal
    hits = {"0001": f.ref("hit")}
    made.judge(r.RecordIntegrityCheck(proposal=number, hits=hits, text=f.ref("integrity")), "supervisor-1")
    made.judge(f.rule_on_hit("0001"), "supervisor-1")
    made.judge(r.Approve(proposal=number, level="department"), "approver-1")
    for application in ("0001", ""):
        wrong = r.ReverseIntegrityDecision(application=application, text=f.ref("wrong-decision"))
        if not application:
            made.round.act(wrong, f.OFFICER)
            made.round.act(r.DeclineIntegrityReversal(text=f.ref("stands")), SECOND)
        for who in (f.OFFICER, SECOND):
            made.round.act(wrong, who)
    made.judge(f.rule_on_hit("0001"), "supervisor-2")
    made.judge(r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity")), "supervisor-2")
    for person, level in (
        ("approver-1", "department"),
        ("approver-2", "ministry"),
        ("approver-3", "ministry"),
    ):
        made.judge(r.Approve(proposal=number, level=level), person)
    made.issue()
