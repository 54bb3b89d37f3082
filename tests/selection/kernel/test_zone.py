"""Days in any time zone: gaps and overlaps at midnight, skipped days, and offsets that are the database's."""

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings, strategies as st
from pydantic import ValidationError

from selection.kernel.day_clock import CalendarClock, after_days, day_of, end_of_day
from selection.kernel.instants import format_deadline, show_instant, show_time_left
from selection.kernel.zone import BEIJING, Zone
from selection.rules.zones import list_offsets, read_zone

pytestmark = pytest.mark.long

NAMES = tuple((files("tzdata") / "zones").read_text().split())
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
FIRST, LAST = 2000, 2040

names = st.sampled_from(NAMES)
instants = st.datetimes(datetime(FIRST, 1, 2), datetime(LAST, 12, 30), timezones=st.just(UTC))
days = st.dates(date(FIRST, 1, 5), date(LAST, 12, 25))


def zone_of(name: str) -> Zone:
    found = list_offsets(name, FIRST, LAST)
    assert found is not None
    return found


def clock_of(name: str) -> CalendarClock:
    return CalendarClock.model_validate(zone_of(name).model_dump())


@settings(max_examples=60)
@given(names, instants)
@example("America/St_Johns", datetime(2010, 11, 7, 2, 31, tzinfo=UTC))
@example("Pacific/Apia", datetime(2011, 12, 30, 10, 0, tzinfo=UTC))
def test_the_wall_clock_is_that_of_the_database(name: str, instant: datetime) -> None:
    known = read_zone(name)
    assert known is not None
    zone = zone_of(name)
    assert zone.show_local(instant).replace(tzinfo=None) == instant.astimezone(known).replace(tzinfo=None)


@settings(max_examples=60)
@given(names, days)
@example("America/Sao_Paulo", date(2018, 11, 3))  # midnight is left out
@example("Asia/Beirut", date(2023, 3, 25))
@example("America/Havana", date(2024, 11, 2))  # midnight comes twice
@example("America/St_Johns", date(2010, 11, 6))  # one minute of Sunday, then Saturday again
@example("Pacific/Apia", date(2011, 12, 29))  # the day after it is left out
@example("Pacific/Apia", date(2011, 12, 30))
def test_a_day_ends_when_no_clock_shows_it_any_more(name: str, day: date) -> None:
    zone = zone_of(name)
    end, next_day = end_of_day(clock_of(name), day), day + timedelta(days=1)

    def show_date(instant: datetime) -> date:
        return zone.show_local(instant).date()

    assert show_date(end - TICK) <= day
    assert all(show_date(end + step * HOUR / 4) >= next_day for step in range(400))
    # No other instant would do: earlier ones are followed by one that still shows the day.
    earlier = zone.show_local(end - TICK)
    assert earlier.date() == max(show_date(end - step * HOUR / 4 - TICK) for step in range(200))


@settings(max_examples=60)
@given(names, instants, st.integers(0, 30))
@example("America/St_Johns", datetime(2010, 11, 7, 2, 30, 30, tzinfo=UTC), 0)
def test_every_instant_is_in_one_day_and_days_follow_each_other(
    name: str, instant: datetime, more: int
) -> None:
    clock = clock_of(name)
    day = day_of(clock, instant)
    assert clock.start_of_date(day) <= instant < end_of_day(clock, day)
    assert after_days(clock, instant, more) == end_of_day(clock, day + timedelta(days=more))
    assert day_of(clock, instant + HOUR) >= day


@settings(max_examples=60)
@given(names, instants)
def test_what_is_typed_is_read_as_it_is_shown(name: str, instant: datetime) -> None:
    zone = zone_of(name)
    typed = zone.show_local(instant).replace(tzinfo=None)
    assert zone.show_local(zone.read_local(typed)).replace(tzinfo=None) == typed
    assert zone.read_local(typed) <= instant


def test_beijing_has_one_offset_for_ever() -> None:
    known = ZoneInfo("Asia/Shanghai")
    for year in range(2000, 2200):
        assert datetime(year, 7, 1, tzinfo=known).utcoffset() == BEIJING.offset_at(
            datetime(year, 7, 1, tzinfo=UTC)
        )
    for changed in ({"offset": 0}, {"shifts": [{"at": "2024-01-01T00:00:00Z", "offset": 0}]}):
        with pytest.raises(ValidationError):
            Zone.model_validate(changed)


def test_a_deadline_reads_as_the_end_of_its_day_also_where_midnight_is_left_out() -> None:
    zone = zone_of("Asia/Beirut")
    until = end_of_day(clock_of("Asia/Beirut"), date(2023, 3, 25))
    assert zone.show_local(until).time() == time(1)
    assert format_deadline(until, "en", zone) == "2023-03-25 24:00 (UTC+02:00, Asia/Beirut)"
    assert format_deadline(until, "zh", zone) == "2023年3月25日 24:00（UTC+02:00，Asia/Beirut）"
    assert show_instant(until, "en", zone) == "2023-03-26 01:00:00 (UTC+03:00, Asia/Beirut)"


def test_an_hour_that_comes_twice_shows_by_its_offset_and_is_read_as_the_first() -> None:
    zone = zone_of("Europe/Berlin")
    first = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert show_instant(first, "en", zone) == "2024-10-27 02:30:00 (UTC+02:00, Europe/Berlin)"
    assert show_instant(first + HOUR, "en", zone) == "2024-10-27 02:30:00 (UTC+01:00, Europe/Berlin)"
    assert zone.read_local(datetime(2024, 10, 27, 2, 30)) == first
    # An hour that is left out falls behind the gap.
    assert zone.read_local(datetime(2024, 3, 31, 2, 30)) == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "Asia", "zone.tab", "", "Europe/Berlin/"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert list_offsets(name, FIRST, LAST) is None


@pytest.mark.parametrize(
    ("left", "english", "chinese"),
    [
        (timedelta(seconds=5), "less than a minute", "不到 1 分钟"),
        (timedelta(minutes=1, seconds=59), "1 minute", "1 分钟"),
        (timedelta(hours=23, minutes=59), "23 hours", "23 小时"),
        (timedelta(days=1), "1 day", "1 天"),
        (timedelta(days=2, hours=23), "2 days", "2 天"),
    ],
)
def test_no_more_time_is_said_to_be_left_than_there_is(left: timedelta, english: str, chinese: str) -> None:
    assert (show_time_left(left, "en"), show_time_left(left, "zh")) == (english, chinese)
