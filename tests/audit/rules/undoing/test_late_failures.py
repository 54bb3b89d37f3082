"""A check that is made again late and failed ends an application whose panel has met: others reverse that too."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import Change, Log, Tampered, drop, place, point, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, reverse
from tests.whole_round import WholeRound

FIRST, SECOND_BEST = "0001", "0002"
AGENTS = {FIRST: ("applicant-1", f.HOST), SECOND_BEST: ("applicant-3", "91-other")}
TEAMS = {FIRST: (1, 2, 3), SECOND_BEST: (4, 5, 6)}
THIRD = f.actor("officer-3")
FAIL = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
PASS = c.PassCheck(revision=1)
LEVELS = {"approver-1": "department", "approver-2": "ministry", "approver-3": "ministry"}


def reach_approval() -> WholeRound:
    """A round of one place and three officers in approval: the best application has it, the other is in reserve."""
    staff = {**f.RULES_DATA["staff"], "officers": ["officer-1", "officer-2", "officer-3"]}
    people = [item for item in f.people().values() if not item.person.startswith(("surveyor", "insider"))]
    rules = f.rules(panel=f.SMALL_PANEL, staff=staff, places=1, filled_from_reserve=True)
    made = WholeRound(rules, people)
    made.now += timedelta(days=1)
    for number, (agent, host) in AGENTS.items():
        made.app(number).act(f.submit(host=f.unit(host)), f.actor(agent))
        made.recommend("bj", "recommender-1", number)
    made.wait(f.deadline("recommendation") + timedelta(days=1))
    for number in AGENTS:
        made.app(number).act(PASS, f.OFFICER)
    made.look()
    made.draw("main")
    made.look()
    for number in AGENTS:
        _review(made, number)
    made.look()
    made.fix_shortlist({}, {})
    made.look()
    for number in AGENTS:
        _survey(made, number)
    made.look()
    for number, score in zip(AGENTS, ("80", "60"), strict=True):
        meeting = (_list_panel(made, number, "submitted"), made.app(number).state.chair, 1)
        for act, actor in f.hold_meeting(*meeting, reason=f.ref("far"), score=score):
            made.app(number).act(act, actor)
    made.look()
    _go_to_approval(made)
    return made


def _list_panel(made: WholeRound, number: str, status: str) -> list[str]:
    return [seat.expert for seat in made.app(number).state.seats if seat.status == status]


def _review(made: WholeRound, number: str) -> None:
    desk = made.app(number)
    for expert in _list_panel(made, number, "invited"):
        desk.act(f.accept(), f.actor(expert))
        desk.act(f.review("20" if number == FIRST else "15"), f.actor(expert))
    chair = _list_panel(made, number, "submitted")[0]
    desk.act(c.AppointChair(chair=chair, reason=f.ref("why")), f.OFFICER)


def _survey(made: WholeRound, number: str) -> None:
    team = [f"surveyor-{place}" for place in TEAMS[number]]
    for name in team:
        made.register(f.person(name, "objector"))
    made.app(number).act(f.team(*team, lead=team[0]), f.OFFICER)
    made.app(number).act(f.survey(made.now), f.actor(team[0], Role.SURVEYOR))


def _go_to_approval(made: WholeRound) -> None:
    made.propose(FIRST)
    made.open_notice()
    made.wait(made.now + timedelta(days=9))
    made.look()
    assert made.round.state.stage is RoundStage.APPROVAL


def fail_late(made: WholeRound, *, seen: bool = False) -> None:
    """Two have the check reversed while levels decide, and one of them fails it; the round has `seen` what is void."""
    for actor in (OTHER, SECOND):
        made.app(FIRST).act(reverse("check"), actor)
    if seen:
        made.look()
        assert made.round.state.stage is RoundStage.PROPOSAL
    made.app(FIRST).act(FAIL, OTHER)
    assert made.app(FIRST).state.outcome == Outcome.INELIGIBLE.value


def bring_back(made: WholeRound, *, seen: bool = True) -> None:
    """Two others have that reversed, and the check is passed, also before the round has `seen` the first of it."""
    for actor in (THIRD, f.SUPERVISOR):
        made.app(FIRST).act(reverse("check"), actor)
    if seen:
        made.look()
    made.app(FIRST).act(PASS, THIRD)
    if not seen:
        made.look()
    assert made.app(FIRST).state.stage is Stage.APPRAISED
    assert made.round.state.stage is RoundStage.PROPOSAL


def list_first(made: WholeRound) -> None:
    """Propose it anew, and issue the list."""
    assert made.round.refuse(f.propose_deviating(FIRST, SECOND_BEST), f.OFFICER) == "places-exceeded"
    _go_to_approval(made)
    number = made.round.state.proposal
    made.judge(r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity")), "supervisor-1")
    for person, level in LEVELS.items():
        made.judge(r.Approve(proposal=number, level=level), person)
    made.issue()
    assert [made.app(name).state.outcome for name in AGENTS] == ["listed", "not-selected"]


@cache
def make_round() -> WholeRound:
    """The round in which its place fell empty, it came back, and is listed. Read only."""
    with pause_counting():
        made = reach_approval()
        fail_late(made)
        made.look()
        assert made.round.state.removed == (FIRST,)
        bring_back(made)
        list_first(made)
    return made


def _list_unproven(folder: Path, made: WholeRound) -> list[Claim]:
    return [claim for claim in judge_round(folder, made).values() if claim.verdict is Verdict.REFUTED]


def test_it_has_its_place_again_and_every_claim_is_proven(tmp_path: Path) -> None:
    """Seen before: two allies took a listed application out for good, with no evidence and no way back."""
    assert _list_unproven(tmp_path, make_round()) == []
    assert findings(decide_again(tmp_path, make_round())) == []


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("seen", [False, True], ids=["passed-at-once", "seen"])
def test_whoever_has_its_place_meanwhile_and_whatever_the_round_saw(
    filled: bool, seen: bool, tmp_path: Path
) -> None:
    made = reach_approval()
    fail_late(made)
    made.look()
    if filled:
        made.fill(SECOND_BEST)
    bring_back(made, seen=seen)
    list_first(made)
    assert _list_unproven(tmp_path, made) == []


def test_also_where_the_round_makes_its_proposal_anew_by_then() -> None:
    made = reach_approval()
    fail_late(made, seen=True)
    for actor in (THIRD, f.SUPERVISOR):
        made.app(FIRST).act(reverse("check"), actor)
    assert made.round.refuse(f.propose(), f.OFFICER) == "still-open"
    made.app(FIRST).act(PASS, THIRD)
    list_first(made)


def test_not_once_the_list_is_issued() -> None:
    made = reach_approval()
    fail_late(made, seen=True)
    made.propose(SECOND_BEST)
    made.open_notice()
    made.wait(made.now + timedelta(days=9))
    made.look()
    number = made.round.state.proposal
    made.judge(r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity")), "supervisor-1")
    for person, level in LEVELS.items():
        made.judge(r.Approve(proposal=number, level=level), person)
    made.issue()
    assert made.app(FIRST).refuse(reverse("check"), THIRD) == "rests-on-list"


def _states_nobody_back(log: Log) -> Tampered:
    at = place(log, "round.proposed.v1", nth=-1)
    return with_data(log, at, back=[]), at


def _never_listed(log: Log) -> Tampered:
    changed = drop(log, place(log, "application.shortlisted.v1", FIRST))
    return changed, place(changed, "decision.reversal-entered.v1", nth=-2)


@pytest.mark.parametrize(
    ("code", "finding", "change"),
    [
        ("proposal-in-order", "back-differs", _states_nobody_back),
        ("decisions-reversed", "reversed-after-panels", _never_listed),
    ],
)
def test_what_was_tampered_with_is_found(code: str, finding: str, change: Change, tmp_path: Path) -> None:
    log, at = change(make_round().log)
    with Bundle(write_bundle(tmp_path / "round.zip", make_round(), log)) as bundle:
        claim: Claim = next(claim for claim in outcome_claims(bundle) if claim.code == code)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
