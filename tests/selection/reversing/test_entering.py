"""What was entered of a reversal waits for the other post, and nobody takes it away or goes around it."""

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.process.letter import Letter
from selection.projections.open_tasks import tasks_of
from selection.round.state import ProposalItem
from selection.rules.ladder import Ladder
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.requests.test_requesting import AGENT, appoint, decider, find, request
from tests.selection.reversing.reversals import (
    OTHER,
    SECOND,
    agree,
    decline,
    know_round,
    reverse,
    standing,
    state_of,
)
from tests.selection.reversing.test_rulings_on_conflicts import NAME

ITEM = ProposalItem(application="0001", rank=1, reason=f.ref("why"))


def list_awaited(desk: Desk) -> list[tuple[str, Role | None]]:
    return [(task.key, task.role) for task in tasks_of(desk.state) if task.kind == "reverse-decision"]


def fail_check(ladder: Ladder | None = None) -> Desk:
    desk = standing(Stage.CHECKING, f.terms(ladder=ladder) if ladder else f.TERMS)
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    return know_round(desk)


def test_whose_decision_it_is_does_not_wipe_out_what_was_entered_by_entering_another() -> None:
    desk = standing(Stage.APPRAISAL)
    desk.act(reverse("check"), SECOND)
    # officer-1 made the check, and may enter the survey.
    desk.act(reverse("survey"), f.OFFICER)
    assert list_awaited(desk) == [
        ("reverse-decision/check", Role.OFFICER),
        ("reverse-decision/survey", Role.SUPERVISOR),
    ]
    assert isinstance(desk.act(reverse("check"), OTHER)[1], e.DecisionReversed)
    assert (state_of(desk).stage, list_awaited(desk)) == (Stage.CHECKING, [])


def test_the_other_post_is_awaited_for_a_failed_check_and_nobody_is_reminded_after_the_end() -> None:
    desk = fail_check(Ladder())
    desk.act(reverse("check"), OTHER)
    assert list_awaited(desk) == [("reverse-decision/check", Role.SUPERVISOR)]
    assert desk.wait(desk.now + 400 * f.DAY) == ()
    desk.act(reverse("check"), SECOND)
    assert (state_of(desk).stage, list_awaited(desk)) == (Stage.CHECKING, [])


def test_the_other_post_declines_a_reversal_and_who_entered_it_is_told_and_may_enter_it_again() -> None:
    desk = fail_check()
    assert desk.refuse(decline("check"), SECOND) == "nothing-to-decline"
    desk.act(reverse("check"), SECOND)
    assert desk.refuse(decline("check"), f.SUPERVISOR) == "nothing-to-decline"
    assert desk.refuse(decline("check"), f.OFFICER) == "own-decision"
    sent = len(desk.sent)
    declined = e.ReversalDeclined(decision="check", people=("supervisor-2",), text=f.ref("stands"))
    assert desk.act(decline("check"), OTHER) == (declined,)
    told = [(item.to, item.template) for item in desk.sent[sent:] if isinstance(item, Letter)]
    assert told == [("supervisor-2", "reversal-declined")]
    assert list_awaited(desk) == []
    # What was declined is not agreed to behind it: both enter it anew.
    assert len(desk.act(reverse("check"), OTHER)) == 1
    desk.act(reverse("check"), SECOND)
    assert state_of(desk).stage is Stage.CHECKING


def test_a_task_for_a_failed_check_goes_away_when_it_is_declined_after_the_shortlist() -> None:
    desk = fail_check()
    desk.act(reverse("check"), SECOND)
    know_round(desk, RoundStage.SURVEY, shortlist={"0002": 1})
    assert desk.refuse(reverse("check"), OTHER) == "panels-are-drawn"
    desk.act(decline("check"), OTHER)
    assert list_awaited(desk) == []


def test_no_check_is_reversed_under_a_request_for_review_that_is_open() -> None:
    desk = fail_check()
    desk.act(request(), AGENT)
    assert desk.refuse(reverse("check"), OTHER) == "request-open"
    desk.act(appoint(), f.OFFICER)
    for person in ("examiner-1", "examiner-2"):
        desk.act(find(upheld=False), decider(person))
    agree(know_round(desk), "check")
    assert state_of(desk).stage is Stage.CHECKING


def test_of_what_the_list_left_out_as_held_a_ruling_is_reversed_and_the_rest_once_it_is_taken_up() -> None:
    desk = standing(Stage.NOTICE)
    desk.act(f.report_conflict("supervisor-3"), f.OFFICER)
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    desk.wait(desk.state.until)
    assert state_of(desk).stage is Stage.HELD
    know_round(desk, RoundStage.ISSUED, held=(ITEM,))
    assert desk.refuse(reverse("appraisal"), OTHER) == "objection-open"
    desk.act(reverse("conflict", NAME), OTHER)
    know_round(desk, RoundStage.ISSUED)
    assert desk.refuse(reverse("conflict", NAME), SECOND) == "rests-on-list"
    cleared = know_round(standing(Stage.CLEARED), RoundStage.ISSUED, held=(ITEM,))
    assert cleared.refuse(reverse("appraisal"), OTHER) == "item-held"
    agree(know_round(cleared, RoundStage.APPROVAL), "appraisal")


def test_what_was_held_is_proposed_anew_by_itself_after_the_list_where_it_was_decided_again() -> None:
    desk = paths.holding()
    paths.issue(desk)
    paths.carry_out(desk)
    paths.find(desk, n0001="cleared")
    assert (desk.state.stage, desk.state.held) == (RoundStage.APPROVAL, ())
    known = {"counts": {Stage.APPRAISAL: 1}, "candidates": (f.candidate("0001", stage="appraisal"),)}
    desk.world = desk.world.model_copy(update=known)
    desk.look()
    assert (desk.state.stage, desk.state.noticed) == (RoundStage.PROPOSAL, ("0001",))
    paths.know(desk, {}, "0001", agreed="80")
    desk.act(f.propose("0001"), f.OFFICER)
    paths.carry_out(desk)
    paths.notice(desk)
    assert desk.state.stage is RoundStage.NOTICE
