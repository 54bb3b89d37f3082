"""The working days of a file's years, out of the published Chinese calendar (`chinese-calendar`).

Asked only where a file of rules is read: what is sealed holds the days themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.metadata import version

from selection.rules.faults import RulesFault

SECTION = "working_days"
PACKAGE = "chinese-calendar"
AFTER = 1
"""Years beyond the last date of the calendar that a window may reach into."""
_SATURDAY = 5


def fill_working_days(data: Mapping[str, object], years: Iterable[int]) -> tuple[object, RulesFault | None]:
    """Return the section of a file with the days of its years; beside it the fault of a year that no calendar knows.

    For such a year somebody has to choose what counts. A file that states days, as sealed rules do, is taken as it is.
    """
    section, wanted = data.get(SECTION), sorted(set(years))
    if not isinstance(section, dict) or not wanted or "source" in section:
        return section, None
    wanted = list(range(wanted[0], wanted[-1] + AFTER + 1))
    known = [year for year in wanted if _is_published(year)]
    guessed = [year for year in wanted if year not in known]
    if guessed and section.get("unpublished") is None:
        params = {"years": ", ".join(str(year) for year in guessed)}
        return section, RulesFault(f"{SECTION}.unpublished", "calendar_unpublished", params)
    off, on = _list_exceptions(known)
    filled = {"source": f"{PACKAGE} {version(PACKAGE)}", "years": known, "guessed": guessed}
    days = {"off": [day.isoformat() for day in off], "on": [day.isoformat() for day in on]}
    return {**section, **filled, **days}, None


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
