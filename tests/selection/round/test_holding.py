"""An objection that outlasts the notice blocks its own item and no other."""

import pytest

from selection.application import commands as a
from selection.decision.facts import Facts
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage
from selection.projections.open_tasks import tasks_of
from selection.refusals.refused import Refused
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk

APPROVALS = (("approver-1", "department"), ("approver-2", "ministry"), ("approver-3", "ministry"))


def list_on_hold(desk: Desk) -> list[str]:
    return [item.application for item in desk.state.held]


def standing(desk: Desk) -> list[str]:
    return [item.application for item in desk.state.standing_items]


def test_the_notice_ends_for_the_items_that_are_clear() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    finished = e.StageFinished(finished="notice", next="approval", counts={}, held=("0001",))
    assert paths.find(desk, n0001="held", n0002="cleared") == (finished,)
    assert (standing(desk), list_on_hold(desk)) == (["0002"], ["0001"])


def test_while_no_item_is_clear_there_is_nothing_to_approve() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    assert paths.find(desk, n0001="held", n0002="held") == ()
    assert paths.find(desk, n0001="held", n0002="ended") == ()
    paths.find(desk, n0001="cleared", n0002="held")
    assert (desk.state.stage, standing(desk), list_on_hold(desk)) == (RoundStage.APPROVAL, ["0001"], ["0002"])


def test_the_list_is_approved_and_issued_without_the_held_item() -> None:
    desk = paths.holding()
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    back = c.SendBackProposal(proposal=1, level="department", items=("0001",), reason=f.ref())
    assert desk.refuse(back, f.actor("approver-1")) == "not-a-candidate"
    for person, level in APPROVALS:
        desk.act(c.Approve(proposal=1, level=level), f.actor(person))
    given = e.ListIssued(proposal=1, places={"0002": 1})
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (given,)
    paths.carry_out(desk)
    assert (desk.state.stage, desk.state.ended, list_on_hold(desk)) == (RoundStage.ISSUED, False, ["0001"])


def test_what_is_settled_before_the_integrity_check_joins_the_list_at_its_rank() -> None:
    desk = paths.holding()
    assert paths.find(desk, n0001="held") == ()
    settled = e.HeldItemsSettled(proposal=2, released=("0001",), removed=())
    assert paths.find(desk, n0001="cleared") == (settled,)
    assert (desk.state.stage, standing(desk), list_on_hold(desk)) == (
        RoundStage.APPROVAL,
        ["0001", "0002"],
        [],
    )
    # A check of what was there before does not cover what has joined.
    check = c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity"))
    assert desk.refuse(check, f.SUPERVISOR) == "proposal-changed"
    paths.issue(desk)
    assert desk.state.places == {"0001": 1, "0002": 2}


def test_what_is_settled_later_is_approved_and_issued_by_itself() -> None:
    desk = paths.holding()
    paths.agree(desk)
    assert paths.find(desk, n0001="cleared") == ()
    desk.act(c.IssueList(proposal=1), f.OFFICER)
    assert paths.find(desk, n0001="cleared") == (), "the first list is not carried out yet"
    paths.carry_out(desk)
    assert paths.find(desk, n0001="cleared") == (
        e.HeldItemsSettled(proposal=2, released=("0001",), removed=()),
    )
    assert (desk.state.stage, standing(desk), desk.state.passed) == (RoundStage.APPROVAL, ["0001"], ())
    assert [task.kind for task in tasks_of(desk.state)] == ["check-integrity"]
    late = c.Approve(proposal=1, level="department")
    assert desk.refuse(late, f.actor("approver-1")) == "proposal-changed"
    paths.agree(desk)
    assert desk.act(c.IssueList(proposal=2), f.OFFICER) == (e.ListIssued(proposal=2, places={"0001": 2}),)
    assert desk.state.batch == "issue/2"
    paths.carry_out(desk)
    assert desk.state.ended
    assert desk.state.places == {"0002": 1, "0001": 2}


def test_an_upheld_objection_after_the_list_leaves_the_place_empty_and_ends_the_round() -> None:
    desk = paths.holding(RoundStage.ISSUED)
    assert paths.find(desk, n0001="ended") == (
        e.HeldItemsSettled(proposal=1, released=(), removed=("0001",)),
    )
    assert desk.state.ended
    assert (desk.state.stage, desk.state.removed) == (RoundStage.ISSUED, ("0001",))


def test_nothing_joins_while_a_list_is_left_over() -> None:
    desk = paths.holding()
    paths.issue(desk)
    paths.carry_out(desk, f"application/{f.ROUND}/0002")
    assert paths.find(desk, n0001="cleared") == ()
    desk.act(c.RepeatBatch(), f.OFFICER)
    paths.carry_out(desk)
    assert paths.find(desk, n0001="cleared")


