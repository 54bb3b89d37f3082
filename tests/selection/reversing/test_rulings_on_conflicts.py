"""A ruling on a conflict is reversed: the report waits again, for others, and a seat that nobody took is had back."""

from selection.application import events as e
from selection.kernel.stages import Stage
from selection.projections.open_tasks import tasks_of
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing, Viewer
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing.reversals import OTHER, SECOND, agree, reverse, standing, state_of

NAME = "report-1"


def ruled(stage: Stage, *, upheld: bool) -> tuple[Desk, str]:
    """An application with a report of its first reviewer, ruled on by supervisor-1; and that reviewer."""
    desk = standing(stage)
    expert = paths.experts(desk, "submitted")[0]
    desk.act(f.report_conflict(expert), f.OFFICER)
    desk.act(f.rule(upheld=upheld), f.SUPERVISOR)
    return desk, expert


def test_a_dismissal_is_reversed_and_ruled_on_by_another() -> None:
    desk, expert = ruled(Stage.SURVEY, upheld=False)
    assert desk.refused(reverse("conflict"), OTHER) == "nothing-to-reverse"
    found = agree(desk, "conflict", NAME)
    assert found[1] == e.ConflictReopened(
        report=NAME, was="dismissed", void=(), people=("supervisor-1",), text=f.ref("wrong-decision")
    )
    assert state_of(desk).stage is Stage.SURVEY
    assert "rule-on-conflict" in [task.kind for task in tasks_of(desk.state)]
    assert desk.refused(f.rule(upheld=True), f.SUPERVISOR) == "decided-before"
    desk.act(f.rule(upheld=True), SECOND)
    assert state_of(desk).seat_of(expert) is None


def test_one_that_upheld_gives_the_seat_back_while_nobody_took_it_and_the_score_is_fixed_anew() -> None:
    desk, expert = ruled(Stage.SURVEY, upheld=True)
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


def test_a_seat_that_another_took_stays_theirs() -> None:
    desk, expert = ruled(Stage.SCORED, upheld=True)
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
    assert desk.refused(reverse("conflict", NAME), f.OFFICER) == "same-hands"
    assert desk.refused(reverse("conflict", NAME), SECOND) == "same-hands"
    assert desk.refused(reverse("conflict", NAME), f.SUPERVISOR) == "own-decision"
    desk.act(reverse("conflict", NAME), OTHER)
    for person, sees in (("supervisor-2", False), ("supervisor-1", True)):
        viewer = Viewer(person=person, standings=frozenset({Standing.SUPERVISOR}))
        assert (view_entry(desk.leaves[-1], viewer, desk.state) is not None) is sees
