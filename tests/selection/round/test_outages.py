from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from selection.kernel.actor import Role
from selection.kernel.day_clock import RehearsalClock, after_days
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from selection.round import events as e
from tests import factories as f, paths
from tests.desk import Desk

pytestmark = pytest.mark.long

HOUR = timedelta(hours=1)
SUBMISSION, RECOMMENDATION = f.deadline("submission"), f.deadline("recommendation")
"""Both are the end of a day in Beijing."""


def in_call() -> Desk:
    return paths.round_in(RoundStage.CALL)


def test_a_deadline_within_an_outage_moves_to_the_end_of_the_next_day_and_is_settled_there() -> None:
    desk = in_call()
    outage = f.outage(SUBMISSION - 5 * HOUR, SUBMISSION + 3 * HOUR)
    until = SUBMISSION + 2 * f.DAY
    recorded = desk.act(outage, f.OFFICER, SUBMISSION + 4 * HOUR)
    assert recorded == (
        e.OutageRecorded(
            began=SUBMISSION - 5 * HOUR,
            ended=SUBMISSION + 3 * HOUR,
            moved={"submission": SUBMISSION},
            until=until,
            cause="system",
            reason=f.ref("outage"),
        ),
    )
    assert desk.state.deadlines["submission"] == until
    assert desk.state.deadlines["recommendation"] == RECOMMENDATION
    assert desk.wait(until - HOUR) == ()
    assert desk.wait(until) == (e.SubmissionClosed(deadline=until),)


@pytest.mark.parametrize(
    ("began", "ended", "moves"),
    [
        # It ended on the deadline's own day: the day after it belongs to everyone.
        (SUBMISSION - 5 * HOUR, SUBMISSION - 4 * HOUR, True),
        # It ended the day before, and what is left is a whole day.
        (SUBMISSION - 30 * HOUR, SUBMISSION - 25 * HOUR, False),
        (SUBMISSION, SUBMISSION + HOUR, True),
        (SUBMISSION + timedelta(microseconds=1), SUBMISSION + HOUR, False),
    ],
)
def test_nobody_is_left_with_less_than_the_days_after_an_outage(
    began: datetime, ended: datetime, moves: bool
) -> None:
    desk = in_call()
    if moves:
        desk.act(f.outage(began, ended), f.OFFICER, ended)
        assert desk.state.deadlines["submission"] == after_days(f.RULES.clock, ended, 1)
    else:
        desk.now = ended
        assert desk.refuse(f.outage(began, ended), f.OFFICER) == "outage-moves-nothing"


def test_the_days_are_a_field_of_the_rules() -> None:
    desk = paths.round_desk()
    desk.act(f.open_round(f.rules(days={"outage": 3})), f.OFFICER)
    desk.act(f.outage(SUBMISSION - HOUR, SUBMISSION + HOUR), f.OFFICER, SUBMISSION + HOUR)
    assert desk.state.deadlines["submission"] == SUBMISSION + 4 * f.DAY


def rehearse() -> Desk:
    """A round that rehearses ten seconds a day."""
    clock = RehearsalClock(start=f.OPENED, day_zero=f.RULES.calendar.call, seconds_per_day=Decimal(10))
    desk = paths.round_desk()
    desk.act(f.open_round(f.rules(clock=clock.model_dump(mode="json"))), f.OFFICER)
    return desk


def test_on_the_rehearsal_clock_a_day_is_the_clock_s_day() -> None:
    desk, second = rehearse(), timedelta(seconds=1)
    old = desk.state.deadlines["submission"]
    desk.act(f.outage(old - 2 * second, old + 3 * second), f.OFFICER, old + 4 * second)
    assert desk.state.deadlines["submission"] == old + 20 * second


def test_an_outage_before_all_days_of_a_rehearsal_moves_nothing() -> None:
    ages_ago = datetime(1990, 1, 1, tzinfo=UTC)
    assert rehearse().refuse(f.outage(ages_ago, ages_ago + HOUR), f.OFFICER) == "outage-moves-nothing"


@pytest.mark.parametrize("instant", ["9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00+08:00", "2024-07-01"])
def test_an_instant_outside_the_calendar_or_without_a_zone_is_unreadable(instant: str) -> None:
    body = {**f.outage(SUBMISSION, SUBMISSION + HOUR).model_dump(mode="json"), "began": instant}
    desk = in_call()
    assert desk.refuse(body, f.OFFICER) == "unreadable"
    assert desk.leaves[-1].data["params"]["places"] == "record-outage.began"