def test_of_two_held_items_neither_waits_for_the_other() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    item = desk.state.items[0].model_copy(update={"application": "0003", "rank": 3})
    desk.state = desk.state.with_(items=(*desk.state.items, item))
    paths.find(desk, n0001="held", n0002="cleared", n0003="held")
    paths.issue(desk)
    paths.carry_out(desk)
    paths.find(desk, n0001="held", n0003="cleared")
    assert (standing(desk), list_on_hold(desk)) == (["0003"], ["0001"])
    paths.issue(desk)
    paths.carry_out(desk)
    assert not desk.state.ended
    paths.find(desk, n0001="cleared")
    paths.issue(desk)
    paths.carry_out(desk)
    assert desk.state.ended
    assert desk.state.places == {"0002": 1, "0003": 2, "0001": 3}


def test_a_proposal_that_is_sent_back_keeps_the_held_item_and_its_place() -> None:
    desk = paths.holding()
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    back = c.SendBackProposal(proposal=1, level="department", items=("0002",), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    paths.know(desk, {}, "0002", "0003")
    assert desk.refuse(f.propose("0002", "0003"), f.OFFICER) == "places-exceeded"
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "not-a-candidate"
    desk.act(f.propose("0002"), f.OFFICER)
    paths.carry_out(desk)
    paths.notice(desk)
    assert paths.find(desk, n0001="cleared", n0002="cleared")
    assert (list_on_hold(desk), desk.state.stage) == (["0001"], RoundStage.APPROVAL)
    paths.find(desk, n0001="cleared")
    assert standing(desk) == ["0001", "0002"]


def test_a_supplement_that_is_sent_back_is_proposed_again_or_cancelled_and_the_list_stands() -> None:
    desk = paths.holding(RoundStage.ISSUED)
    paths.find(desk, n0001="cleared")
    desk.act(c.RecordIntegrityCheck(proposal=2, text=f.ref("integrity")), f.SUPERVISOR)
    back = c.SendBackProposal(proposal=2, level="department", items=("0001",), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    paths.know(desk, {}, "0001")
    desk.act(f.propose("0001"), f.OFFICER)
    paths.carry_out(desk)
    desk.act(c.CancelRound(reason=f.ref()), f.OFFICER)
    assert (desk.state.stage, desk.state.batch) == (RoundStage.ISSUED, "cancel-with-round")
    paths.carry_out(desk)
    assert desk.state.ended
    assert desk.state.places == {"0002": 1}


def ask(number: str, desk: Desk) -> Frozen | str:
    """What the round's present batch asks of an application: a command, or the code of a refusal."""
    application = paths.application(number=number)
    facts = Facts(cited=paths.cite(desk, desk.state.begun))
    try:
        return application.aggregate.command_for(application.state, facts)
    except Refused as refused:
        return refused.code


def test_an_issued_list_asks_nothing_of_a_held_item() -> None:
    desk = paths.holding()
    paths.issue(desk)
    assert ask("0002", desk) == a.Issue(proposal=1, place=1)
    assert ask("0003", desk) == a.Issue(proposal=1, place=0)
    assert ask("0001", desk) == "not-entitled"
    paths.carry_out(desk)
    assert ask("0003", desk) == "not-entitled"
    paths.find(desk, n0001="cleared")
    desk.act(c.CancelRound(reason=f.ref("why")), f.OFFICER)
    assert ask("0001", desk) == a.CancelWithRound(reason=f.ref("why"))


@pytest.mark.parametrize("stage", [RoundStage.CALL, RoundStage.APPROVAL])
def test_a_round_that_is_cancelled_before_its_list_has_none(stage: RoundStage) -> None:
    desk = paths.holding() if stage is RoundStage.APPROVAL else paths.round_in(stage)
    desk.act(c.CancelRound(reason=f.ref()), f.OFFICER)
    paths.carry_out(desk)
    assert (desk.state.stage, desk.state.ended) == (RoundStage.CANCELLED, True)


def test_an_item_that_leaves_while_the_list_is_approved_empties_its_place_and_no_approval() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    for person, level in APPROVALS:
        desk.act(c.Approve(proposal=1, level=level), f.actor(person))
    free = desk.state.free_places
    ended = tuple(
        f.candidate(number, stage=stage) for number, stage in (("0001", "ended"), ("0002", "cleared"))
    )
    desk.world = desk.world.model_copy(update={"candidates": ended})
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "not-a-candidate"
    assert paths.find(desk, n0001="ended", n0002="cleared") == (e.ItemsLeft(removed=("0001",)),)
    assert paths.find(desk, n0001="ended", n0002="cleared") == ()
    assert (standing(desk), desk.state.passed, desk.state.free_places) == (
        ["0002"],
        ("department", "ministry"),
        free - 1,
    )
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (e.ListIssued(proposal=1, places={"0002": 1}),)


def test_what_an_objection_removes_comes_back_until_the_list_is_issued_and_not_after() -> None:
    removed = e.HeldItemsSettled(proposal=1, released=(), removed=("0001",))
    before = paths.holding()
    assert paths.find(before, n0001="ended") == (removed,)
    assert "0001" in before.state.kept_numbers
    paths.issue(before)
    assert "0001" not in before.state.kept_numbers
    after = paths.holding()
    paths.issue(after)
    paths.carry_out(after)
    assert paths.find(after, n0001="ended") == (removed,)
    assert "0001" not in after.state.kept_numbers
