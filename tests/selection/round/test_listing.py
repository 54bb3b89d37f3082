from typing import Any

import pytest

from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import FINISHED_WHEN, RoundStage, Stage, before
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk


def shortlisting() -> Desk:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.know(desk, {"scored": 4}, "0001", "0002", "0003", by_rank=True)
    named = f.candidate("0004", rank=4)
    candidates = (*desk.world.candidates, named)
    desk.world = desk.world.model_copy(update={"candidates": candidates})
    return desk


def proposing(**rules: int) -> Desk:
    desk = paths.round_in(RoundStage.PROPOSAL)
    changed = desk.state.sealed.model_copy(update=rules)
    desk.state = desk.state.with_(sealed=changed)
    paths.know(desk, {"appraised": 3}, "0001", "0002", "0003", agreed="80")
    return desk


def approving() -> Desk:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    return desk


def integrity(proposal: int = 1, *hits: str) -> c.RecordIntegrityCheck:
    return c.RecordIntegrityCheck(
        proposal=proposal, hits=dict.fromkeys(hits, f.ref("hit")), text=f.ref("integrity")
    )


def approve(level: str, proposal: int = 1) -> c.Approve:
    return c.Approve(proposal=proposal, level=level)


def send_back(*items: str, level: str = "department", proposal: int = 1) -> c.SendBackProposal:
    return c.SendBackProposal(proposal=proposal, level=level, items=items, reason=f.ref())


ONE, TWO, THREE = (f.actor(f"approver-{number}") for number in (1, 2, 3))


def test_the_shortlist_follows_the_ranks() -> None:
    desk = shortlisting()
    listed = {"0001": 1, "0002": 2, "0003": 3}
    fixed = e.ShortlistFixed(listed=listed, reasons={}, counts={"scored": 4})
    assert desk.act(c.FixShortlist(), f.OFFICER) == (fixed,)
    assert desk.refuse(c.FixShortlist(), f.OFFICER) == "decision-under-way"
    paths.carry_out(desk, "0003")
    assert desk.state.left_over == ("0003",)
    assert desk.refuse(c.FixShortlist(), f.OFFICER) == "already-done"


def test_the_officer_adds_and_removes_with_reasons() -> None:
    desk = shortlisting()
    command = c.FixDeviatingShortlist(add={"0004": f.ref("add")}, remove={"0002": f.ref("remove")})
    listed = {"0001": 1, "0003": 3, "0004": 4}
    reasons = {"0004": f.ref("add"), "0002": f.ref("remove")}
    fixed = e.ShortlistFixed(listed=listed, removed={"0002": 2}, reasons=reasons, counts={"scored": 4})
    assert desk.act(command, f.OFFICER) == (fixed,)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.FixDeviatingShortlist(add={"0009": f.ref()}), "not-a-candidate"),
        (c.FixDeviatingShortlist(remove={"0004": f.ref()}), "not-a-candidate"),
        (c.FixDeviatingShortlist(remove=dict.fromkeys(("0001", "0002", "0003"), f.ref())), "nothing-to-do"),
    ],
)
def test_a_shortlist_of_others_or_of_nobody_is_refused(command: c.FixDeviatingShortlist, code: str) -> None:
    assert shortlisting().refuse(command, f.OFFICER) == code


@pytest.mark.parametrize("stage", before(Stage.APPRAISED))
def test_nothing_is_proposed_while_an_application_is_not_appraised(stage: Stage) -> None:
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.know(desk, {"appraised": 2, stage.value: 1}, "0001", "0002", agreed="80")
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "still-open"


@pytest.mark.parametrize("stage", before(Stage.APPRAISED, Stage.SUBMITTED))
def test_a_round_waits_for_whoever_stands_in_a_stage_before_the_proposal(stage: Stage) -> None:
    assert any(stage in waiting for waiting, _ in FINISHED_WHEN.values())


def test_no_shortlist_while_a_panel_is_at_work() -> None:
    desk = shortlisting()
    paths.know(desk, {"scored": 3, "review": 1}, "0001", by_rank=True)
    assert desk.refuse(c.FixShortlist(), f.OFFICER) == "still-open"


