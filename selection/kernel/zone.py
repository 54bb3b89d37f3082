"""A time zone as a round has sealed it: which offset from UTC is in force when, so that no zone file is asked later.

Days are those of the wall clock, also where clocks are put forward over midnight, back over it, or over a whole day:
a day begins at the first instant from which on no clock in the zone shows an earlier day any more.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, field_validator, model_validator

from selection.kernel.model import Frozen
from selection.kernel.numbers import Whole

BEIJING_ZONE = "Asia/Shanghai"
BEIJING_OFFSET = 8 * 3600

Offset = Annotated[Whole, Field(gt=-86_400, lt=86_400)]
"""Seconds that the wall clock is ahead of UTC."""

ZoneName = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
"""A name of the tz database, such as Asia/Shanghai."""

_DAY = timedelta(days=1)


class Shift(Frozen):
    """From `at` on, the offset is another one."""

    at: AwareDatetime
    offset: Offset

    @field_validator("at")
    @classmethod
    def _in_utc(cls, at: datetime) -> datetime:
        return at.astimezone(UTC)


class Zone(Frozen):
    """The zone of a round: its name, the offset that it begins with, and every shift in the round's years.

    A file names the zone alone; the offsets are filled in when it is read (selection/rules/zones.py).
    """

    zone: Annotated[ZoneName, Field(exclude_if=lambda zone: zone == BEIJING_ZONE)] = BEIJING_ZONE
    offset: Annotated[Offset, Field(exclude_if=lambda offset: offset == BEIJING_OFFSET)] = BEIJING_OFFSET
    shifts: Annotated[tuple[Shift, ...], Field(max_length=1000, exclude_if=lambda shifts: not shifts)] = ()

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        instants = [shift.at for shift in self.shifts]
        if instants != sorted(set(instants)):
            raise ValueError("shifts are in their order, each once")
        if self.zone == BEIJING_ZONE and (self.offset != BEIJING_OFFSET or self.shifts):
            raise ValueError("Beijing time has one offset")
        return self

    @property
    def is_beijing(self) -> bool:
        """Whether this is Beijing time, which is shown by that name."""
        return self.zone == BEIJING_ZONE

    def offset_at(self, instant: datetime) -> timedelta:
        """Return how far the wall clock is ahead of UTC at an instant."""
        found = self.offset
        for shift in self.shifts:
            if shift.at > instant:
                break
            found = shift.offset
        return timedelta(seconds=found)

    def show_local(self, instant: datetime) -> datetime:
        """Return an instant as the wall clock shows it."""
        return instant.astimezone(timezone(self.offset_at(instant)))

    def start_of_date(self, day: date) -> datetime:
        """Return the first instant from which on no clock shows an earlier day, in UTC. Raises OverflowError."""
        midnight = datetime.combine(day, time.min, tzinfo=UTC)
        begins = midnight - timedelta(seconds=self.offset)
        if self.shifts:
            begins = min(begins, self.shifts[0].at)
        for place, shift in enumerate(self.shifts):
            passes = midnight - timedelta(seconds=shift.offset)
            if shift.at < passes:
                ends = self.shifts[place + 1].at if place + 1 < len(self.shifts) else passes
                begins = min(passes, ends)
        return begins

    def date_of(self, instant: datetime) -> date:
        """Return the day that holds the instant: the one between whose start and whose end it lies."""
        day = self.show_local(instant).date()
        while self.start_of_date(day) > instant:
            day -= _DAY
        return day

    def read_local(self, said: datetime) -> datetime:
        """Return the instant at which the wall clock shows a time, the first if it does so twice.

        A time that is left out is read by the offset before it, so that it falls behind the gap.
        """
        naive = said.replace(tzinfo=UTC)
        offsets = (self.offset, *(shift.offset for shift in self.shifts))
        showing = sorted(naive - timedelta(seconds=offset) for offset in set(offsets))
        for instant in showing:
            if instant + self.offset_at(instant) == naive:
                return instant
        return naive - self.offset_at(naive - _DAY)


BEIJING = Zone()
