"""An integrity stop stays until a person lifts it, and a hit suspends nothing but its own item."""

from selection.decision.facts import Facts
from selection.decision.views import ProposedItems
from selection.projections.open_tasks import tasks_of
from selection.round import commands as c, events as e
from selection.round.decide import needs
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.round.test_listing import ONE, THREE, TWO, approve, approving, integrity, send_back


def stop_item() -> Desk:
    """A proposal of two in which 0001 was stopped, and then 0002 sent back."""
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    desk.act(f.rule_on_hit("0001", cleared=False), f.SUPERVISOR)
    desk.act(send_back("0002"), ONE)
    paths.know(desk, {"cleared": 2}, "0001", "0002", stage="cleared", agreed="80")
    return desk


def test_a_stop_outlasts_the_sending_back_of_another_item() -> None:
    desk = stop_item()
    assert desk.state.hits == {"0001": False}
    assert desk.refuse(f.propose("0001", "0002"), f.OFFICER) == "integrity-stop"


def standing(desk: Desk) -> list[str]:
    return [item.application for item in desk.state.standing_items]


def test_only_two_supervisors_lift_a_stop_and_what_was_approved_of_it_is_void() -> None:
    desk = stop_item()
    lift = c.LiftIntegrityStop(application="0001", text=f.ref("lifted"))
    assert desk.refuse(lift, f.OFFICER) == "not-entitled"
    # A stop outlasts its proposal: whoever lifts it may be bound to an application that is in no proposal.
    left_out = desk.state.with_(items=())
    asked = needs(left_out, f.SUPERVISOR, lift, desk.now, Facts())
    assert asked.view == ProposedItems(stopped=("0001",))
    assert (
        needs(left_out, f.SUPERVISOR, lift.with_(application="0009"), desk.now, Facts()).view
        == ProposedItems()
    )
    lifted = e.IntegrityStopLifted(application="0001", text=f.ref("lifted"))
    assert desk.act(lift, f.SUPERVISOR) == (lifted,)
    assert desk.refuse(lift, f.SUPERVISOR) == "not-stopped"
    assert desk.act(f.propose("0001", "0002"), f.OFFICER)


def test_an_open_hit_outlasts_a_sending_back_too() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    desk.act(send_back("0002"), ONE)
    assert desk.state.hits == {"0001": None}
    # It stood in the notice: to leave it out takes two, whatever was found.
    assert desk.state.noticed == ("0002", "0001")
    assert [task.kind for task in tasks_of(desk.state)] == ["propose", "rule-on-integrity-hit"]
    assert desk.act(f.rule_on_hit("0001"), f.SUPERVISOR)


def agree(desk: Desk, proposal: int = 1) -> None:
    for person, level in ((ONE, "department"), (TWO, "ministry"), (THREE, "ministry")):
        desk.act(approve(level, proposal), person)


def test_whoever_agreed_at_one_level_agrees_at_no_other_though_they_came_to_it() -> None:
    """Seen before: an approver who was promoted approved the same items at both levels."""
    desk = approving()
    desk.act(integrity(1), f.SUPERVISOR)
    desk.act(approve("department", 1), ONE)
    people = {**desk.world.people, "approver-4": f.person("approver-4", "approver")}
    desk.world = desk.world.with_(people=people)
    for level, come, go in (
        ("department", "approver-4", "approver-1"),
        ("ministry", "approver-1", "approver-2"),
    ):
        change = c.ChangePost(post="approvers", level=level, add=(come,), remove=(go,), reason=f.ref())
        desk.act(change, f.SUPERVISOR)
    assert desk.refuse(approve("ministry", 1), ONE) == "agreed-elsewhere"
    assert desk.act(approve("ministry", 1), THREE)


def test_a_hit_suspends_its_own_item_and_the_list_goes_on_without_it() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    assert sorted(task.kind for task in tasks_of(desk.state)) == ["approve", "rule-on-integrity-hit"]
    agree(desk)
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (e.ListIssued(proposal=1, places={"0002": 1}),)
    paths.carry_out(desk)
    assert (desk.state.ended, desk.state.numbers_on_hold) == (False, {"0001"})
    assert paths.find(desk, n0001="cleared") == (), "nobody has ruled yet"
    desk.act(f.rule_on_hit("0001"), f.SUPERVISOR)
    assert paths.find(desk, n0001="cleared") == (
        e.HeldItemsSettled(proposal=2, released=("0001",), removed=()),
    )
    paths.agree(desk)
    assert desk.act(c.IssueList(proposal=2), f.OFFICER) == (e.ListIssued(proposal=2, places={"0001": 2}),)