def test_a_proposal_in_order_needs_no_more_reasons() -> None:
    desk = proposing()
    command = f.propose("0001", "0002")
    made = e.ProposalMade(proposal=1, items=command.items, deviations={}, ranking=("0001", "0002", "0003"))
    assert desk.act(command, f.OFFICER) == (made,)
    assert desk.refuse(command, f.OFFICER) == "decision-under-way"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f.propose("0001", "0002", "0003"), "places-exceeded"),
        (f.propose("0001", "0001"), "rank-unclear"),
        (c.Propose(items=f.propose("0001", "0002").items[1:]), "rank-unclear"),
        (f.propose("0009"), "not-a-candidate"),
        (f.propose("0001", **{"0009": "why"}), "not-a-candidate"),
        (f.propose("0002"), "proposal-deviates"),
        (f.propose("0002", "0001"), "proposal-deviates"),
        (f.propose_deviating("0002"), "reason-missing"),
        (f.propose("0002", "0001", **{"0001": "why"}), "reason-missing"),
    ],
)
def test_a_proposal_against_the_rules_is_refused(command: Frozen, code: str) -> None:
    assert proposing().refuse(command, f.OFFICER) == code


def test_a_deviation_is_proposed_with_its_reason() -> None:
    assert proposing().act(f.propose("0002", **{"0001": "gap"}), f.OFFICER)


@pytest.mark.parametrize("limit", ["per_field_max", "per_region_max"])
def test_what_goes_over_a_limit_needs_a_reason(limit: str) -> None:
    assert proposing(**{limit: 1}).refuse(f.propose("0001", "0002"), f.OFFICER) == "proposal-deviates"
    assert proposing(**{limit: 1}).act(f.propose("0001", "0002", **{"0002": "gap"}), f.OFFICER)


@pytest.mark.parametrize(
    ("changes", "supported"),
    [
        ({"votes": "4:3:0"}, True),
        ({"votes": "3:3:0"}, False),
        ({"votes": "3:0:3"}, False),
        ({"votes": "5:0:0", "verdict": "confirmed-with-reservations"}, True),
        ({"votes": "5:0:0", "verdict": "not-confirmed"}, False),
        ({"verdict": "not-confirmed"}, False),
        ({}, True),
    ],
)
def test_what_survey_or_panel_does_not_support_stands_behind_and_is_proposed_by_two_with_a_reason(
    changes: dict[str, Any], supported: bool
) -> None:
    desk = proposing()
    best = f.candidate("0001", rank=1, agreed="99", **changes)
    others = tuple(f.candidate(number, rank=2, agreed="70", votes="5:0:0") for number in ("0002", "0003"))
    desk.world = desk.world.model_copy(update={"candidates": (best, *others)})
    if supported:
        [made] = desk.act(f.propose("0001", "0002"), f.OFFICER)
        assert isinstance(made, e.ProposalMade)
        assert made.ranking == ("0001", "0002", "0003")
        return
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "proposal-deviates"
    assert desk.refuse(f.propose_deviating("0002", "0003", "0001"), f.OFFICER) == "places-exceeded"
    others_passed_over = {"0002": "why", "0003": "why"}
    assert desk.refuse(f.propose("0001", **others_passed_over), f.OFFICER) == "reason-missing"
    assert desk.act(f.propose("0001", **others_passed_over, **{"0001": "why"}), f.OFFICER)


def test_whoever_is_supported_is_proposed_without_a_reason_for_those_behind() -> None:
    desk = proposing()
    best = f.candidate("0001", rank=1, agreed="99", votes="0:7:0")
    other = f.candidate("0002", rank=2, agreed="70", votes="5:0:0")
    desk.world = desk.world.model_copy(update={"candidates": (best, other)})
    [made] = desk.act(f.propose("0002"), f.OFFICER)
    assert isinstance(made, e.ProposalMade)
    assert made.ranking == ("0002", "0001")


