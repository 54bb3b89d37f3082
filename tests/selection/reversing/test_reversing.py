"""Decisions on an application are reversed by two posts; what fell with them is listed before, and done again."""

import pytest

from selection.application import commands as c, events as e
from selection.application.reversing.dependents import list_dependents
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing.reversals import (
    OTHER,
    SECOND,
    agree,
    decline,
    know_list,
    know_round,
    reverse,
    standing,
    state_of,
)

TEXT = f.ref("wrong-decision")
THIRD = f.actor("officer-3", Role.OFFICER)
PASS = {revision: c.PassCheck(revision=revision) for revision in (1, 2)}


def test_a_check_is_reversed_by_an_officer_and_a_supervisor_and_made_again_by_another() -> None:
    desk = standing(Stage.ELIGIBLE)
    entered = e.ReversalEntered(decision="check", was="passed", stage="eligible", void=(), text=TEXT)
    assert desk.act(reverse("check"), OTHER) == (entered,)
    assert [task.role for task in tasks_of(desk.state) if task.kind == "reverse-decision"] == [
        Role.SUPERVISOR
    ]
    found = desk.act(reverse("check"), SECOND)
    reversed_ = e.DecisionReversed(decision="check", was="passed", void=(), people=("officer-1",), text=TEXT)
    assert found == (entered, reversed_)
    assert state_of(desk).stage is Stage.CHECKING
    assert "reverse-decision" not in [task.kind for task in tasks_of(desk.state)]
    assert desk.refuse(PASS[1], f.OFFICER) == "decided-before"
    desk.act(c.SendBack(faults=("evidence-unclear",), text=f.ref()), OTHER)
    assert state_of(desk).stage is Stage.MENDING


def test_a_failed_check_is_reversed_while_panels_can_be_drawn_and_the_application_is_back() -> None:
    desk = standing(Stage.CHECKING)
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    assert list_dependents(desk.state, "check") == ("end",)
    for closed in (
        {"stage": RoundStage.SURVEY},
        {"stage": RoundStage.SHORTLISTING, "shortlist": {"0002": 1}},
    ):
        assert know_round(desk, **closed).refuse(reverse("check"), OTHER) == "panels-are-drawn"
    know_round(desk, RoundStage.SHORTLISTING)
    agree(desk, "check")
    state = state_of(desk)
    assert (state.stage, state.outcome, state.over) == (Stage.CHECKING, "", False)
    know_list(desk).act(PASS[1], OTHER)
    assert state_of(desk).stage is Stage.ELIGIBLE


def test_what_no_unit_recommends_any_more_does_not_pass_though_its_failed_check_is_reversed() -> None:
    """A withdrawal that comes after the check had failed reaches nothing: what has ended hears of none."""
    desk = standing(Stage.CHECKING)
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    agree(know_round(desk, RoundStage.CHECKING), "check")
    assert know_list(desk, listed=False).refuse(PASS[1], OTHER) == "recommendation-withdrawn"
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), OTHER)
    assert state_of(desk).outcome == "ineligible"


def test_what_was_sent_back_wrongly_does_not_count_as_sent_back() -> None:
    desk = standing(Stage.MENDING)
    assert list_dependents(desk.state, "check") == ("mending",)
    agree(desk, "check")
    assert (state_of(desk).stage, state_of(desk).sent_back) == (Stage.CHECKING, 0)


