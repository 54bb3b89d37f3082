"""Windows measured in the days that the sealed rules count, and years of which they know no working days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from audit.rules.fold import Step
from selection.kernel.day_clock import after_days, day_of, end_of_day


def measure_window(step: Step, name: str) -> datetime:
    """Return when a window ends that begins at an entry."""
    return measure_from(step, name, step.leaf.at)


def measure_from(step: Step, name: str, instant: datetime) -> datetime:
    """Return when a window ends that begins at an instant, counting day by day those that the rules count."""
    clock, working = step.rules.clock, step.rules.working_days
    days: int = getattr(step.rules.days, name)
    if working is None or name not in working.windows:
        return after_days(clock, instant, days)
    day = day_of(clock, instant)
    while days:
        day += timedelta(days=1)
        weekend = day.isoweekday() in (6, 7)
        if (weekend and day in working.on) or not (weekend or day in working.off):
            days -= 1
    return end_of_day(clock, day)


def list_unsealed(step: Step, first: date, last: datetime) -> set[int]:
    """Return the years from a day to the day that ends at an instant of which the rules know no working days."""
    working = step.rules.working_days
    if working is None or working.unpublished == "weekends":
        return set()
    end = day_of(step.rules.clock, last) - timedelta(days=1)
    return {*range(first.year, end.year + 1)} - {*working.years} - {*working.guessed}


def list_guessed(step: Step, *names: str) -> tuple[int, ...]:
    """Return the years into which windows that begin at an entry were counted without a calendar or a choice."""
    working, found = step.rules.working_days, set[int]()
    # The day on which a window begins is not counted.
    first = day_of(step.rules.clock, step.leaf.at) + timedelta(days=1)
    for name in names:
        if working is not None and name in working.windows:
            found |= list_unsealed(step, first, measure_window(step, name))
    return tuple(sorted(found))


def require_known(step: Step, years: Iterable[int]) -> None:
    """Raise Difference where what a person began reaches years of which the rules know no working days."""
    beyond = ", ".join(map(str, sorted(years)))
    step.require(not beyond, "year-unsealed", years=beyond)


def require_guessed(step: Step, stated: tuple[int, ...], found: tuple[int, ...]) -> None:
    """Raise Difference where an entry of the engine does not say which years it counted without a calendar."""
    params = {"stated": ", ".join(map(str, stated)) or "-", "found": ", ".join(map(str, found)) or "-"}
    step.require(stated == found, "guess-differs", **params)