def test_what_stood_in_the_notice_is_left_out_by_an_act_of_its_own() -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    desk.act(send_back("0002"), ONE)
    paths.know(desk, {}, "0001", "0002", "0003", stage="cleared")
    without = f.propose("0001", "0003", **{"0002": "gap"})
    assert desk.refuse(f.propose("0001", "0003"), f.OFFICER) == "proposal-deviates"
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "proposal-deviates"
    left_out = f.propose_deviating("0001", "0003", **{"0002": "gap"})
    (made,) = desk.act(left_out, f.OFFICER)
    assert isinstance(made, e.ProposalMade)
    assert ([item.application for item in made.items], made.left_out) == (["0001", "0003"], ("0002",))
    # Once it is left out, the next proposal does not leave it out again.
    paths.carry_out(desk)
    (again,) = desk.act(without, f.OFFICER)
    assert isinstance(again, e.ProposalMade)
    assert again.left_out == ()


def test_what_an_upheld_hit_stopped_need_not_be_proposed_again() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    desk.act(f.rule_on_hit("0001", cleared=False), f.SUPERVISOR)
    desk.act(send_back("0002"), ONE)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    assert desk.state.noticed == ("0002",)
    assert desk.act(f.propose("0002", **{"0001": "gap"}), f.OFFICER)


def test_who_had_a_hand_in_a_candidate_proposes_nothing() -> None:
    desk = proposing()
    paths.know(desk, {}, "0001", "0002", hands={"recommender": ("officer-1",)})
    assert desk.refuse(f.propose("0001"), f.OFFICER) == "same-hands"


def test_the_notice_opens_for_the_present_proposal() -> None:
    desk = proposing()
    command = c.OpenPublicNotice(proposal=0)
    assert desk.refuse(command, f.OFFICER) == "nothing-to-do"
    paths.proposal(desk)
    assert desk.refuse(command, f.OFFICER) == "proposal-changed"
    until = f.TERMS.after(desk.now, 7)
    opened = e.PublicNoticeOpened(proposal=1, until=until)
    assert desk.act(c.OpenPublicNotice(proposal=1), f.OFFICER) == (opened,)


def test_the_notice_waits_for_the_batch_before_it() -> None:
    desk = proposing()
    desk.act(f.propose("0001"), f.OFFICER)
    assert desk.refuse(c.OpenPublicNotice(proposal=1), f.OFFICER) == "decision-under-way"


def test_the_integrity_check_comes_first_and_once() -> None:
    desk = approving()
    assert desk.refuse(approve("department"), ONE) == "integrity-open"
    assert desk.refuse(integrity(2), f.SUPERVISOR) == "proposal-changed"
    assert desk.refuse(integrity(1, "0003"), f.SUPERVISOR) == "not-a-candidate"
    checked = e.IntegrityChecked(proposal=1, hits={}, text=f.ref("integrity"))
    assert desk.act(integrity(), f.SUPERVISOR) == (checked,)
    assert desk.refuse(integrity(), f.SUPERVISOR) == "already-done"


@pytest.mark.parametrize("cleared", [True, False])
def test_a_hit_suspends_its_item_until_a_person_rules(cleared: bool) -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    assert [item.application for item in desk.state.standing_items] == ["0002"]
    rule = f.rule_on_hit("0001", cleared=cleared)
    ruled = e.IntegrityHitRuled(application="0001", cleared=cleared, text=f.ref())
    assert desk.act(rule, f.SUPERVISOR) == (ruled,)
    assert desk.refuse(rule, f.SUPERVISOR) == "not-a-candidate"
    standing = [item.application for item in desk.state.standing_items]
    assert standing == (["0001", "0002"] if cleared else ["0002"])
    assert desk.act(approve("department"), ONE)


def test_the_levels_agree_in_order_each_with_enough() -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    assert desk.refuse(approve("ministry"), TWO) == "level-not-open"
    assert desk.refuse(approve("department"), TWO) == "not-entitled"
    assert desk.refuse(c.IssueList(proposal=1), f.OFFICER) == "level-not-open"
    given = e.LevelApproved(proposal=1, level="department", passed=True)
    assert desk.act(approve("department"), ONE) == (given,)
    assert desk.act(approve("ministry"), TWO) == (
        e.LevelApproved(proposal=1, level="ministry", passed=False),
    )
    assert desk.refuse(approve("ministry"), TWO) == "already-done"
    assert desk.act(approve("ministry"), THREE) == (
        e.LevelApproved(proposal=1, level="ministry", passed=True),
    )
    assert desk.refuse(approve("ministry"), THREE) == "level-not-open"
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (
        e.ListIssued(proposal=1, places={"0001": 1, "0002": 2}),
    )


