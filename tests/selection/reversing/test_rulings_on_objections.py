"""A ruling on an objection is reversed until the list is issued: its item is held, and levels decide on it anew."""

from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.application.reversing.decide import ask_about_round
from selection.decision.views import AppraisedApplications, OthersThatLeft
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Wake
from selection.projections.open_tasks import tasks_of
from selection.projections.rows import candidate_of
from selection.round import commands as r, events as re
from selection.round.decide import needs
from selection.round.state import ProposalItem
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing.reversals import OTHER, SECOND, know_round, reverse, state_of

NAME = "objection-1"
EXAMINER = f.actor("examiner-1", Role.EXAMINER)
WRONG = reverse("objection", objection=NAME)


FIRST, ANOTHER = (ProposalItem(application=f"000{rank}", rank=rank, reason=f.ref()) for rank in (1, 2))


def pass_notice(stage: RoundStage = RoundStage.APPROVAL) -> Desk:
    """An item whose notice passed, as the objection against it was dismissed."""
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(NAME), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    desk.act(f.settle("dismissed"), EXAMINER)
    desk.wait(desk.state.until)
    assert desk.state.stage is Stage.CLEARED
    others = {name: f.person(name, "supervisor") for name in ("examiner-4", "examiner-5")}
    desk.world = desk.world.with_(people={**desk.world.people, **others})
    return know_round(desk, stage)


def reopen(desk: Desk) -> None:
    desk.act(WRONG, OTHER)
    desk.act(WRONG, SECOND)


def test_two_posts_reverse_it_and_others_examine_the_objection_while_its_item_is_held() -> None:
    desk = pass_notice()
    falls = ("passing", "approvals")
    (entered,) = desk.act(WRONG, OTHER)
    assert isinstance(entered, e.ReversalEntered)
    assert (entered.was, entered.void, entered.objection) == ("dismissed", falls, NAME)
    assert [task.key for task in tasks_of(desk.state)] == [f"reverse-decision/objection/{NAME}"]
    sent = len(desk.sent)
    reopened = e.ObjectionReopened(
        objection=NAME,
        was="dismissed",
        void=falls,
        examiners=("examiner-1", "examiner-2"),
        text=f.ref("wrong-decision"),
    )
    assert desk.act(WRONG, SECOND)[1:] == (reopened,)
    assert Wake(round=f.ROUND, stage="cleared") in desk.sent[sent:]
    assert (state_of(desk).stage, [task.kind for task in tasks_of(desk.state)]) == (
        Stage.HELD,
        ["appoint-examiners"],
    )
    assert desk.refuse(f.examiners(), f.OFFICER) == "examined-before"
    desk.act(f.examiners("examiner-4", "examiner-5"), f.OFFICER)
    assert desk.refuse(f.settle("dismissed"), EXAMINER) == "not-entitled"
    desk.act(f.settle("dismissed"), f.actor("examiner-4", Role.EXAMINER))
    assert state_of(desk).stage is Stage.CLEARED
    assert candidate_of(desk.state).reopened == 1
    assert desk.refuse(WRONG, OTHER) == "reversed-before"


def test_the_application_ends_where_others_uphold_it_then() -> None:
    desk = pass_notice()
    reopen(desk)
    desk.act(f.examiners("examiner-4", "examiner-5"), f.OFFICER)
    desk.act(f.settle("upheld"), f.actor("examiner-4", Role.EXAMINER))
    assert state_of(desk).outcome == "removed"


