"""The offsets of a zone over a round's years, out of the package `tzdata`: never out of files of the machine."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from selection.kernel.zone import BEIJING_ZONE, Shift, Zone, ZoneName
from selection.rules.faults import RulesFault

BEFORE, AFTER = 1, 12
"""Years that are sealed before the first day of the calendar and after its last: no count of days reaches further."""

YEARS = (2000, 2199)
"""The years of a calendar's days."""

_NAME: TypeAdapter[str] = TypeAdapter(ZoneName)
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@cache
def read_zone(name: str) -> ZoneInfo | None:
    """Return a zone of the tz database, None if it has none of this name."""
    try:
        _NAME.validate_python(name)
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (ValidationError, OSError, ValueError):
        return None


@cache
def list_offsets(name: str, first: int, last: int) -> Zone | None:
    """Return a zone with its offsets from the beginning of one year to the end of another, None for an unknown one."""
    if name == BEIJING_ZONE:
        return Zone()
    found = read_zone(name)
    if found is None:
        return None
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    return Zone(zone=name, offset=_offset(found, start), shifts=tuple(_find_shifts(found, start, end)))


def _find_shifts(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Shift]:
    # The database has no zone that shifts twice within a day.
    day, before = start, _offset(zone, start)
    while day < end:
        after = _offset(zone, day + _DAY)
        if before != after:
            low, high = day, day + _DAY
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            yield Shift(at=high, offset=after)
        day, before = day + _DAY, after


def _offset(zone: ZoneInfo, instant: datetime) -> int:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return int(found.total_seconds())


def fill_zone(data: Mapping[str, object]) -> tuple[object, RulesFault | None]:
    """Return the clock of a file with the offsets of its zone; beside it the fault of a zone that is not there.

    A file that states offsets, as sealed rules do, must state those of the database.
    """
    clock = data.get("clock")
    if not isinstance(clock, dict) or not isinstance(clock.get("zone", BEIJING_ZONE), str):
        return clock, None
    years = sorted(_list_years(data.get("calendar"), clock.get("start")))
    if not years:
        return clock, None
    zone = list_offsets(clock.get("zone", BEIJING_ZONE), years[0] - BEFORE, years[-1] + AFTER)
    others = {key: value for key, value in clock.items() if key not in Zone.model_fields}
    if zone is None:
        return others, RulesFault("clock.zone", "unknown_zone")
    filled = {name: to_jsonable_python(getattr(zone, name)) for name in Zone.model_fields}
    stated = {name: clock[name] for name in ("offset", "shifts") if name in clock}
    if any(stated[name] != filled[name] for name in stated):
        return others, RulesFault("clock.zone", "other_offsets")
    return {**clock, **filled}, None


def list_years(data: Mapping[str, object]) -> list[int]:
    """Return the years of the days that a file's calendar names, as far as they can be read."""
    return sorted(_list_years(data.get("calendar"), None))


def _list_years(calendar: object, start: object) -> Iterator[int]:
    """Yield the years that are written and that rules may have; what else is wrong with them is found elsewhere."""
    days = list(calendar.values()) if isinstance(calendar, dict) else []
    for said in (*days, start):
        year = said.year if isinstance(said, date) else 0
        if isinstance(said, str) and said[:4].isdecimal():
            year = int(said[:4])
        if YEARS[0] <= year <= YEARS[1]:
            yield year