def test_sending_back_voids_what_was_approved_and_proposes_again() -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    assert desk.refuse(send_back("0003", level="ministry"), TWO) == "not-a-candidate"
    back = e.ProposalSentBack(proposal=1, level="ministry", items=("0002",), reason=f.ref())
    assert desk.act(send_back("0002", level="ministry"), TWO) == (back,)
    assert (desk.state.stage, desk.state.passed, desk.state.approvals) == (RoundStage.PROPOSAL, (), {})
    assert desk.refuse(c.OpenPublicNotice(proposal=1), f.OFFICER) == "nothing-to-do"
    paths.proposal(desk)
    paths.notice(desk)
    paths.look(desk)
    assert desk.refuse(approve("department"), ONE) == "proposal-changed"
    assert desk.refuse(approve("department", 2), ONE) == "integrity-open"


def test_one_approver_sends_back_twice_at_most_before_a_list() -> None:
    desk = approving()
    for proposal in (1, 2):
        desk.act(integrity(proposal), f.SUPERVISOR)
        desk.act(send_back("0002", proposal=proposal), ONE)
        for go in (paths.proposal, paths.notice, paths.look):
            go(desk)
    desk.act(integrity(3), f.SUPERVISOR)
    assert desk.refuse(send_back("0002", proposal=3), ONE) == "sent-back-enough"


@pytest.mark.parametrize(
    ("command", "who"),
    [
        (integrity(), f.SUPERVISOR),
        (f.rule_on_hit("0001"), f.SUPERVISOR),
        (approve("department"), ONE),
        (send_back("0001"), ONE),
    ],
)
def test_nobody_decides_on_what_they_had_a_hand_in(command: Frozen, who: Actor) -> None:
    desk = approving()
    if not isinstance(command, c.RecordIntegrityCheck):
        desk.act(integrity(), f.SUPERVISOR)
    paths.know(desk, {}, "0001", "0002", hands={"reviewer": (who.person,)})
    assert desk.refuse(command, who) == "same-hands"


@pytest.mark.parametrize("duty", ["officer", "supervisor", "examiner", "objector", "surveyor", "applicant"])
def test_nobody_approves_what_they_did_anything_about_before_they_became_an_approver(duty: str) -> None:
    desk = approving()
    desk.act(integrity(), f.SUPERVISOR)
    paths.know(desk, {}, "0001", "0002", hands={duty: (ONE.person,)})
    assert desk.refuse(approve("department"), ONE) == "same-hands"


def test_an_item_that_an_objection_removed_leaves_its_place_empty() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    paths.know(desk, {"cleared": 1, "ended": 1}, "0001", stage="ended")
    (finished,) = desk.look()
    assert finished == e.StageFinished(
        finished="notice", next="approval", counts={"cleared": 1, "ended": 1}, removed=("0001",)
    )
    paths.agree(desk)
    issued = e.ListIssued(proposal=1, places={"0002": 1})
    assert desk.act(c.IssueList(proposal=1), f.OFFICER) == (issued,)


def test_the_place_of_a_removed_item_is_not_given_again() -> None:
    desk = paths.send_item_back()
    paths.know(desk, {}, "0002", "0003")
    assert desk.refuse(f.propose("0002", "0003"), f.OFFICER) == "places-exceeded"
    assert desk.act(f.propose("0002"), f.OFFICER)


def test_the_list_is_issued_for_the_present_proposal_when_nothing_is_carried_out() -> None:
    desk = approving()
    paths.agree(desk)
    assert desk.refuse(c.IssueList(proposal=2), f.OFFICER) == "proposal-changed"
    desk.act(c.IssueList(proposal=1), f.OFFICER)
    assert (desk.state.ended, desk.state.batch) == (False, "issue/1")
    paths.carry_out(desk)
    assert desk.state.ended


@pytest.mark.parametrize("who", [f.actor("officer-3"), f.SUPERVISOR, f.actor("admin-1", Role.OFFICER)])
def test_only_the_rounds_officers_run_it(who: Actor) -> None:
    assert shortlisting().refuse(c.FixShortlist(), who) == "not-entitled"