def remove_item(stage: RoundStage = RoundStage.APPROVAL, **around: Any) -> Desk:
    """An item that an upheld objection removed in its notice, while another objection is open."""
    desk = paths.application_in(Stage.NOTICE)
    for name in (NAME, "objection-2"):
        desk.act(f.objection(name), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    desk.act(f.settle("upheld"), EXAMINER)
    others = {name: f.person(name, "supervisor") for name in ("examiner-4", "examiner-5")}
    desk.world = desk.world.with_(people={**desk.world.people, **others})
    return know_round(desk, stage, **{"items": (FIRST,), "removed": ("0001",), **around})


def test_one_that_was_upheld_is_reversed_by_two_posts_and_its_item_comes_back_from_its_end() -> None:
    desk = remove_item()
    (entered,) = desk.act(WRONG, OTHER)
    assert isinstance(entered, e.ReversalEntered)
    assert (entered.was, entered.void) == ("upheld", ("end",))
    assert desk.refuse(c.ReopenObjection(objection=NAME, text=f.ref()), f.SUPERVISOR) == "ended"
    sent = len(desk.sent)
    assert isinstance(desk.act(WRONG, SECOND)[-1], e.ObjectionReopened)
    assert [item.round for item in desk.sent[sent:] if isinstance(item, Wake)] == [f.ROUND]
    state = state_of(desk)
    assert (state.stage, state.outcome, sorted(state.open_objections)) == (
        Stage.HELD,
        "",
        [NAME, "objection-2"],
    )
    assert desk.refuse(f.examiners(), f.OFFICER) == "examined-before"
    for name in (NAME, "objection-2"):
        desk.act(f.examiners("examiner-4", "examiner-5", objection=name), f.OFFICER)
        assert state_of(desk).stage is Stage.HELD
        desk.act(f.settle("dismissed", name), f.actor("examiner-4", Role.EXAMINER))
    assert state_of(desk).stage is Stage.CLEARED


def test_two_of_one_post_bring_nothing_back() -> None:
    desk = remove_item()
    desk.act(WRONG, OTHER)
    assert [type(event) for event in desk.act(WRONG, f.OFFICER)] == [e.ReversalEntered]
    assert state_of(desk).stage is Stage.ENDED


@pytest.mark.parametrize(
    ("stage", "around", "code"),
    [
        (RoundStage.PROPOSAL, {}, "list-not-approved"),
        (RoundStage.NOTICE, {}, "list-not-approved"),
        (RoundStage.ISSUED, {}, "rests-on-list"),
        (RoundStage.CANCELLED, {}, "rests-on-list"),
        (RoundStage.APPROVAL, {"batch": "issue/1"}, "decision-under-way"),
        (RoundStage.APPROVAL, {"items": (), "removed": ()}, "place-taken"),
        # Another was proposed in its place, by a notice of its own.
        (RoundStage.APPROVAL, {"items": (), "removed": (), "gone": (FIRST,)}, "place-taken"),
    ],
)
def test_one_that_was_upheld_is_not_where_its_place_is_not_decided_on_or_gone(
    stage: RoundStage, around: dict[str, Any], code: str
) -> None:
    assert remove_item(stage, **around).refuse(WRONG, OTHER) == code


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (RoundStage.PROPOSAL, "list-not-approved"),
        (RoundStage.NOTICE, "list-not-approved"),
        (RoundStage.ISSUED, "rests-on-list"),
    ],
)
def test_it_is_not_before_levels_decide_nor_once_the_list_is_issued(stage: RoundStage, code: str) -> None:
    assert pass_notice(stage).refuse(WRONG, OTHER) == code


def test_one_supervisor_reverses_it_in_the_notice_alone_and_no_other_ruling_is_taken_for_it() -> None:
    desk = pass_notice()
    alone = c.ReopenObjection(objection=NAME, text=f.ref())
    assert desk.refuse(alone, f.SUPERVISOR) == "wrong-stage"
    assert desk.refuse(reverse("objection"), OTHER) == "nothing-to-reverse"
    assert desk.refuse(reverse("objection", objection="objection-2"), OTHER) == "nothing-to-reverse"
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(NAME), f.actor("objector-1"))
    desk.act(f.withdraw_objection(NAME), f.actor("objector-1"))
    desk.wait(desk.state.until)
    assert know_round(desk, RoundStage.APPROVAL).refuse(WRONG, OTHER) == "nothing-to-reverse"


def test_a_name_beside_another_decision_does_not_make_it_somebody_elses() -> None:
    desk = know_round(paths.application_in(Stage.ELIGIBLE))
    for told in ({"report": "report-1"}, {"objection": NAME}):
        assert desk.refuse(reverse("check", **told), f.OFFICER) == "own-decision"


def _look_at(desk: Desk, stage: str, reopened: int) -> tuple[object, ...]:
    items = (
        f.candidate("0001", stage=stage, reopened=reopened),
        f.candidate("0002", rank=2, stage="cleared"),
    )
    known = {"counts": {}, "candidates": items}
    desk.world = desk.world.model_copy(update=known)
    return desk.look()


AGAIN = re.ItemsLeft(held=("0001",))


@pytest.mark.parametrize("stage", ["held", "cleared"])
def test_the_list_goes_on_without_it_and_what_was_approved_of_it_is_void(stage: str) -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    proposal = desk.state.proposal
    # Where it was ruled on again before the round saw it, it is the same.
    assert _look_at(desk, stage, 1) == (AGAIN,)
    state = desk.state
    assert [item.application for item in state.standing_items] == ["0002"]
    assert state.numbers_on_hold == {"0001"}
    assert {one.application for given in state.agreed for one in given.items} == {"0002"}
    assert state.passed == ("department", "ministry")
    assert _look_at(desk, "cleared", 1) == ()
    assert desk.act(r.IssueList(proposal=proposal), f.OFFICER) == (
        re.ListIssued(proposal=proposal, places={"0002": 1}),
    )
    paths.carry_out(desk)
    assert _look_at(desk, "cleared", 1)
    assert (desk.state.stage, desk.state.passed, desk.state.integrity) == (RoundStage.APPROVAL, (), False)