def test_what_is_settled_stays_and_is_named() -> None:
    desk = in_call()
    desk.wait(SUBMISSION)
    outage = f.outage(SUBMISSION - HOUR, SUBMISSION + HOUR)
    assert desk.refuse(outage, f.OFFICER, SUBMISSION + 2 * HOUR) == "deadline-settled"
    assert desk.leaves[-1].data["params"] == {"deadline": "submission"}
    checking = paths.round_in(RoundStage.CHECKING)
    both = f.outage(SUBMISSION - HOUR, checking.now)
    assert checking.refuse(both, f.OFFICER, checking.now + HOUR) == "deadline-settled"
    assert checking.leaves[-1].data["params"] == {"deadline": "submission, recommendation"}


def test_what_a_refused_outage_leaves_is_settled_as_ever() -> None:
    desk = in_call()
    outage = f.outage(SUBMISSION + HOUR, SUBMISSION + 2 * HOUR)
    assert desk.refuse(outage, f.OFFICER, SUBMISSION + 3 * HOUR) == "outage-moves-nothing"
    assert desk.settle() == (e.SubmissionClosed(deadline=SUBMISSION),)


def test_both_intakes_move_together_and_keep_their_order() -> None:
    desk = in_call()
    desk.act(f.outage(SUBMISSION - HOUR, RECOMMENDATION), f.OFFICER, RECOMMENDATION)
    until = after_days(f.RULES.clock, RECOMMENDATION, 1)
    assert {desk.state.deadlines[name] for name in ("submission", "recommendation")} == {until}
    closed = (e.SubmissionClosed(deadline=until), e.IntakeClosed(deadline=until))
    assert desk.wait(until) == closed


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (SUBMISSION, SUBMISSION),
        (SUBMISSION + HOUR, SUBMISSION),
        (SUBMISSION - HOUR, SUBMISSION + 2 * HOUR),
    ],
)
def test_an_outage_is_recorded_when_it_is_over(began: datetime, ended: datetime) -> None:
    desk = in_call()
    assert desk.refuse(f.outage(began, ended), f.OFFICER, SUBMISSION + HOUR) == "outage-unclear"


def test_an_outage_whose_days_are_over_moves_nothing() -> None:
    desk = in_call()
    outage = f.outage(SUBMISSION - HOUR, SUBMISSION + HOUR)
    assert desk.refuse(outage, f.OFFICER, SUBMISSION + 2 * f.DAY) == "outage-moves-nothing"


def test_an_officer_or_an_admin_records_it_and_nobody_else() -> None:
    outage = f.outage(SUBMISSION - HOUR, SUBMISSION + HOUR)
    assert in_call().act(outage, f.actor("admin-1"), SUBMISSION + 2 * HOUR)
    for actor in (f.SUPERVISOR, f.actor("officer-3"), f.actor("expert-1", Role.ADMIN)):
        assert in_call().refuse(outage, actor, SUBMISSION + 2 * HOUR) == "not-entitled"


def test_the_review_moves_with_its_last_day() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    review = f.deadline("review")
    desk.act(f.outage(review - HOUR, review + HOUR), f.OFFICER, review + 2 * HOUR)
    assert desk.state.deadlines["review"] == review + 2 * f.DAY
    assert desk.state.deadlines["review_last"] == f.deadline("review_last")


@given(began=st.integers(1, 3000), lasts=st.integers(1, 2000), later=st.integers(0, 40))
def test_deadlines_move_later_only_keep_their_order_and_leave_everyone_the_days(
    began: int, lasts: int, later: int
) -> None:
    desk = in_call()
    first = f.OPENED + began * HOUR
    ended = first + lasts * HOUR
    before = dict(desk.state.deadlines)
    in_order = sorted(before, key=before.__getitem__)
    with suppress(Refused):
        desk.act(f.outage(first, ended), f.OFFICER, ended + later * HOUR)
    after = desk.state.deadlines
    assert all(before[name] <= after[name] for name in in_order)
    assert [after[name] for name in in_order] == sorted(after.values())
    short = [name for name in in_order if first <= after[name] < after_days(f.RULES.clock, ended, 1)]
    assert short == [] or after == before
