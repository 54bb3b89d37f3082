"""Whose turn a reversal is, who is left to agree to it and to decide again, and which decision was meant."""

from collections.abc import Callable

import pytest

from selection.application import commands as c
from selection.application.panel import EarlierPanel
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Wake
from selection.projections.open_tasks import tasks_of
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.rules.delegation import Delegation
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_reopening import REOPEN, settle_objection
from tests.selection.reversing.reversals import (
    OTHER,
    SECOND,
    agree,
    know_list,
    know_round,
    reverse,
    standing,
    state_of,
)
from tests.selection.reversing.test_integrity import clear_hit
from tests.selection.reversing.test_rulings_on_objections import WRONG, pass_notice

PASS = c.PassCheck(revision=1)
BACK = c.SendBack(faults=("evidence-unclear",), text=f.ref())


def have_stand_in(desk: Desk, **holders: str) -> Desk:
    """Let each of these persons stand in for a holder: `officer_7="officer-1"`."""
    named = {name.replace("_", "-"): holder for name, holder in holders.items()}
    made = [
        Delegation(
            number=number,
            role=Role(holder.rpartition("-")[0]),
            holder=holder,
            substitute=name,
            start=desk.now,
            until=desk.now + 300 * f.DAY,
        )
        for number, (name, holder) in enumerate(named.items(), 1)
    ]
    people = {name: f.person(name, holder.rpartition("-")[0]) for name, holder in named.items()}
    terms = desk.world.terms
    assert terms is not None
    known = {**desk.world.people, **people}
    desk.world = desk.world.with_(people=known, terms=terms.with_(delegations=tuple(made)))
    return desk


def meet_again(desk: Desk, number: int) -> None:
    for act, actor in f.hold_meeting(paths.experts(desk, "submitted"), state_of(desk).chair, number):
        desk.act(act, actor)


def test_whom_a_substitute_stands_in_for_has_had_their_turn_as_well() -> None:
    """Seen before: by one substitute after the other a single holder reversed a decision for good."""
    desk = standing(Stage.APPRAISED)
    have_stand_in(desk, officer_7="officer-1", officer_8="officer-1", supervisor_7="supervisor-1")
    desk.act(reverse("appraisal"), f.actor("officer-7"))
    desk.act(reverse("appraisal"), f.actor("supervisor-7"))
    meet_again(desk, 2)
    for name in ("officer-7", "officer-8", "officer-1", "supervisor-7", "supervisor-1"):
        assert desk.refuse(reverse("appraisal"), f.actor(name)) == "reversed-before", name
    agree(desk, "appraisal")


def test_nor_does_a_supervisor_have_another_turn_in_the_notice_after_their_substitute() -> None:
    desk = have_stand_in(settle_objection(), supervisor_7="supervisor-1")
    desk.act(REOPEN, f.actor("supervisor-7"))
    known = {"examiner-4": f.person("examiner-4", "supervisor"), **desk.world.people}
    desk.world = desk.world.with_(people=known)
    desk.act(f.examiners("examiner-3", "examiner-4"), f.OFFICER)
    desk.act(f.settle("dismissed"), f.actor("examiner-3", Role.EXAMINER))
    for actor in (f.SUPERVISOR, f.actor("supervisor-7")):
        assert desk.refuse(REOPEN, actor) == "reversed-before"
    desk.act(REOPEN, SECOND)


def test_what_was_entered_of_one_sending_back_does_not_count_against_the_next() -> None:
    """Seen before: who had entered it sent back again, and their own decision was reversed in their name."""
    desk = standing(Stage.CHECKING, f.terms(check={"mend_at_most": 2}))
    desk.act(BACK, f.OFFICER)
    know_round(desk).act(reverse("check"), OTHER)
    desk.act(c.Mend(submission=f.submission(form=f.ref("anew"))), f.APPLICANT)
    desk.act(BACK, OTHER)
    assert [task.kind for task in tasks_of(desk.state)] == ["mend"]
    know_round(desk).act(reverse("check"), SECOND)
    assert state_of(desk).stage is Stage.MENDING
    desk.act(reverse("check"), f.OFFICER)
    assert state_of(desk).stage is Stage.CHECKING


def test_what_was_entered_of_one_ruling_does_not_count_against_that_of_others() -> None:
    desk = pass_notice()
    desk.act(WRONG, OTHER)
    paths.place(desk, again=True)
    desk.act(c.OpenNotice(proposal=state_of(desk).proposal))
    desk.act(REOPEN, f.SUPERVISOR)
    desk.act(f.examiners("examiner-4", "examiner-5"), f.OFFICER)
    desk.act(f.settle("dismissed"), f.actor("examiner-4", Role.EXAMINER))
    desk.wait(desk.state.until)
    know_round(desk, RoundStage.APPROVAL).act(WRONG, SECOND)
    assert state_of(desk).stage is Stage.CLEARED
    desk.act(WRONG, OTHER)
    assert state_of(desk).stage is Stage.HELD


def reverse_check_twice(desk: Desk, *first: Actor) -> Desk:
    """A check that these reversed, and that the second officer passed again."""
    for actor in first:
        desk.act(reverse("check"), actor)
    know_list(desk).act(PASS, OTHER)
    return know_round(desk)


