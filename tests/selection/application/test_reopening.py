"""A ruling on an objection is reversed with a reason, and what depended on it is asked again."""

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

REOPEN = c.ReopenObjection(objection="objection-1", text=f.ref("bribed"))


def settle_objection(*, held: bool = False) -> Desk:
    """An item with a dismissed objection; where it is held, by a second one."""
    desk = paths.application_in(Stage.NOTICE)
    names = ("objection-1", "objection-2") if held else ("objection-1",)
    for name in names:
        desk.act(f.objection(name), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    if held:
        desk.wait(desk.state.until)
    desk.act(f.settle("dismissed"), f.actor("examiner-1", Role.EXAMINER))
    return desk


def test_a_ruling_is_reversed_by_a_supervisor_and_others_examine_anew() -> None:
    for desk in (settle_objection(), settle_objection(held=True)):
        stage = desk.state.stage
        assert desk.refuse(REOPEN, f.OFFICER) == "not-entitled"
        reopened = e.ObjectionReopened(
            objection="objection-1",
            was="dismissed",
            examiners=("examiner-1", "examiner-2"),
            text=f.ref("bribed"),
        )
        assert desk.act(REOPEN, f.SUPERVISOR) == (reopened,)
        assert desk.refuse(REOPEN, f.SUPERVISOR) == "no-settled-objection"
        assert desk.state.stage is stage
        assert "appoint-examiners" in [task.kind for task in tasks_of(desk.state)]
        assert desk.refuse(f.settle("dismissed"), f.actor("examiner-1", Role.EXAMINER)) == "not-entitled"
        assert desk.refuse(f.examiners(), f.OFFICER) == "examined-before"


def test_one_supervisor_reverses_a_ruling_as_often_as_the_rules_say_and_no_more() -> None:
    """Seen before: one supervisor, by turns with two objections, held an item for good."""
    desk = settle_objection()
    desk.act(REOPEN, f.SUPERVISOR)
    people = {**desk.world.people, "examiner-4": f.person("examiner-4", "examiner")}
    desk.world = desk.world.with_(people=people)
    desk.act(f.examiners("examiner-3", "examiner-4"), f.OFFICER)
    desk.act(f.settle("dismissed"), f.actor("examiner-3", Role.EXAMINER))
    assert desk.refuse(REOPEN, f.SUPERVISOR) == "reversed-before"
    assert len(desk.act(REOPEN, f.actor("supervisor-2"))) == 1


def test_an_item_whose_objection_is_open_again_does_not_pass_the_notice() -> None:
    desk = settle_objection()
    desk.act(REOPEN, f.SUPERVISOR)
    desk.wait(desk.state.until)
    assert desk.state.stage is Stage.HELD


def test_nothing_is_reversed_that_was_not_ruled_on_or_whose_notice_passed() -> None:
    desk = paths.application_in(Stage.NOTICE)
    assert desk.refuse(REOPEN, f.SUPERVISOR) == "no-settled-objection"
    desk.act(f.objection(), f.actor("objector-1"))
    assert desk.refuse(REOPEN, f.SUPERVISOR) == "no-settled-objection"
    passed = settle_objection()
    passed.wait(passed.state.until)
    assert passed.refuse(REOPEN, f.SUPERVISOR) == "wrong-stage"
