from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from selection.kernel.day_clock import (
    AnyClock,
    CalendarClock,
    RehearsalClock,
    after_days,
    day_of,
    end_of_day,
    is_rehearsal,
    scale_to_clock,
    start_of_day,
)
from tests import strategies

pytestmark = pytest.mark.long

CALENDAR = CalendarClock()
TICK = timedelta(microseconds=1)


@given(strategies.clocks, strategies.days)
def test_a_day_holds_its_first_and_its_last_instant_and_no_other(clock: AnyClock, day: date) -> None:
    assert day_of(clock, start_of_day(clock, day)) == day
    assert day_of(clock, end_of_day(clock, day) - TICK) == day
    assert day_of(clock, end_of_day(clock, day)) == day + timedelta(days=1)
    assert end_of_day(clock, day) == start_of_day(clock, day + timedelta(days=1))


@given(strategies.clocks, strategies.days, strategies.parts_of_a_year, strategies.parts_of_a_year)
def test_a_later_instant_is_never_on_an_earlier_day(
    clock: AnyClock, day: date, first: Fraction, second: Fraction
) -> None:
    length = end_of_day(clock, day) - start_of_day(clock, day)
    earlier, later = (
        start_of_day(clock, day) + length * part.numerator // part.denominator
        for part in sorted((first, second))
    )
    assert day_of(clock, earlier) <= day_of(clock, later)


@given(strategies.clocks, strategies.days, st.integers(0, 400))
def test_days_after_an_instant_end_whole_days_later(clock: AnyClock, day: date, days: int) -> None:
    for instant in (start_of_day(clock, day), end_of_day(clock, day) - TICK):
        assert after_days(clock, instant, days) == end_of_day(clock, day + timedelta(days=days))
        assert after_days(clock, instant, days) > instant


def test_a_window_in_shanghai_ends_at_midnight_there() -> None:
    assert end_of_day(CALENDAR, date(2024, 8, 28)) == datetime(2024, 8, 28, 16, 0, tzinfo=UTC)
    assert day_of(CALENDAR, datetime(2024, 8, 28, 15, 59, 59, 999999, tzinfo=UTC)) == date(2024, 8, 28)


def test_seven_days_of_notice_do_not_count_the_day_it_opens() -> None:
    opened = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
    assert after_days(CALENDAR, opened, 7) == datetime(2025, 6, 9, 16, 0, tzinfo=UTC)


def test_a_rehearsal_counts_its_days_from_its_start() -> None:
    clock = RehearsalClock.model_validate(
        {"start": "2025-01-01T08:00:00+08:00", "day_zero": "2024-07-01", "seconds_per_day": "0.25"}
    )
    assert start_of_day(clock, date(2024, 7, 1)) == datetime(2025, 1, 1, tzinfo=UTC)
    assert end_of_day(clock, date(2024, 7, 4)) == datetime(2025, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert day_of(clock, datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)) == date(2024, 6, 30)
    assert RehearsalClock.model_validate_json(clock.model_dump_json()) == clock
    assert is_rehearsal(clock)
    assert not is_rehearsal(CALENDAR)


def test_real_time_keeps_its_share_of_the_day() -> None:
    clock = RehearsalClock(
        start=datetime(2025, 1, 1, tzinfo=UTC), day_zero=date(2025, 1, 1), seconds_per_day=96
    )
    assert scale_to_clock(clock, timedelta(minutes=15)) == timedelta(seconds=1)
    assert scale_to_clock(CALENDAR, timedelta(minutes=15)) == timedelta(minutes=15)


@pytest.mark.parametrize("pace", [0.5, "0", "-1", "86401", "0.0000001", True, "NaN"])
def test_a_pace_that_is_not_exact_or_not_a_pace_is_refused(pace: object) -> None:
    with pytest.raises(ValidationError):
        RehearsalClock.model_validate(
            {"start": "2025-01-01T00:00:00Z", "day_zero": "2024-07-01", "seconds_per_day": pace}
        )


def test_a_naive_instant_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(CALENDAR, datetime(2025, 1, 1))
