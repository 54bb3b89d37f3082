"""A ruling on a conflict is reversed: the report waits again, for others, and a seat that nobody took is had back."""

from selection.application import commands as c, events as e
from selection.application.reversing.dependents import find_vacancy
from selection.application.review.events import with_seat
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.projections.open_tasks import tasks_of
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing, Viewer
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import WAYS, bind
from tests.selection.recusal.test_found_conflicts import change_register, in_review
from tests.selection.reversing.reversals import (
    OTHER,
    SECOND,
    agree,
    know_round,
    reverse,
    standing,
    state_of,
)

NAME = "report-1"


def report_and_rule(stage: Stage, *, upheld: bool) -> tuple[Desk, str]:
    """An application with a report of its first reviewer, ruled on by supervisor-1; and that reviewer."""
    desk = standing(stage)
    expert = paths.experts(desk, "submitted")[0]
    desk.act(f.report_conflict(expert), f.OFFICER)
    desk.act(f.rule(upheld=upheld), f.SUPERVISOR)
    return desk, expert


def test_a_dismissal_is_reversed_and_ruled_on_by_another() -> None:
    desk, expert = report_and_rule(Stage.SURVEY, upheld=False)
    assert desk.refuse(reverse("conflict"), OTHER) == "nothing-to-reverse"
    found = agree(desk, "conflict", NAME)
    assert found[1] == e.ConflictReopened(
        report=NAME, was="dismissed", void=(), people=("supervisor-1",), text=f.ref("wrong-decision")
    )
    assert state_of(desk).stage is Stage.SURVEY
    assert "rule-on-conflict" in [task.kind for task in tasks_of(desk.state)]
    assert desk.refuse(f.rule(upheld=True), f.SUPERVISOR) == "decided-before"
    desk.act(f.rule(upheld=True), SECOND)
    assert state_of(desk).seat_of(expert) is None


def test_one_that_upheld_gives_the_seat_back_while_nobody_took_it_and_the_score_is_fixed_anew() -> None:
    desk, expert = report_and_rule(Stage.SURVEY, upheld=True)
    before = state_of(desk)
    assert (before.seat_of(expert), before.score is not None) == (None, True)
    found = agree(desk, "conflict", NAME)
    assert isinstance(found[1], e.ConflictReopened)
    assert found[1].void == ("vacancy", "score")
    waiting = state_of(desk)
    assert (waiting.score, waiting.seat_of(expert) is not None) == (None, True)
    desk.act(f.rule(upheld=False), SECOND)
    after = state_of(desk)
    assert after.score is not None
    assert before.score is not None
    assert after.score.valid == before.score.valid + 1


def test_a_review_stays_void_while_another_ruling_upholds_a_conflict_of_the_same_person() -> None:
    """Seen before: the review counted again, and the audit refuted the round for it."""
    desk = standing(Stage.SURVEY)
    expert = paths.experts(desk, "submitted")[0]
    desk.act(f.report_conflict(expert), f.OFFICER)
    desk.act(f.report_conflict(expert, report="report-2"), f.OPENER)
    for name in (NAME, "report-2"):
        desk.act(c.RuleOnConflict(report=name, upheld=True, text=f.ref()), f.SUPERVISOR)
    found = agree(desk, "conflict", NAME)
    assert isinstance(found[1], e.ConflictReopened)
    assert (found[1].void, state_of(desk).seat_of(expert)) == ((), None)
    assert all(item.void for item in state_of(desk).reviews if item.expert == expert)