def test_an_item_whose_hit_is_upheld_after_the_list_ends_with_it() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    agree(desk)
    desk.act(c.IssueList(proposal=1), f.OFFICER)
    upheld = f.rule_on_hit("0001", cleared=False)
    assert desk.refuse(upheld, f.SUPERVISOR) == "decision-under-way"
    paths.carry_out(desk)
    desk.act(upheld, f.SUPERVISOR)
    assert (desk.state.batch, desk.state.held, desk.state.places) == ("issue/1", (), {"0002": 1})
    paths.carry_out(desk)
    assert desk.state.ended


def test_while_all_is_suspended_there_is_nothing_to_decide() -> None:
    desk = approving()
    desk.act(integrity(1, "0001", "0002"), f.SUPERVISOR)
    assert desk.refuse(approve("department"), ONE) == "integrity-open"
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "integrity-open"
    assert [task.kind for task in tasks_of(desk.state)] == ["rule-on-integrity-hit"]
    for number in ("0001", "0002"):
        desk.act(f.rule_on_hit(number, cleared=False), f.SUPERVISOR)
    # A list of nothing is decided on by the levels as any other.
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "level-not-open"
    agree(desk)
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (e.ListIssued(proposal=1, places={}),)


def test_a_hit_that_is_cleared_is_asked_of_the_levels_for_its_item_alone() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    agree(desk)
    desk.act(f.rule_on_hit("0001"), f.SUPERVISOR)
    assert (desk.state.passed, desk.state.approvals) == ((), {})
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "level-not-open"
    assert desk.refuse(approve("ministry"), TWO) == "level-not-open"
    agree(desk)
    assert desk.act(c.IssueList(proposal=1), f.OFFICER)


def again(desk: Desk, *numbers: str) -> None:
    """Propose these after a sending back, with the reasons they had, and lead on to approval."""
    paths.know(desk, {"cleared": 2}, "0001", "0002", stage="cleared", agreed="80")
    desk.act(f.propose(*numbers, **dict.fromkeys(("0001", "0002"), "why")), f.OFFICER)
    paths.carry_out(desk)
    paths.notice(desk)
    paths.look(desk)
    desk.act(integrity(desk.state.proposal), f.SUPERVISOR)


def test_sending_an_item_back_voids_what_was_approved_of_it_and_of_no_other() -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    desk.act(send_back("0002", level="ministry"), TWO)
    assert [[item.application for item in given.items] for given in desk.state.agreed] == [["0001"]]
    again(desk, "0001", "0002")
    # The department agreed to 0001 at this very rank; 0002 it has to look at anew, though nothing changed of it.
    assert desk.state.passed == ()
    desk.act(send_back("0002", level="department", proposal=2), ONE)
    paths.know(desk, {"cleared": 2}, "0001", "0002", stage="cleared", agreed="80")
    desk.act(f.propose_deviating("0001", **{"0002": "why"}), f.OFFICER)
    assert desk.state.passed == ("department",)


def test_an_approval_of_an_item_counts_for_no_other_rank_or_reason() -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    desk.act(send_back("0001", level="ministry"), TWO)
    paths.know(desk, {"cleared": 2}, "0001", "0002", stage="cleared", agreed="80")
    desk.act(f.propose_deviating("0002", **{"0001": "why"}), f.OFFICER)
    assert desk.state.passed == (), "0002 was approved at rank 2"


def side_by_side() -> Desk:
    desk = approving()
    desk.state = desk.state.with_(sealed=desk.state.sealed.with_(levels="side-by-side"))
    desk.act(integrity(), f.SUPERVISOR)
    return desk


def test_levels_side_by_side_decide_in_any_order() -> None:
    desk = side_by_side()
    assert [task.unit for task in tasks_of(desk.state)] == ["department", "ministry"]
    desk.act(approve("ministry"), TWO)
    desk.act(approve("ministry"), THREE)
    assert desk.state.passed == ("ministry",)
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "level-not-open"
    assert desk.refuse(approve("ministry"), THREE) == "level-not-open"
    desk.act(approve("department"), ONE)
    assert desk.act(c.IssueList(proposal=1), f.OFFICER)
