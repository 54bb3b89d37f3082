"""The working days of a file's years, out of the published Chinese calendar (`chinese-calendar`).

Asked only where a file of rules is read: what is sealed holds the days themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.metadata import version
from typing import get_args

from selection.kernel.day_clock import day_of
from selection.rules.faults import RulesFault
from selection.rules.model import RoundRules
from selection.rules.terms import get_sealed_deadlines
from selection.rules.working_days import Window

SECTION = "working_days"
PACKAGE = "chinese-calendar"
AFTER = 1
"""Years beyond the last date of the calendar that a window of less than half a year may reach into."""
_SATURDAY = 5
_WINDOWS = get_args(Window)


def fill_working_days(data: Mapping[str, object], years: Iterable[int]) -> tuple[object, RulesFault | None]:
    """Return the section of a file with the days of its years; beside it the fault of a year that no calendar knows.

    For such a year somebody has to choose what counts. A file that states days, as sealed rules do, is taken as it is.
    """
    section, wanted = data.get(SECTION), sorted(set(years))
    if not isinstance(section, dict) or not wanted or "source" in section:
        return section, None
    wanted = list(range(wanted[0], wanted[-1] + _count_years_after(data.get("days")) + 1))
    known = [year for year in wanted if _is_published(year)]
    guessed = [year for year in wanted if year not in known]
    if guessed and section.get("unpublished") is None:
        params = {"years": ", ".join(str(year) for year in guessed)}
        return section, RulesFault(f"{SECTION}.unpublished", "calendar_unpublished", params)
    off, on = _list_exceptions(known)
    filled = {"source": f"{PACKAGE} {version(PACKAGE)}", "years": known, "guessed": guessed}
    days = {"off": [day.isoformat() for day in off], "on": [day.isoformat() for day in on]}
    return {**section, **filled, **days}, None


def list_unsealed_years(rules: RoundRules) -> tuple[int, ...]:
    """Return the years that deadlines and windows of rules can reach, of which no calendar is sealed nor a choice made.

    None where a file was filled in: there such a year is a fault. A file may state days of its own.
    """
    working, last = rules.working_days, max(get_sealed_deadlines(rules).values())
    if working is None:
        return ()
    after = _count_years_after(rules.days.model_dump())
    end = date((day_of(rules.clock, last) - timedelta(days=1)).year + after, 12, 31)
    return working.list_unknown(rules.calendar.call, end)


def _count_years_after(days: object) -> int:
    """Return into how many years beyond a calendar's last date its windows may reach: two days for each working day."""
    stated = days if isinstance(days, Mapping) else {}
    longest = max((n for name, n in stated.items() if name in _WINDOWS and isinstance(n, int)), default=0)
    return AFTER + 2 * longest // 365


def _is_published(year: int) -> bool:
    from chinese_calendar import constants

    return any(day.year == year for day in constants.holidays)


def _list_exceptions(years: Iterable[int]) -> tuple[list[date], list[date]]:
    """Return the Mondays to Fridays of these years that are off, and the Saturdays and Sundays that are worked."""
    # Imported here: it is for whoever reads a file, and a workflow's start should not pay for it.
    from chinese_calendar import is_workday

    off, on = list[date](), list[date]()
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            worked, weekend = is_workday(day), day.weekday() >= _SATURDAY
            if worked and weekend:
                on.append(day)
            if not worked and not weekend:
                off.append(day)
            day += timedelta(days=1)
    return off, on