@pytest.mark.parametrize(
    ("stage", "void", "goes_on"),
    [
        (Stage.SCORED, (), Stage.SCORED),
        (Stage.SURVEY, (), Stage.SURVEY),
        (Stage.APPRAISAL, (), Stage.APPRAISAL),
        (Stage.APPRAISED, (), Stage.APPRAISED),
        (Stage.PROPOSED, ("proposal",), Stage.APPRAISED),
        (Stage.RESERVE, ("proposal",), Stage.APPRAISED),
        (Stage.NOTICE, ("proposal", "notice"), Stage.APPRAISED),
        (Stage.CLEARED, ("proposal", "notice", "approvals"), Stage.APPRAISED),
    ],
)
def test_nobody_gets_rid_of_a_score_by_reversing_the_check(
    stage: Stage, void: tuple[str, ...], goes_on: Stage
) -> None:
    desk = standing(stage)
    before = state_of(desk)
    assert list_dependents(before, "check") == void
    agree(desk, "check")
    assert state_of(desk).stage is Stage.CHECKING
    # Nor by having the version mended that the panel read.
    assert desk.refuse(c.SendBack(faults=("evidence-unclear",), text=f.ref()), OTHER) == "panel-has-read"
    know_list(desk).act(PASS[1], OTHER)
    after = state_of(desk)
    kept = ("score", "seats", "reviews", "verdict", "team", "appraisal", "meeting", "objections", "noticed")
    assert after.stage is goes_on
    assert {name: getattr(after, name) for name in kept} == {name: getattr(before, name) for name in kept}


def test_a_check_that_fails_when_it_is_made_again_ends_the_application() -> None:
    desk = standing(Stage.APPRAISED)
    agree(desk, "check")
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), OTHER)
    assert (state_of(desk).stage, state_of(desk).outcome) == (Stage.ENDED, "ineligible")


def test_a_survey_is_made_again_by_another_team_and_what_was_appraised_by_it_is_void() -> None:
    desk = standing(Stage.NOTICE)
    void = ("meeting", "appraisal", "proposal", "notice")
    assert list_dependents(desk.state, "survey") == void
    found = agree(desk, "survey")
    assert isinstance(found[1], e.DecisionReversed)
    assert (found[1].void, found[1].was) == (void, "reported")
    state = state_of(desk)
    assert (state.stage, state.verdict, state.team, state.meeting, state.appraisal) == (
        *(Stage.SURVEY, "", ()),
        *(None, None),
    )
    assert state.score is not None
    assert desk.refuse(f.team(), f.OFFICER) == "decided-before"
    others = ("surveyor-4", "surveyor-5", "surveyor-6")
    known = {name: f.person(name, employer="other") for name in others}
    desk.world = desk.world.with_(people={**desk.world.people, **known})
    desk.act(f.team(*others, lead="surveyor-4"), f.OFFICER)
    desk.act(f.survey(), f.actor("surveyor-4", Role.SURVEYOR))
    assert state_of(desk).stage is Stage.APPRAISAL


def test_a_meeting_is_held_again_and_no_vote_of_the_former_counts() -> None:
    desk = standing(Stage.CLEARED)
    assert list_dependents(desk.state, "appraisal") == ("meeting", "proposal", "notice", "approvals")
    agree(desk, "appraisal")
    state = state_of(desk)
    assert (state.stage, state.appraisal, state.meeting, state.verdict) == (
        *(Stage.APPRAISAL, None),
        *(None, "confirmed"),
    )
    members = paths.experts(desk, "submitted")
    # Who dissented is not left out for it; the reversal's reason is enough.
    assert desk.refuse(f.meeting(tuple(members[:-1])), f.actor(state.chair, Role.CHAIR)) == "voter-left-out"
    desk.act(f.meeting(tuple(members)), f.actor(state.chair, Role.CHAIR))
    assert desk.refuse(f.vote(meeting=1), f.actor(members[0])) == "meeting-changed"
    for member in members:
        desk.act(f.vote(meeting=2), f.actor(member))
    desk.act(f.appraisal(meeting=2), f.actor(state.chair, Role.CHAIR))
    assert state_of(desk).stage is Stage.APPRAISED


def test_neither_alone_nor_who_made_it_nor_on_what_has_changed_since() -> None:
    desk = standing(Stage.ELIGIBLE)
    assert desk.refuse(reverse("check"), f.OFFICER) == "own-decision"
    assert desk.refuse(reverse("check"), f.APPLICANT) == "not-entitled"
    assert desk.refuse(reverse("survey"), OTHER) == "nothing-to-reverse"
    desk.act(reverse("check"), OTHER)
    assert desk.refuse(reverse("check"), OTHER) == "already-done"
    # What was entered waits for nobody once the application has gone on: another reversal would fall upon more.
    paths.lead_to(desk, Stage.SCORED)
    assert "reverse-decision" not in [task.kind for task in tasks_of(desk.state)]
    assert [type(event) for event in desk.act(reverse("check"), SECOND)] == [e.ReversalEntered]
    assert state_of(desk).stage is Stage.SCORED


