"""One approver sends the proposal back again and again, so that no list is ever issued."""

from functools import cache
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage
from selection.projections.possible import list_possible
from selection.round import commands as r
from selection.round.approving import decide as approving
from tests import factories as f, paths
from tests.audit.rules.undoing.test_approved_anew import approve, make_proposal, notice
from tests.audit.support.small_round import judge_round
from tests.desk import Desk, pause_counting
from tests.needing import needs_go
from tests.second_verifier import find_fault_of
from tests.selection.round.test_delegating import refresh
from tests.whole_round import WholeRound

FIRST, SECOND = f.actor("approver-1"), f.actor("approver-2")


def send_back(desk: Desk, level: str = "department") -> r.SendBackProposal:
    items = tuple(item.application for item in desk.state.standing_items[:1])
    return r.SendBackProposal(proposal=desk.state.proposal, level=level, items=items, reason=f.ref())


def propose_again(desk: Desk) -> None:
    """What came back is proposed as it was, stands in the notice, and is checked."""
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    desk.act(f.propose("0001", "0002"), f.OFFICER)
    paths.carry_out(desk)
    desk.act(r.OpenPublicNotice(proposal=desk.state.proposal), f.OFFICER)
    paths.carry_out(desk)
    assert desk.state.notice_until is not None
    desk.wait(desk.state.notice_until)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    desk.look()
    desk.act(r.RecordIntegrityCheck(proposal=desk.state.proposal, text=f.ref()), f.SUPERVISOR)


def in_approval() -> Desk:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    desk.act(r.RecordIntegrityCheck(proposal=1, text=f.ref()), f.SUPERVISOR)
    return desk


def after_sending_back(actor: Actor = FIRST) -> Desk:
    """A round in approval that somebody sent back as often as one person may."""
    desk = in_approval()
    for _ in range(desk.state.current.send_backs):
        desk.act(send_back(desk), actor)
        propose_again(desk)
    return desk


def may_send_back(desk: Desk, actor: Actor) -> bool:
    return "send-back-proposal" in {item.kind for item in list_possible(desk.state, actor.person)}


def test_one_approver_sends_back_twice_and_then_decides() -> None:
    desk = after_sending_back()
    assert not may_send_back(desk, FIRST)
    assert desk.refuse(send_back(desk), FIRST) == "sent-back-enough"
    desk.act(r.Approve(proposal=desk.state.proposal, level="department"), FIRST)
    assert desk.state.passed == ("department",)


def test_another_approver_sends_back_all_the_same() -> None:
    desk = after_sending_back()
    desk.act(r.Approve(proposal=desk.state.proposal, level="department"), FIRST)
    assert may_send_back(desk, SECOND)
    desk.act(send_back(desk, "ministry"), SECOND)
    assert desk.state.stage is RoundStage.PROPOSAL


def test_who_stands_in_for_them_sends_back_no_more_either() -> None:
    desk = after_sending_back()
    substitute, today = f.person("approver-4", "approver"), desk.now.date()
    known = {**desk.world.people, substitute.person: substitute}
    desk.world = desk.world.model_copy(update={"people": known})
    desk.act(
        r.Delegate(substitute=substitute.person, first=today, last=today + 3 * f.DAY, reason=f.ref()), FIRST
    )
    refresh(desk)
    assert desk.refuse(send_back(desk), f.actor(substitute.person)) == "sent-back-enough"


def test_the_rules_say_how_often() -> None:
    desk = in_approval()
    desk.state = desk.state.with_(sealed=desk.state.current.model_copy(update={"send_backs": 1}))
    desk.act(send_back(desk), FIRST)
    propose_again(desk)
    assert desk.refuse(send_back(desk), FIRST) == "sent-back-enough"


def test_once_a_list_is_issued_it_is_counted_anew() -> None:
    desk = after_sending_back()
    for level, *people in (("department", FIRST), ("ministry", SECOND, f.actor("approver-3"))):
        for person in people:
            desk.act(r.Approve(proposal=desk.state.proposal, level=level), person)
    desk.act(r.IssueList(proposal=desk.state.proposal), f.OFFICER)
    assert desk.state.sent_back == {}


@cache
def send_back_often(times: int) -> WholeRound:
    """A round whose proposal the first approver sends back so often, whatever the rules say, until it is issued."""
    with pause_counting(), pytest.MonkeyPatch.context() as broken:
        broken.setattr(approving, "has_sent_back_enough", lambda *_: False)
        made = make_proposal()
        notice(made)
        for _ in range(times):
            made.judge(send_back(made.round), "approver-1")
            made.propose("0001", "0002")
            notice(made)
        approve(made, "department", "approver-1")
        approve(made, "ministry", "approver-2", "approver-3")
        made.issue()
    return made


@pytest.mark.long
def test_the_audit_finds_who_sent_back_more_often(tmp_path: Path) -> None:
    assert judge_round(tmp_path, send_back_often(2))["approvals-in-order"].verdict is Verdict.PROVEN
    claim = judge_round(tmp_path, send_back_often(3))["approvals-in-order"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "sent-back-too-often")
    assert (claim.params["person"], claim.params["count"]) == ("approver-1", "3")


@pytest.mark.long
@needs_go
def test_the_second_verifier_finds_it_too(tmp_path: Path) -> None:
    assert find_fault_of(tmp_path, send_back_often(2)) == ""
    fault = find_fault_of(tmp_path, send_back_often(3))
    assert fault.startswith("approvals: ")
    assert fault.endswith("approver-1 sent back 3 times")
