"""The day clock: the one place where dates and counts of days become instants.

Which clock a round uses, and in which time zone, are sealed fields of its rules. Everything downstream compares
instants only. Offsets from UTC are sealed with the zone, so that no clock here reads a zone file.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, field_validator

from selection.kernel.numbers import Exact
from selection.kernel.zone import Zone

_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_PER_SECOND = 1_000_000
_DAY = timedelta(days=1)


class CalendarClock(Zone):
    """Real days in the zone. A window ends when the next day begins there, exclusive."""

    kind: Literal["calendar"] = "calendar"


class RehearsalClock(Zone):
    """Days of any length: day `day_zero` begins at `start`, and each day lasts `seconds_per_day`.

    A round on this clock, its list and its bundle are marked as a rehearsal. Its zone says how instants are shown.
    """

    kind: Literal["rehearsal"] = "rehearsal"
    start: AwareDatetime
    day_zero: date
    seconds_per_day: Annotated[Exact, Field(gt=0, le=86_400)]

    @field_validator("start")
    @classmethod
    def _in_utc(cls, start: datetime) -> datetime:
        return start.astimezone(UTC)


AnyClock = CalendarClock | RehearsalClock
DayClock = Annotated[AnyClock, Field(discriminator="kind")]


def is_rehearsal(clock: AnyClock) -> bool:
    """Say whether what runs on this clock must be marked as a rehearsal."""
    return isinstance(clock, RehearsalClock)


def start_of_day(clock: AnyClock, day: date) -> datetime:
    """Return the first instant of the day, in UTC. Raises OverflowError outside the years 1 to 9999."""
    if isinstance(clock, CalendarClock):
        return clock.start_of_date(day)
    return clock.start + (day - clock.day_zero).days * _length_of_day(clock)


def end_of_day(clock: AnyClock, day: date) -> datetime:
    """Return the exclusive end of the day, the first instant of the next: what happens at it is late."""
    return start_of_day(clock, day + _DAY)


def day_of(clock: AnyClock, instant: datetime) -> date:
    """Return the day that holds the instant. Raises ValueError for an instant without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if isinstance(clock, CalendarClock):
        return clock.date_of(instant)
    return clock.day_zero + timedelta(days=(instant - clock.start) // _length_of_day(clock))


def after_days(clock: AnyClock, instant: datetime, days: int) -> datetime:
    """Return the end of the n-th natural day after the day that holds the instant, not counting that day.

    With 0 days, the end of that day. Raises as `day_of` and `end_of_day` do.
    """
    return end_of_day(clock, day_of(clock, instant) + timedelta(days=days))


def scale_to_clock(clock: AnyClock, length: timedelta) -> timedelta:
    """Return a length of real time at the pace of the clock, rounded down to the microsecond.

    On the calendar it stays as it is; on a rehearsal, a length of one day becomes one rehearsed day.
    """
    if isinstance(clock, CalendarClock):
        return length
    # In whole numbers: a length of years times that of a day is more than a timedelta holds.
    lasts = (length // _MICROSECOND) * (_length_of_day(clock) // _MICROSECOND) // (_DAY // _MICROSECOND)
    return timedelta(microseconds=lasts)


def _length_of_day(clock: RehearsalClock) -> timedelta:
    # Six decimal places at most, so this is exact.
    return timedelta(microseconds=int(clock.seconds_per_day * _MICROSECONDS_PER_SECOND))
