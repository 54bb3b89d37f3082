"""A shortlist that deviates from the rank has a way back: two posts reverse it for one application."""

import pytest

from selection.application import commands as c, events as e
from selection.application.state import ApplicationState
from selection.kernel.actor import SYSTEM
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.process.letter import Letter
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing, Viewer
from tests import factories as f
from tests.desk import Desk
from tests.selection.reversing.reversals import OTHER, SECOND, agree, know_round, reverse, standing, state_of

WHY = f.ref("no region")


def place(*, listed: bool, reason: bool = True) -> Desk:
    """An application that ranks fifth and was taken onto the shortlist, or off it."""
    desk = standing(Stage.SCORED)
    desk.act(c.PlaceOnShortlist(rank=5, listed=listed, reason=WHY if reason else None), SYSTEM)
    return know_round(desk, RoundStage.SURVEY, shortlist={"0009": 1})


def where(state: ApplicationState) -> tuple[Stage, str, int]:
    return state.stage, state.outcome, state.rank


@pytest.mark.parametrize("stage", [RoundStage.SURVEY, RoundStage.PROPOSAL, RoundStage.APPROVAL])
def test_one_that_was_left_off_comes_back_at_its_rank_until_the_list_is_issued(stage: RoundStage) -> None:
    desk = know_round(place(listed=False), stage, shortlist={"0009": 1})
    assert where(state_of(desk)) == (Stage.ENDED, Outcome.NOT_SHORTLISTED, 5)
    entered, void, placed = agree(desk, "shortlist")
    assert isinstance(entered, e.ReversalEntered)
    assert isinstance(void, e.DecisionReversed)
    assert (entered.was, void.void) == ("left-off", ("end",))
    assert placed == e.PlacedOnShortlist(rank=5, reason=f.ref("wrong-decision"))
    assert where(state_of(desk)) == (Stage.SURVEY, "", 5)


def test_one_that_was_added_leaves_the_shortlist_with_what_came_of_it() -> None:
    desk = place(listed=True)
    desk.act(f.team(), f.OFFICER)
    desk.act(f.survey(desk.now), f.actor("surveyor-1"))
    _, void, placed = agree(desk, "shortlist")
    assert isinstance(void, e.DecisionReversed)
    assert (void.was, void.void) == ("added", ("survey",))
    assert placed == e.LeftOffShortlist(rank=5, reason=f.ref("wrong-decision"))
    assert where(state_of(desk)) == (Stage.ENDED, Outcome.NOT_SHORTLISTED, 5)


@pytest.mark.parametrize("listed", [True, False])
def test_what_the_rank_alone_says_is_nobody_s_decision(listed: bool) -> None:
    desk = place(listed=listed, reason=False)
    assert desk.refuse(reverse("shortlist"), OTHER) == "nothing-to-reverse"


def test_one_post_alone_changes_nothing() -> None:
    desk = place(listed=False)
    assert len(desk.act(reverse("shortlist"), OTHER)) == 1
    assert state_of(desk).stage is Stage.ENDED


@pytest.mark.parametrize("stage", [RoundStage.ISSUED, RoundStage.CANCELLED])
def test_nothing_comes_back_once_the_list_is_issued(stage: RoundStage) -> None:
    desk = know_round(place(listed=False), stage, shortlist={"0009": 1})
    assert desk.refuse(reverse("shortlist"), SECOND) == "rests-on-list"


def test_nobody_is_told_that_the_shortlist_is_decided_again_by_others() -> None:
    desk = place(listed=False)
    begun = len(desk.sent)
    agree(desk, "shortlist")
    told = {letter.template for letter in desk.sent[begun:] if isinstance(letter, Letter)}
    assert "shortlisted" in told
    assert told.isdisjoint({"decision-reversed", "decision-to-make-again"})


def test_what_came_of_one_that_was_added_does_not_come_back_with_it() -> None:
    desk = place(listed=True)
    desk.act(f.team(), f.OFFICER)
    desk.act(f.survey(desk.now), f.actor("surveyor-1"))
    agree(desk, "shortlist")
    for who in (f.OFFICER, f.SUPERVISOR):
        desk.act(reverse("shortlist"), who)
    state = state_of(desk)
    assert (state.stage, state.verdict, state.team, state.appraisal) == (Stage.SURVEY, "", (), None)


def test_an_approver_reads_who_was_left_off_at_which_rank_and_why() -> None:
    desk = place(listed=False)
    view = view_entry(
        desk.leaves[-1], Viewer(person="approver-1", standings=frozenset({Standing.APPROVER})), desk.state
    )
    assert view is not None
    assert (view["data"]["rank"], view["data"]["reason"]["id"]) == (5, WHY.id)
