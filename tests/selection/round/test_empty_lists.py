"""A round in which nobody is left goes on to a list without centres, by its people's acts and not around them."""

import pytest

from selection.kernel.stages import RoundStage
from selection.round import commands as c
from tests import factories as f, paths
from tests.desk import Desk


def empty_round(stage: RoundStage) -> Desk:
    """A round at a stage in which no application waits any more, nor anywhere else."""
    desk = paths.round_in(stage)
    paths.know(desk, {"ended": 3})
    return desk


def at_proposal(*numbers: str) -> Desk:
    """A round that may propose these."""
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.know(desk, {"appraised": len(numbers)}, *numbers, agreed="80")
    return desk


def propose_nobody(desk: Desk) -> None:
    desk.act(f.propose(), f.OFFICER)
    paths.carry_out(desk)


@pytest.mark.parametrize("stage", [RoundStage.CHECKING, RoundStage.DRAWING, RoundStage.SHORTLISTING])
def test_where_nobody_is_left_the_round_waits_for_its_proposal(stage: RoundStage) -> None:
    desk = empty_round(stage)
    for _ in range(6):
        desk.look()
    assert desk.state.stage is RoundStage.PROPOSAL


def test_a_list_without_centres_is_proposed_noticed_approved_and_issued() -> None:
    desk = at_proposal()
    propose_nobody(desk)
    paths.notice(desk)
    paths.look(desk)
    assert desk.state.stage is RoundStage.APPROVAL
    paths.issue(desk)
    assert (desk.state.stage, desk.state.places) == (RoundStage.ISSUED, {})


def test_where_somebody_could_be_proposed_nobody_takes_two_and_a_reason_for_each() -> None:
    desk = at_proposal("0001", "0002")
    why = {"n0001": "too weak", "n0002": "too weak"}
    reasons = {name.strip("n"): f.ref(text) for name, text in why.items()}
    assert desk.refuse(f.propose(), f.OFFICER) == "proposal-deviates"
    assert desk.refuse(c.ProposeDeviating(items=()), f.OFFICER) == "reason-missing"
    desk.act(c.ProposeDeviating(items=(), deviations=reasons), f.OFFICER)
    assert (desk.state.proposed, desk.state.items) == (True, ())


def test_a_list_without_centres_can_be_sent_back_and_one_with_centres_not_as_if_it_had_none() -> None:
    desk = at_proposal()
    propose_nobody(desk)
    paths.notice(desk)
    paths.look(desk)
    paths.know(desk)
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    back = c.SendBackProposal(proposal=1, level="department", items=(), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    assert desk.state.stage is RoundStage.PROPOSAL
    full = paths.round_in(RoundStage.APPROVAL)
    paths.know(full)
    full.act(c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    assert full.refuse(back, f.actor("approver-1")) == "missing"


def test_where_objections_emptied_all_places_what_is_sent_back_is_proposed_without_any() -> None:
    """Seen before: two items removed of two places, or one removed and one sent back, left only cancelling."""
    desk = paths.send_item_back()
    sealed = desk.state.sealed.model_copy(update={"places": 1})
    desk.state = desk.state.with_(sealed=sealed, noticed=())
    paths.know(desk, {"appraised": 1}, "0003", agreed="80")
    assert desk.refuse(f.propose("0003"), f.OFFICER) == "places-exceeded"
    desk.act(c.ProposeDeviating(items=(), deviations={"0003": f.ref("no place")}), f.OFFICER)
    assert desk.state.proposed
