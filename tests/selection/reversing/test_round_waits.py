"""A round waits for what is decided again, and is in its proposal again where there was one."""

import pytest

from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Wake
from selection.round import commands as r, events as e
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing.reversals import agree, standing
from tests.selection.round.test_listing import ONE, TWO, approve, approving, integrity, send_back


@pytest.mark.parametrize(
    "stage",
    [
        *(RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING),
        *(RoundStage.SURVEY, RoundStage.APPRAISAL),
    ],
)
def test_no_stage_ends_while_a_check_is_made_again(stage: RoundStage) -> None:
    desk = paths.round_in(stage)
    for waiting in ("checking", "mending"):
        paths.know(desk, {waiting: 1})
        assert desk.look() == ()


def test_neither_shortlist_nor_proposal_nor_list_passes_over_what_is_decided_again() -> None:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.know(desk, {"scored": 3, "checking": 1}, "0001", "0002", by_rank=True)
    assert desk.refuse(r.FixShortlist(), f.OFFICER) == "still-open"
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.know(desk, {"appraised": 2, "survey": 1}, "0001", "0002", agreed="80")
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "still-open"
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    paths.know(desk, {"appraisal": 1})
    assert desk.refuse(r.IssueList(proposal=1), f.OFFICER) == "still-open"


def _look_at(desk: Desk, **fates: str) -> tuple[object, ...]:
    """Let the round look at a record in which its items stand so, and are counted."""
    found = tuple(f.candidate(name.removeprefix("n"), stage=stage) for name, stage in fates.items())
    counts = {Stage(stage): 1 for stage in fates.values()}
    desk.world = desk.world.model_copy(update={"counts": counts, "candidates": found})
    return desk.look()


def test_a_proposal_is_made_anew_and_what_was_approved_of_the_others_stands() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    passed = desk.state.passed
    assert passed == ("department", "ministry")
    returned = e.ProposalReturned(proposal=1, items=("0001",))
    assert _look_at(desk, n0001="survey", n0002="cleared") == (returned,)
    state = desk.state
    assert (state.stage, state.proposed, state.integrity) == (RoundStage.PROPOSAL, False, False)
    assert (state.returned, state.noticed) == (("0001",), ("0001", "0002"))
    assert {item.application for given in state.agreed for item in given.items} == {"0002"}


def test_one_in_reserve_brings_the_proposal_back_too_and_voids_nothing_of_it() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    before = desk.state.agreed
    paths.know(desk, {"appraised": 1}, "0001", "0002", stage="cleared")
    assert desk.look() == (e.ProposalReturned(proposal=1, items=()),)
    assert desk.state.agreed == before


def test_before_the_notice_a_proposal_that_rests_on_nothing_is_not_noticed() -> None:
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.proposal(desk)
    assert _look_at(desk, n0001="checking", n0002="proposed") == (
        e.ProposalReturned(proposal=1, items=("0001",)),
    )
    assert desk.state.stage is RoundStage.PROPOSAL
    assert desk.refuse(r.OpenPublicNotice(proposal=1), f.OFFICER) == "nothing-to-do"


def test_the_others_notice_is_not_cut_short() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    assert _look_at(desk, n0001="checking", n0002="notice") == ()


def test_the_round_hears_of_a_reversal_after_its_proposal() -> None:
    desk = standing(Stage.CLEARED)
    sent = len(desk.sent)
    agree(desk, "survey")
    wakes = [item for item in desk.sent[sent:] if isinstance(item, Wake)]
    assert wakes == [Wake(round=f.ROUND, stage="cleared")]


def test_what_is_decided_again_after_it_was_sent_back_is_approved_anew() -> None:
    desk = approving()
    desk.act(integrity(1), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    desk.act(send_back("0002", level="ministry"), TWO)
    # Meanwhile a decision on the other was reversed and made again, of which the round was never told.
    known = (f.candidate("0001"), f.candidate("0002", rank=2, stage="reserve"))
    desk.world = desk.world.model_copy(update={"candidates": known, "counts": {}})
    (made,) = desk.act(f.propose("0001", "0002"), f.OFFICER)
    assert isinstance(made, e.ProposalMade)
    assert (made.anew, desk.state.agreed) == (("0001",), ())


def test_what_was_approved_stands_of_what_nobody_decided_again() -> None:
    desk = approving()
    desk.act(integrity(1), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    desk.act(send_back("0002", level="ministry"), TWO)
    known = (f.candidate("0001", stage="cleared"), f.candidate("0002", rank=2))
    desk.world = desk.world.model_copy(update={"candidates": known, "counts": {}})
    (made,) = desk.act(f.propose("0001", "0002"), f.OFFICER)
    assert isinstance(made, e.ProposalMade)
    assert (made.anew, [one.application for one in desk.state.agreed[0].items]) == ((), ["0001"])


def test_what_was_held_is_not_left_out_by_one_when_it_was_decided_again() -> None:
    desk = paths.holding()
    desk.act(integrity(1), f.SUPERVISOR)
    returned = e.ProposalReturned(proposal=1, items=("0001",))
    assert _look_at(desk, n0001="appraisal", n0002="cleared") == (returned,)
    assert (desk.state.held, desk.state.noticed) == ((), ("0002", "0001"))
    known = (f.candidate("0001", rank=2), f.candidate("0002", stage="cleared"))
    desk.world = desk.world.model_copy(update={"candidates": known, "counts": {}})
    assert desk.refuse(f.propose("0002"), f.OFFICER) == "proposal-deviates"


def test_no_notice_opens_over_what_is_decided_again_before_the_round_has_seen_it() -> None:
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.proposal(desk)
    paths.know(desk, {"checking": 1})
    assert desk.refuse(r.OpenPublicNotice(proposal=1), f.OFFICER) == "still-open"
