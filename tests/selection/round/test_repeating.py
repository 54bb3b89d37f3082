"""A decision that some applications did not take is carried out again on them."""

import pytest

from selection.kernel.stages import RoundStage
from selection.projections.open_tasks import tasks_of
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk

STREAM = f"application/{f.ROUND}/0002"


def leave_over(stage: RoundStage = RoundStage.PROPOSAL) -> Desk:
    """A round whose last decision one application did not take."""
    desk = paths.round_in(stage)
    if stage is RoundStage.PROPOSAL:
        paths.know(desk, {"appraised": 3}, "0001", "0002", "0003", agreed="80")
        desk.act(f.propose("0001", "0002"), f.OFFICER)
        desk.world = desk.world.model_copy(update={"counts": {}})
    paths.carry_out(desk, STREAM)
    return desk


def test_a_repeat_is_the_same_decision_under_other_ids() -> None:
    desk = leave_over()
    assert desk.state.finished_batch == "place-in-proposal/1"
    repeated = e.BatchRepeated(batch="place-in-proposal/1", attempt=1)
    assert desk.act(c.RepeatBatch(), f.OFFICER) == (repeated,)
    assert (desk.state.batch, desk.state.left_over) == ("place-in-proposal/1", ())
    paths.carry_out(desk, STREAM)
    assert desk.act(c.RepeatBatch(), f.OFFICER) == (e.BatchRepeated(batch=repeated.batch, attempt=2),)
    paths.carry_out(desk)
    assert desk.refuse(c.RepeatBatch(), f.OFFICER) == "nothing-to-do"


def test_a_new_decision_is_counted_from_the_beginning() -> None:
    desk = leave_over()
    desk.act(c.RepeatBatch(), f.OFFICER)
    paths.carry_out(desk)
    paths.notice(desk)
    assert (desk.state.finished_batch, desk.state.attempt) == ("open-notice/1", 0)


def test_nothing_is_repeated_while_a_decision_is_carried_out() -> None:
    desk = leave_over()
    desk.act(f.propose("0001"), f.OFFICER)
    assert desk.refuse(c.RepeatBatch(), f.OFFICER) == "nothing-to-do"


def test_a_failed_draw_takes_no_repeat_away() -> None:
    desk = paths.round_in(RoundStage.DRAWING)
    paths.commit(desk)
    paths.open_(desk)
    desk.act(c.ReportDraw(draw="main", result=f.ref("result")))
    paths.carry_out(desk, STREAM)
    desk.act(c.RepeatBatch(), f.OFFICER)
    paths.carry_out(desk, STREAM)
    paths.commit(desk, "second")
    paths.open_(desk, "second")
    desk.act(c.ReportDraw(draw="second", clashing=("load",)))
    assert desk.act(c.RepeatBatch(), f.OFFICER) == (e.BatchRepeated(batch="seat-panel/main", attempt=2),)


def test_the_notice_waits_for_every_application_to_know_its_place() -> None:
    desk = leave_over()
    assert desk.refuse(c.OpenPublicNotice(proposal=1), f.OFFICER) == "still-open"
    desk.act(c.RepeatBatch(), f.OFFICER)
    paths.carry_out(desk)
    assert desk.act(c.OpenPublicNotice(proposal=1), f.OFFICER)


@pytest.mark.parametrize("stage", [RoundStage.ISSUED, RoundStage.CANCELLED])
def test_a_round_lasts_until_nothing_is_left_over(stage: RoundStage) -> None:
    desk = leave_over(stage)
    assert not desk.state.ended
    assert [task.kind for task in tasks_of(desk.state)] == ["left-over"]
    desk.act(c.RepeatBatch(), f.OFFICER)
    assert not desk.state.ended
    paths.carry_out(desk)
    assert desk.state.ended


def test_only_an_officer_repeats() -> None:
    desk = leave_over()
    assert desk.refuse(c.RepeatBatch(), f.actor("supervisor-1")) == "not-entitled"


def test_a_shortlist_that_reached_everyone_awaits_nobody_until_the_round_looks() -> None:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    assert [task.kind for task in tasks_of(desk.state)] == ["shortlist"]
    paths.know(desk, {"scored": 2}, "0001", "0002", by_rank=True)
    desk.act(c.FixShortlist(), f.OFFICER)
    paths.carry_out(desk)
    assert tasks_of(desk.state) == ()


def test_a_draw_that_seated_everyone_awaits_nobody_until_the_round_looks() -> None:
    desk = paths.round_in(RoundStage.DRAWING)
    assert [task.kind for task in tasks_of(desk.state)] == ["draw"]
    paths.draw(desk)
    assert tasks_of(desk.state) == ()
