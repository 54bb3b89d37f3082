"""Shared projects that an application declares: whom it names stands aside once a supervisor confirmed it."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.relations import Relations
from selection.draw.pool import draw_inputs
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.letter import Letter
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

EARLY = [Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE]


def name(expert: str, report: str = "project-1") -> c.DeclareProject:
    return c.DeclareProject(report=report, expert=expert, text=f.ref("grant"))


def name_expert(expert: str, stage: Stage = Stage.ELIGIBLE) -> Desk:
    desk = paths.application_in(stage)
    desk.act(name(expert), f.APPLICANT)
    return desk


def list_left_out(desk: Desk) -> tuple[str, ...]:
    """Who is left out of a draw for the application by what became of reports."""
    people = list(desk.world.people.values())
    (wanted,) = draw_inputs(f.RULES, [desk.state], [], people, Relations(), desk.now).applications
    return wanted.conflicts


@pytest.mark.parametrize("stage", EARLY)
def test_who_is_named_waits_for_a_supervisor_who_is_told(stage: Stage) -> None:
    desk = paths.application_in(stage)
    declared = e.ConflictReported(report="project-1", expert="expert-1", tie="project", text=f.ref("grant"))
    assert desk.act(name("expert-1"), f.APPLICANT) == (declared,)
    assert ("report/project-1", Role.SUPERVISOR) in [(task.key, task.role) for task in tasks_of(desk.state)]
    told = [
        item.to for item in desk.sent if isinstance(item, Letter) and item.template == "conflict-reported"
    ]
    assert "supervisor-1" in told
    assert desk.state.stage is stage


def test_nobody_stands_aside_by_the_word_of_who_applies() -> None:
    strict = name_expert("expert-1")
    assert "expert-1" not in list_left_out(strict)
    strict.act(f.rule("project-1", upheld=False), f.SUPERVISOR)
    assert "expert-1" not in list_left_out(strict)
    strict.act(f.panel())
    assert "expert-1" in [seat.expert for seat in strict.state.seats]


def test_who_is_only_named_is_not_found_by_data_either() -> None:
    desk = paths.application_in(Stage.CHECKING)
    desk.act(name("officer-1"), f.APPLICANT)
    assert desk.act(c.FindConflicts()) == ()
    assert [*desk.state.open_reports] == ["project-1"]


def test_confirmed_they_are_in_no_draw_and_decide_nothing() -> None:
    desk = name_expert("expert-1")
    desk.act(f.rule("project-1", upheld=True), f.SUPERVISOR)
    assert "expert-1" in list_left_out(desk)
    staff = name_expert("officer-2", Stage.CHECKING)
    staff.act(f.rule("project-1", upheld=True), f.SUPERVISOR)
    assert staff.refuse(c.PassCheck(revision=1), f.actor("officer-2", Role.OFFICER)) == "conflict-upheld"
    staff.act(c.PassCheck(revision=1), f.OFFICER)


def test_whom_it_names_does_not_rule_on_it() -> None:
    desk = name_expert("supervisor-1")
    assert desk.refuse(f.rule("project-1", upheld=False), f.SUPERVISOR) == "same-hands"


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.RECOMMENDED, Stage.REVIEW, Stage.CLEARED])
def test_it_is_neither_before_the_check_nor_once_a_panel_reviews(stage: Stage) -> None:
    assert paths.application_in(stage).refuse(name("expert-1"), f.APPLICANT) == "wrong-stage"


def test_only_who_hands_the_application_in_names_anybody_and_each_once() -> None:
    desk = name_expert("expert-1")
    assert (
        desk.refuse(name("expert-2", "project-2"), f.actor("applicant-2", Role.APPLICANT)) == "not-entitled"
    )
    assert desk.refuse(name("expert-2"), f.APPLICANT) == "already-done"
    assert desk.refuse(name("expert-1", "project-2"), f.APPLICANT) == "already-done"


def test_an_application_names_few_whether_dismissed_or_not() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    for number in range(10):
        desk.act(name(f"stranger-{number}", f"project-{number}"), f.APPLICANT)
        desk.act(f.rule(f"project-{number}", upheld=False), f.SUPERVISOR)
    assert desk.refuse(name("expert-1", "project-10"), f.APPLICANT) == "projects-exceeded"


def test_nobody_is_named_who_would_leave_no_supervisor_to_rule() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    first, *others = f.TERMS.supervisors
    for number, person in enumerate(others):
        desk.act(name(person, f"project-{number}"), f.APPLICANT)
    assert desk.refuse(name(first, "project-last"), f.APPLICANT) == "not-entitled"
    assert desk.act(name("expert-1", "project-last"), f.APPLICANT)


def test_nobody_is_named_once_a_panel_sat_though_the_check_is_made_again() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    seats = paths.application_in(Stage.REVIEW).state.seats
    desk.state = desk.state.with_(seats=seats)
    assert desk.refuse(name("expert-1"), f.APPLICANT) == "panel-sits"