def test_a_review_stays_void_whose_own_expert_declared_a_conflict() -> None:
    desk = standing(Stage.REVIEW)
    expert = paths.experts(desk)[0]
    for act in (f.accept(), f.review(), c.DeclareConflict(text=f.ref("mine"))):
        desk.act(act, f.actor(expert))
    desk.act(f.report_conflict(expert), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    state = state_of(desk)
    (review,) = (item for item in state.reviews if item.expert == expert)
    # Where no alternate was left to take the seat.
    left = state.with_(seats=with_seat(state, review.seat, status="empty", expert=expert))
    assert (review.declared, find_vacancy(left, NAME)) == (True, None)
    by_ruling = left.with_(reviews=(review.with_(declared=False),))
    assert find_vacancy(by_ruling, NAME) == review.seat


def test_a_seat_that_another_took_stays_theirs() -> None:
    desk, expert = report_and_rule(Stage.SCORED, upheld=True)
    assert state_of(desk).stage is Stage.REVIEW
    paths.review_all(desk)
    found = agree(desk, "conflict", NAME)
    assert isinstance(found[1], e.ConflictReopened)
    assert (found[1].void, state_of(desk).seat_of(expert)) == ((), None)


def test_no_party_to_the_report_enters_it_and_whom_it_means_does_not_see_it() -> None:
    desk = standing(Stage.SURVEY)
    desk.act(f.report_conflict("supervisor-2"), f.OFFICER)
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    # The reporter, whom it means, and whose ruling it is.
    assert desk.refuse(reverse("conflict", NAME), f.OFFICER) == "same-hands"
    assert desk.refuse(reverse("conflict", NAME), SECOND) == "same-hands"
    assert desk.refuse(reverse("conflict", NAME), f.SUPERVISOR) == "own-decision"
    # Of two supervisors one is meant and one ruled: a third is to agree, and to rule again.
    assert desk.refuse(reverse("conflict", NAME), OTHER) == "nobody-left"
    terms = desk.world.terms
    assert terms is not None
    desk.world = desk.world.with_(terms=terms.with_(supervisors=(*terms.supervisors, "supervisor-3")))
    desk.act(reverse("conflict", NAME), OTHER)
    for person, sees in (("supervisor-2", False), ("supervisor-1", True)):
        viewer = Viewer(person=person, standings=frozenset({Standing.SUPERVISOR}))
        assert (view_entry(desk.leaves[-1], viewer, desk.state) is not None) is sees


def _vote(desk: Desk) -> c.OpenAppraisal:
    """The vote of everybody who is on the panel."""
    return f.meeting(tuple(paths.experts(desk, "submitted")))


def test_nobody_votes_while_a_reopened_report_waits() -> None:
    desk, expert = report_and_rule(Stage.APPRAISAL, upheld=True)
    chair = paths.experts(desk, "submitted")[0]
    desk.act(c.AppointChair(chair=chair, reason=f.ref("why")), f.OFFICER)
    agree(desk, "conflict", NAME)
    assert expert in paths.experts(desk, "submitted")
    assert desk.refuse(_vote(desk), f.actor(chair, Role.CHAIR)) == "still-open"
    desk.act(f.rule(upheld=True), SECOND)
    assert expert not in paths.experts(desk, "submitted")
    assert desk.act(_vote(desk), f.actor(chair, Role.CHAIR))


def test_a_meeting_that_was_open_is_not_recorded_before_the_ruling() -> None:
    desk, _ = report_and_rule(Stage.APPRAISAL, upheld=False)
    members = tuple(paths.experts(desk, "submitted"))
    desk.act(c.AppointChair(chair=members[1], reason=f.ref("why")), f.OFFICER)
    *held, (recorded, chair) = f.hold_meeting(members, members[1])
    for act, actor in held:
        desk.act(act, actor)
    agree(desk, "conflict", NAME)
    assert desk.refuse(recorded, chair) == "still-open"
    desk.act(f.rule(upheld=False), SECOND)
    desk.act(recorded, chair)
    assert state_of(desk).stage is Stage.APPRAISED


def test_no_second_report_takes_the_mean_away_that_a_score_may_not_be_far_from() -> None:
    desk = standing(Stage.APPRAISAL)
    first, second, chair = paths.experts(desk, "submitted")[:3]
    desk.act(c.AppointChair(chair=chair, reason=f.ref("why")), f.OFFICER)
    for name, expert in (("report-1", first), ("report-2", second)):
        desk.act(f.report_conflict(expert, name), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert state_of(desk).score is None
    assert desk.refuse(_vote(desk), f.actor(chair, Role.CHAIR)) == "still-open"
    desk.act(f.rule("report-2", upheld=False), f.SUPERVISOR)
    assert desk.act(_vote(desk), f.actor(chair, Role.CHAIR))


def test_a_ruling_on_what_data_showed_is_not_gone_without_another() -> None:
    desk = know_round(in_review())
    bind(desk, "expert-1", WAYS[0])
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    know_round(desk).act(f.rule(found.report, upheld=True), f.SUPERVISOR)
    assert state_of(desk).seat_of("expert-1") is None
    agree(desk, "conflict", found.report)
    # Whom it is about judges nothing any more, and yet somebody has to rule again.
    assert state_of(desk).seat_of("expert-1") is None
    assert "rule-on-conflict" in [task.kind for task in tasks_of(desk.state)]
    desk.act(f.rule(found.report, upheld=True), SECOND)
    assert state_of(desk).people_in_conflict == ("expert-1",)
