"""What an objection needs, who takes it back, and by when it is examined."""

import pytest

from selection.application import commands as c, events as e
from selection.kernel.stages import Stage
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

OBJECTOR = f.actor("objector-1")
OTHER = f.actor("objector-2")


def raise_objection() -> Desk:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), OBJECTOR)
    return desk


def test_an_objection_without_evidence_is_refused() -> None:
    bare = c.RaiseObjection(objection="objection-1", text=f.ref("objection"))
    assert paths.application_in(Stage.NOTICE).refuse(bare, OBJECTOR) == "missing"


@pytest.mark.parametrize("examined", [True, False])
def test_who_raised_an_objection_withdraws_it_and_the_notice_goes_on(examined: bool) -> None:
    desk = raise_objection()
    if examined:
        desk.act(f.examiners(), f.OFFICER)
    withdrawn = e.ObjectionWithdrawn(objection="objection-1", reason=f.ref("withdrawn"))
    assert desk.act(f.withdraw_objection(), OBJECTOR) == (withdrawn,)
    assert [task for task in tasks_of(desk.state) if "objection" in task.key or "examine" in task.key] == []
    assert desk.refuse(f.settle(), f.actor("examiner-1")) in ("no-open-objection", "not-entitled")
    until = desk.state.until
    assert desk.wait(until) == (e.NoticePassed(deadline=until),)


def test_nobody_withdraws_what_somebody_else_raised_or_what_has_ended() -> None:
    desk = raise_objection()
    assert desk.refuse(f.withdraw_objection(), OTHER) == "not-entitled"
    assert desk.refuse(f.withdraw_objection(), f.OFFICER) == "not-entitled"
    assert desk.refuse(f.withdraw_objection("objection-9"), OBJECTOR) == "no-open-objection"
    desk.act(f.withdraw_objection(), OBJECTOR)
    assert desk.refuse(f.withdraw_objection(), OBJECTOR) == "no-open-objection"


def test_an_item_that_was_held_goes_on_once_its_objection_is_withdrawn() -> None:
    desk = raise_objection()
    until = desk.state.until
    desk.wait(until)
    assert desk.act(f.withdraw_objection(), OBJECTOR)[-1] == e.NoticePassed(deadline=until)
    assert desk.state.stage is Stage.CLEARED


def test_it_is_examined_until_a_day_that_another_appointment_does_not_move() -> None:
    desk = raise_objection()
    desk.act(f.examiners(), f.OFFICER)
    due = f.TERMS.after(desk.now, f.TERMS.objections.days)
    desk.wait(desk.now + 3 * f.DAY)
    again = f.examiners("examiner-2", "examiner-3")
    assert desk.refuse(again, f.OFFICER) == "replaced-unexplained"
    (appointed,) = desk.act(again.with_(reason=f.ref("why")), f.OFFICER)
    assert isinstance(appointed, e.ExaminersAppointed)
    assert (appointed.left, appointed.reason) == (("examiner-1",), f.ref("why"))
    told = {task.until for task in tasks_of(desk.state) if task.kind == "settle-objection"}
    assert told == {due}


def test_how_many_examine_is_the_rules_choice() -> None:
    desk = raise_objection()
    three = f.TERMS.objections.with_(min_examiners=3)
    desk.world = desk.world.with_(terms=f.TERMS.with_(objections=three))
    assert desk.refuse(f.examiners("examiner-1", "examiner-2"), f.OFFICER) == "two-examiners"
    assert desk.act(f.examiners("examiner-1", "examiner-2", "examiner-3"), f.OFFICER)


def test_who_withdrew_may_not_examine_afterwards() -> None:
    desk = raise_objection()
    desk.act(f.withdraw_objection(), OBJECTOR)
    desk.act(f.objection("objection-2"), OTHER)
    assert desk.refuse(f.examiners("objector-1", objection="objection-2"), f.OFFICER) == "same-hands"