def test_one_post_is_enough_where_the_rules_say_so_and_the_other_may_not() -> None:
    desk = standing(Stage.ELIGIBLE, f.terms(reversals={"agree": ["supervisor"]}))
    assert desk.refuse(reverse("check"), OTHER) == "not-entitled"
    assert [type(event) for event in desk.act(reverse("check"), SECOND)] == [
        e.ReversalEntered,
        e.DecisionReversed,
    ]


def reverse_and_pass_again(limit: int = 1) -> Desk:
    """A check that two reversed and one of them passed again, in a round of three officers."""
    desk = standing(Stage.ELIGIBLE, f.terms(reversals={"at_most": limit}))
    agree(desk, "check")
    know_list(desk).act(PASS[1], OTHER)
    know_round(desk)
    terms = desk.world.terms
    assert terms is not None
    desk.world = desk.world.with_(terms=terms.with_(officers=(*terms.officers, "officer-3")))
    return desk


def test_two_allies_do_not_use_up_the_reversal_of_others() -> None:
    """Seen before: they reversed a decision and made it again alike, and it stood whoever saw it."""
    desk = reverse_and_pass_again()
    assert desk.refuse(reverse("check"), SECOND) == "reversed-before"
    desk.act(reverse("check"), THIRD)
    desk.act(reverse("check"), f.SUPERVISOR)
    assert state_of(desk).stage is Stage.CHECKING
    assert state_of(desk).decisions.list_former("check") == ("officer-1", "officer-2")


def test_whoever_made_it_before_neither_reverses_it_nor_declines_that() -> None:
    """So whoever reverses it may always make it again: nobody is left without who can."""
    desk = reverse_and_pass_again(limit=2)
    assert desk.refuse(reverse("check"), f.OFFICER) == "own-decision"
    desk.act(reverse("check"), SECOND)
    assert desk.refuse(decline("check"), f.OFFICER) == "own-decision"
    desk.act(reverse("check"), THIRD)
    desk = know_list(desk)
    assert desk.refuse(PASS[1], OTHER) == "decided-before"
    desk.act(PASS[1], THIRD)


def test_one_person_reverses_a_decision_once_or_as_often_as_the_rules_say() -> None:
    for limit, refused in ((1, "reversed-before"), (2, "")):
        desk = reverse_and_pass_again(limit)
        desk.act(reverse("check"), THIRD)
        if refused:
            assert desk.refuse(reverse("check"), SECOND) == refused
        else:
            desk.act(reverse("check"), SECOND)
            assert state_of(desk).stage is Stage.CHECKING


def test_not_while_others_are_at_work_on_what_rests_on_it_or_once_it_is_issued() -> None:
    review = standing(Stage.REVIEW)
    assert review.refuse(reverse("check"), OTHER) == "panel-awaited"
    notice = standing(Stage.NOTICE)
    notice.act(f.objection(), f.actor("objector-1"))
    assert {notice.refuse(reverse(name), OTHER) for name in ("check", "survey", "appraisal")} == {
        "objection-open"
    }
    cleared = standing(Stage.CLEARED)
    assert know_round(cleared, batch="issue/1").refuse(reverse("survey"), OTHER) == "decision-under-way"
    for stage in (RoundStage.ISSUED, RoundStage.CANCELLED):
        assert know_round(cleared, stage).refuse(reverse("survey"), OTHER) == "rests-on-list"
    cleared.world = cleared.world.with_(cited=None)
    assert cleared.refuse(reverse("survey"), OTHER) == "unknown-round"


def test_an_application_that_ended_otherwise_has_no_decision_to_reverse() -> None:
    desk = know_round(paths.application_in(Stage.ENDED), RoundStage.APPROVAL)
    for decision in ("check", "survey", "appraisal"):
        assert desk.refuse(reverse(decision), OTHER) == "nothing-to-reverse"