def test_an_entry_that_names_one_that_ended_and_one_that_is_held_loses_neither() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.record((re.ItemsLeft(held=("0001",), removed=("0002",)),), SYSTEM, desk.now, "both")
    assert (desk.state.numbers_on_hold, desk.state.removed) == ({"0001"}, ("0002",))
    assert desk.state.standing_items == ()


def test_what_was_reversed_while_an_item_was_aside_holds_it_no_more_once_it_is_decided_on() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    number = desk.state.proposal
    assert _look_at(desk, "held", 1) == (AGAIN,)
    # It is ruled on again, and then the ruling on another objection is reversed, and made again.
    assert [_look_at(desk, stage, count) for stage, count in (("cleared", 1), ("held", 2))] == [(), ()]
    desk.act(r.IssueList(proposal=number), f.OFFICER)
    paths.carry_out(desk)
    told = {"released": ("0001",), "removed": (), "reopened": {"0001": 2}}
    assert _look_at(desk, "cleared", 2) == (re.HeldItemsSettled(proposal=number + 1, **told),)
    assert _look_at(desk, "cleared", 2) == ()
    desk.act(r.RecordIntegrityCheck(proposal=number + 1, text=f.ref()), f.SUPERVISOR)
    # One more holds it as the first did.
    assert _look_at(desk, "held", 3) == (AGAIN,)


def test_what_was_reversed_before_a_proposal_is_made_anew_holds_nothing_of_the_next() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    number = desk.state.proposal
    assert _look_at(desk, "held", 1) == (AGAIN,)
    desk.world = desk.world.model_copy(update={"counts": {Stage.CHECKING: 1}})
    items = (f.candidate("0001", stage="checking", reopened=2), f.candidate("0002", rank=2, stage="cleared"))
    desk.world = desk.world.model_copy(update={"candidates": items})
    returned = re.ProposalReturned(proposal=number, items=("0001",), reopened={"0001": 2})
    assert desk.look() == (returned,)
    assert desk.state.reopened == {"0001": 2}


@pytest.mark.parametrize("stage", ["held", "cleared"])
def test_what_an_objection_had_removed_is_held_at_the_place_that_it_had(stage: str) -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.find(desk, n0001="ended", n0002="cleared")
    free = desk.state.free_places
    assert desk.state.removed == ("0001",)
    assert _look_at(desk, stage, 1) == (AGAIN,)
    state = desk.state
    assert (state.removed, [item.rank for item in state.held]) == ((), [1])
    # Its place was kept all the while.
    assert state.free_places == free
    assert _look_at(desk, "cleared", 1) == (
        re.HeldItemsSettled(proposal=state.proposal + 1, released=("0001",), removed=()),
    )
    assert [item.application for item in desk.state.standing_items] == ["0001", "0002"]


def test_what_was_removed_while_it_was_held_comes_back_as_well() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    assert _look_at(desk, "held", 1) == (AGAIN,)
    assert _look_at(desk, "ended", 1) == (re.HeldItemsSettled(proposal=1, released=(), removed=("0001",)),)
    assert (desk.state.removed, desk.state.held) == (("0001",), ())
    assert _look_at(desk, "ended", 1) == ()
    assert _look_at(desk, "held", 2) == (AGAIN,)
    assert (desk.state.removed, desk.state.gone) == ((), ())
    assert [item.rank for item in desk.state.held] == [1]


def test_what_was_removed_before_a_proposal_was_made_anew_comes_back_to_the_next() -> None:
    desk = paths.send_item_back()
    assert desk.state.removed == ("0001",)
    paths.know(desk, {}, "0002", stage="appraised")
    desk.act(f.propose("0002"), f.OFFICER)
    assert [item.application for item in desk.state.gone] == ["0001"]
    assert desk.state.kept_numbers == {"0001", "0002"}


def test_no_place_is_filled_whose_ruling_was_reversed_before_the_round_has_seen_it() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.state = desk.state.with_(sealed=f.rules(filled_from_reserve=True))
    paths.find(desk, n0001="ended", n0002="cleared")
    known = (f.candidate("0003", stage="reserve"), f.candidate("0001", stage="held", reopened=1))
    desk.world = desk.world.model_copy(update={"candidates": known})
    fill = r.FillPlaces(proposal=1, add={"0003": f.ref("next")})
    assert desk.refuse(fill, f.OFFICER) == "still-open"
    ended = (f.candidate("0003", stage="reserve"), f.candidate("0001", stage="ended"))
    desk.world = desk.world.model_copy(update={"candidates": ended})
    desk.act(fill, f.OFFICER)
    # What another took is given back to nobody; the one that left is known on, for a place that may fall empty yet.
    assert (desk.state.removed, desk.state.numbers_that_left) == ((), {"0001"})


