"""What runs from an act moves for all of a kind: by an extension with a reason, and by an outage."""

from datetime import timedelta

import pytest

from selection.application.notice import events as a
from selection.application.reminding.events import TaskReminded
from selection.kernel.day_clock import after_days, day_of, end_of_day
from selection.kernel.stages import RoundStage, Stage
from selection.process.task import date_tasks
from selection.projections.open_tasks import tasks_of
from selection.round import commands as r, course_events as e
from selection.rules.terms import terms_of
from tests import factories as f, paths
from tests.desk import Desk

HOUR = timedelta(hours=1)
CLOCK = f.RULES.clock


def extend(desk: Desk, name: str, days: int) -> r.ExtendDeadline:
    until = day_of(CLOCK, desk.now) + timedelta(days=days)
    later = {"name": name, "until": until, "cause": "organiser", "reason": f.ref("why")}
    return r.ExtendDeadline.model_validate(later)


@pytest.mark.parametrize(
    ("stage", "name"),
    [(RoundStage.CHECKING, "mend"), (RoundStage.DRAWING, "invitation"), (RoundStage.REVIEW, "invitation")],
)
def test_a_first_extension_has_no_former_day_and_the_next_only_moves_later(
    stage: RoundStage, name: str
) -> None:
    desk = paths.round_in(stage)
    first = extend(desk, name, 3)
    until = end_of_day(CLOCK, first.until)
    assert desk.act(first, f.OFFICER) == (
        e.DeadlineExtended(name=name, old=None, until=until, cause="organiser", reason=f.ref("why")),
    )
    assert desk.refuse(first, f.OFFICER) == "not-later"
    assert desk.refuse(extend(desk, name, -1), f.OFFICER) == "not-later"
    (again,) = desk.act(extend(desk, name, 4), f.OFFICER)
    assert isinstance(again, e.DeadlineExtended)
    assert again.old == until


def test_nothing_is_extended_that_cannot_run() -> None:
    for stage, name in (
        (RoundStage.CALL, "mend"),
        (RoundStage.CHECKING, "invitation"),
        (RoundStage.REVIEW, "notice"),
    ):
        desk = paths.round_in(stage)
        assert desk.refuse(extend(desk, name, 3), f.OFFICER) == "wrong-stage"


def test_an_invitation_ends_with_the_review_s_last_day_at_the_latest() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    last = f.RULES.calendar.review_last + timedelta(days=1)
    command = r.ExtendDeadline(cause="organiser", name="invitation", until=last, reason=f.ref())
    assert desk.refuse(command, f.OFFICER) == "out-of-order"


def test_the_notice_moves_with_the_round_s_while_it_runs_and_never_after_it() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    old = desk.state.notice_until
    (moved,) = desk.act(extend(desk, "notice", 12), f.OFFICER)
    assert isinstance(moved, e.DeadlineExtended)
    assert moved.old == old
    assert desk.state.notice_until == desk.state.deadlines["notice"] == moved.until
    desk.now = moved.until
    assert desk.refuse(extend(desk, "notice", 3), f.OFFICER) == "late"


def test_a_notice_that_opens_after_another_was_moved_ends_no_earlier_than_its_items() -> None:
    desk = paths.round_in(RoundStage.PROPOSAL)
    later = end_of_day(CLOCK, day_of(CLOCK, desk.now) + timedelta(days=40))
    desk.state = desk.state.with_(deadlines={**desk.state.deadlines, "notice": later})
    paths.in_turn(desk, paths.proposal, paths.notice)
    assert desk.state.notice_until == later


def test_each_item_s_notice_ends_where_the_round_s_was_moved_to() -> None:
    desk = paths.application_in(Stage.NOTICE)
    old = desk.state.until
    later = old + 5 * f.DAY
    paths.extend(desk, "notice", later)
    assert desk.wait(old + HOUR) == ()
    desk.act(f.objection(), f.actor("objector-1"))
    assert desk.wait(later) == (a.ItemHeld(deadline=later),)
    # A later notice is not that of what is held.
    paths.extend(desk, "notice", later + 9 * f.DAY)
    desk.act(f.examiners("examiner-1", "examiner-2"), f.OFFICER)
    ended = desk.act(f.settle(), f.actor("examiner-1"))
    assert ended[-1] == a.NoticePassed(deadline=later)


def test_an_item_that_is_opened_late_has_the_moved_day() -> None:
    desk = paths.application_in(Stage.PROPOSED)
    later = desk.now + 30 * f.DAY
    paths.extend(desk, "notice", later)
    paths.lead_to(desk, Stage.NOTICE)
    assert desk.state.until == later


@pytest.mark.parametrize(
    ("stage", "windows"),
    [
        (RoundStage.CHECKING, ("mend",)),
        (RoundStage.DRAWING, ("mend", "invitation")),
        (RoundStage.NOTICE, ("notice",)),
    ],
)
def test_an_outage_moves_what_may_run_in_its_stage(stage: RoundStage, windows: tuple[str, ...]) -> None:
    desk = paths.round_in(stage)
    ended = desk.now + 3 * f.DAY if stage is not RoundStage.NOTICE else desk.state.notice_until - HOUR
    desk.now = ended
    (recorded,) = desk.act(f.outage(ended - HOUR, ended), f.OFFICER)
    assert isinstance(recorded, e.OutageRecorded)
    assert (recorded.moved, recorded.windows) == ({}, windows)
    assert all(desk.state.deadlines[name] == after_days(CLOCK, ended, 1) for name in windows)


def test_an_outage_after_the_review_s_deadline_moves_the_reviews_of_later_seats() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    ended = f.deadline("review") + 3 * f.DAY
    (recorded,) = desk.act(f.outage(ended - HOUR, ended), f.OFFICER, ended)
    assert isinstance(recorded, e.OutageRecorded)
    assert recorded.windows == ("mend", "invitation", "review")
    last = f.deadline("review_last") + 3 * f.DAY
    desk.now = last
    (recorded,) = desk.act(f.outage(last - HOUR, last), f.OFFICER)
    assert isinstance(recorded, e.OutageRecorded)
    assert recorded.windows == ("mend",)


def test_a_task_and_its_reminders_follow() -> None:
    desk = paths.application_in(Stage.MENDING)
    until = desk.state.until
    [task] = [item for item in tasks_of(desk.state) if item.kind == "mend"]
    later = until + 4 * f.DAY
    [dated] = date_tasks([task], {"mend": later})
    assert dated.until == later
    [dated] = date_tasks([task], {"mend": until - f.DAY})
    assert dated.until == until


def test_a_reminder_of_mending_stands_before_the_moved_day() -> None:
    rules = f.rules(ladder={"after": [1], "officer": 3, "supervisor": 7, "days": 10})
    desk = paths.application_in(Stage.MENDING, terms_of(rules))
    until = desk.state.until
    later = until + 4 * f.DAY
    paths.extend(desk, "mend", later)
    reminded = [event for event in desk.wait(later - HOUR) if isinstance(event, TaskReminded)]
    assert {event.until for event in reminded} == {later}
    assert desk.leaves[-1].at == later - f.DAY
