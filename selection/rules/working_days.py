"""Working days of a round: which windows count them, and which days they are, as sealed."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from selection.kernel.day_clock import AnyClock, after_days, day_of, end_of_day
from selection.kernel.model import Frozen
from selection.kernel.named import Day
from selection.kernel.numbers import Whole

Window = Literal["mend", "invitation", "review_after_invitation", "notice"]
Years = Annotated[tuple[Whole, ...], Field(max_length=50, exclude_if=lambda years: not years)]
"""Years in which Monday to Friday were counted though no calendar of them is sealed and nobody chose it."""

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkingDays(Frozen):
    """The windows that are counted in working days [D], and the published calendar of these [F].

    A file names `windows`, and with `unpublished` what a person chose for years whose calendar is not published yet:
    there Monday to Friday are worked. All else is filled in when the file is read, and sealed, so that nothing is
    looked up later: `source` is the calendar and its version, `years` are those that it knows, `guessed` those for
    which the choice stands; `off` are Mondays to Fridays that are not worked, `on` Saturdays and Sundays that are.
    """

    windows: Annotated[tuple[Window, ...], Field(min_length=1, max_length=4)]
    unpublished: Literal["weekends"] | None = None
    source: Annotated[str, Field(max_length=60)] = ""
    years: Annotated[tuple[Whole, ...], Field(max_length=50)] = ()
    guessed: Annotated[tuple[Whole, ...], Field(max_length=50)] = ()
    off: Annotated[tuple[Day, ...], Field(max_length=1000)] = ()
    on: Annotated[tuple[Day, ...], Field(max_length=1000)] = ()

    def is_worked(self, day: date) -> bool:
        """Tell whether a day is a working day; beyond the sealed years Monday to Friday are."""
        return day in self.on if day.weekday() >= _SATURDAY else day not in self.off

    def list_unknown(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years of these days of which no calendar is sealed, and nobody chose what counts in them."""
        if self.unpublished is not None:
            return ()
        return tuple(
            year for year in range(first.year, last.year + 1) if year not in (*self.years, *self.guessed)
        )


def end_of_window(
    clock: AnyClock, working: WorkingDays | None, window: Window, instant: datetime, days: int
) -> datetime:
    """Return the end of the n-th day after the day that holds the instant: working days where the rules say so."""
    if working is None or window not in working.windows:
        return after_days(clock, instant, days)
    day, left = day_of(clock, instant), days
    while left > 0:
        day += _DAY
        left -= working.is_worked(day)
    return end_of_day(clock, day)


def list_unknown_years(
    clock: AnyClock, working: WorkingDays | None, window: Window, instant: datetime, days: int
) -> tuple[int, ...]:
    """Return the years into which such a window is counted though no calendar and no choice says how."""
    if working is None or window not in working.windows:
        return ()
    last = day_of(clock, end_of_window(clock, working, window, instant, days)) - _DAY
    return working.list_unknown(day_of(clock, instant) + _DAY, last)