def test_of_two_that_left_either_comes_back_to_the_one_place_that_is_empty_and_not_both() -> None:
    # The first one's place was filled, the other's is empty: none of the two is the one whose place is gone.
    around: dict[str, Any] = {"items": (), "removed": ("0002",), "gone": (FIRST, ANOTHER)}
    desk = remove_item(**around)
    coming = f.candidate("0002", stage="held", reopened=1)
    desk.world = desk.world.model_copy(update={"candidates": (coming,)})
    assert desk.refuse(WRONG, OTHER) == "place-taken", "the other comes back, as the round is about to learn"
    for other in (coming.with_(stage=Stage.ENDED), coming.with_(reopened=0)):
        desk = remove_item(**around)
        desk.world = desk.world.model_copy(update={"candidates": (other,)})
        assert desk.act(WRONG, OTHER)
    asked = ask_about_round(desk.state, OTHER, WRONG, desk.now, desk.world)
    assert asked.view == OthersThatLeft(number="0001"), "so that what moves meanwhile has it decided again"


def test_one_that_comes_back_takes_the_place_that_is_empty_where_its_own_was_filled() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    desk.state = desk.state.with_(sealed=f.rules(filled_from_reserve=True))
    paths.find(desk, n0001="ended", n0002="ended")
    free = desk.state.free_places
    known = (
        f.candidate("0003", stage="reserve"),
        *(f.candidate(name, stage="ended") for name in ("0001", "0002")),
    )
    desk.world = desk.world.model_copy(update={"candidates": known})
    desk.act(r.FillPlaces(proposal=1, add={"0003": f.ref("next")}), f.OFFICER)
    assert (desk.state.removed, desk.state.items[-1].rank) == (("0002",), 3)
    paths.carry_out(desk)
    paths.notice(desk)
    paths.find(desk, n0001="ended", n0002="ended", n0003="cleared")
    again = f.candidate("0001", stage="held", reopened=1)
    desk.world = desk.world.model_copy(update={"counts": {}, "candidates": (again, *known[2:])})
    # A place is not filled to which somebody is about to come back.
    fill = r.FillPlaces(proposal=desk.state.proposal, add={"0004": f.ref("next")})
    assert desk.refuse(fill, f.OFFICER) == "still-open"
    view = needs(desk.state, f.OFFICER, fill, desk.now, desk.world).view
    assert view == AppraisedApplications(named=("0001", "0002"))
    assert desk.look() == (AGAIN,)
    state = desk.state
    assert ([item.application for item in state.held], state.removed) == (["0001"], ())
    assert [item.application for item in (*state.items, *state.gone)] == ["0003", "0002"]
    assert [item.application for item in state.standing_items] == ["0003"]
    assert state.free_places == free + 2 - 1, "two places are kept: of who was added, and of who came back"


def test_nobody_decides_on_it_before_the_round_has_seen_it() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    number = desk.state.proposal
    known = (f.candidate("0001", stage="held", reopened=1), f.candidate("0002", rank=2, stage="cleared"))
    desk.world = desk.world.model_copy(update={"candidates": known})
    assert desk.refuse(r.IssueList(proposal=number), f.OFFICER) == "still-open"
    fresh = paths.round_in(RoundStage.APPROVAL)
    check = r.RecordIntegrityCheck(proposal=number, text=f.ref())
    fresh.act(check, f.SUPERVISOR)
    fresh.world = fresh.world.model_copy(update={"candidates": known})
    for command in (
        r.Approve(proposal=number, level="department"),
        r.SendBackProposal(proposal=number, level="department", items=("0001",), reason=f.ref()),
    ):
        assert fresh.refuse(command, f.actor("approver-1")) == "still-open"


def test_where_nothing_else_is_on_the_list_everything_waits_for_it() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk)
    desk.act(r.RecordIntegrityCheck(proposal=1, text=f.ref()), f.SUPERVISOR)
    paths.find(desk, n0001="cleared", n0002="ended")
    assert _look_at(desk, "held", 1) == (AGAIN,)
    assert desk.state.standing_items == ()
    assert desk.refuse(r.Approve(proposal=1, level="department"), f.actor("approver-1")) == "integrity-open"
    assert tasks_of(desk.state) == ()
    assert paths.find(desk, n0001="cleared") == (
        re.HeldItemsSettled(proposal=2, released=("0001",), removed=()),
    )
    assert [task.kind for task in tasks_of(desk.state)] == ["check-integrity"]


def test_what_is_held_ends_with_the_list_where_a_hit_is_upheld_against_it_besides() -> None:
    desk = pass_notice()
    reopen(desk)
    assert desk.act(c.Issue(proposal=1, place=0)) == (e.ApplicationNotSelected(proposal=1),)