def add_to(desk: Desk, post: str, name: str) -> None:
    terms = desk.world.terms
    assert terms is not None
    holders = (*getattr(terms, post), name)
    known = {**desk.world.people, name: f.person(name, post.removesuffix("s"))}
    desk.world = desk.world.with_(people=known, terms=terms.with_(**{post: holders}))


def test_nothing_is_entered_to_which_nobody_of_the_other_post_can_agree() -> None:
    """Seen before: a task for officers of whom each was refused, and none could decline it either."""
    desk = reverse_check_twice(standing(Stage.ELIGIBLE), OTHER, SECOND)
    assert desk.refuse(reverse("check"), f.SUPERVISOR) == "nobody-left"
    add_to(desk, "officers", "officer-3")
    desk.act(reverse("check"), f.SUPERVISOR)
    desk.act(reverse("check"), f.actor("officer-3"))
    assert state_of(desk).stage is Stage.CHECKING


def test_nor_where_the_only_ones_of_the_other_post_examined_it() -> None:
    desk = pass_notice()
    terms = desk.world.terms
    assert terms is not None
    desk.world = desk.world.with_(terms=terms.with_(supervisors=()))
    add_to(desk, "supervisors", "examiner-1")
    assert desk.refuse(WRONG, OTHER) == "nobody-left"


def test_nor_where_all_of_the_other_post_had_their_turn() -> None:
    desk = standing(Stage.APPRAISED)
    for number, pair in enumerate(((f.OFFICER, f.SUPERVISOR), (OTHER, SECOND)), 2):
        for actor in pair:
            desk.act(reverse("appraisal"), actor)
        meet_again(desk, number)
    add_to(desk, "supervisors", "supervisor-3")
    assert desk.refuse(reverse("appraisal"), f.actor("supervisor-3")) == "nobody-left"


def test_nothing_is_reversed_that_nobody_is_left_to_decide_again() -> None:
    """Seen before: where one post reverses what another decides, nobody was left to check."""
    rules = f.terms(reversals={"agree": ["supervisor"]})
    desk = reverse_check_twice(standing(Stage.ELIGIBLE, rules), f.SUPERVISOR)
    assert desk.refuse(reverse("check"), SECOND) == "nobody-left"
    add_to(desk, "officers", "officer-3")
    desk.act(reverse("check"), SECOND)
    know_list(desk).act(PASS, f.actor("officer-3"))


@pytest.mark.parametrize(
    ("stage", "fresh", "refused"),
    [
        (Stage.SCORED, False, "panels-are-drawn"),
        (Stage.SURVEY, False, ""),
        (Stage.CLEARED, True, "panels-are-drawn"),
    ],
)
def test_a_check_that_failed_late_is_reversed_where_the_shortlist_holds_the_application(
    stage: Stage, fresh: bool, refused: str
) -> None:
    """Not where it was never listed, nor once a fresh panel has reviewed it beside its end."""
    desk = standing(stage)
    for actor in (OTHER, SECOND):
        desk.act(reverse("check"), actor)
    failed = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
    know_list(desk).act(failed, OTHER)
    add_to(desk, "officers", "officer-3")
    know_round(desk, RoundStage.APPROVAL, shortlist={"0001": 1})
    if fresh:
        desk.state = desk.state.with_(earlier=(EarlierPanel(members=("expert-1",)),))
    if refused:
        assert desk.refuse(reverse("check"), f.actor("officer-3")) == refused
        return
    desk.act(reverse("check"), f.actor("officer-3"))
    desk.act(reverse("check"), f.SUPERVISOR)
    # The round may be about to issue a list without it.
    assert desk.sent[-1] == Wake(round=f.ROUND, stage="ended")
    know_list(desk).act(PASS, f.actor("officer-3"))
    assert state_of(desk).stage is stage


def _of_ruling() -> tuple[Desk, Callable[[Desk], object]]:
    desk = standing(Stage.SURVEY, f.terms(reversals={"agree": ["officer"]}))
    desk.act(f.report_conflict(paths.experts(desk, "submitted")[0]), SECOND)
    add_to(desk, "supervisors", "supervisor-3")
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    wrong = reverse("conflict", "report-1")
    desk.act(wrong, f.OFFICER)
    desk.act(f.rule(upheld=False), f.actor("supervisor-3"))
    return desk, lambda desk: desk.act(wrong, OTHER)


def _of_hit() -> tuple[Desk, Callable[[Desk], object]]:
    desk = clear_hit()
    wrong = r.ReverseIntegrityDecision(application="0001", text=f.ref("wrong-decision"))
    desk.act(wrong, f.OFFICER)
    desk.act(wrong, SECOND)
    desk.act(f.rule_on_hit("0001"), SECOND)
    return desk, lambda desk: desk.act(wrong, OTHER)


@pytest.mark.parametrize("decided", [_of_ruling, _of_hit])
def test_so_with_rulings_of_supervisors_and_the_parties_to_a_report_do_not_count(
    decided: Callable[[], tuple[Desk, Callable[[Desk], object]]],
) -> None:
    desk, again = decided()
    with pytest.raises(Refused, match="nobody-left"):
        again(desk)
