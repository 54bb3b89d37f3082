"""How people read an instant: as the wall clock of the round's zone shows it, a deadline by the day that it ends."""

from datetime import datetime, timedelta

from selection.kernel.counting import fill
from selection.kernel.zone import BEIJING, Zone

_BEIJING = {"en": "{} Beijing time", "zh": "北京时间{}"}
_ELSEWHERE = {"en": "{} ({offset}, {zone})", "zh": "{}（{offset}，{zone}）"}
_TICK = timedelta(microseconds=1)


def show_instant(instant: datetime, language: str, zone: Zone = BEIJING) -> str:
    """Return an instant as `2024-08-28 14:03:20 Beijing time`, or the same in Chinese (`zh`).

    Elsewhere offset and zone are named: `2024-08-28 14:03:20 (UTC+02:00, Europe/Berlin)`.
    """
    local = zone.show_local(instant)
    return _write(local, f"{local:%H:%M:%S}", language, zone)


def format_deadline(until: datetime, language: str, zone: Zone = BEIJING) -> str:
    """Return a deadline, the exclusive end of its window; the end of a day reads as 24:00 of that day."""
    day = zone.date_of(until)
    if zone.start_of_date(day) == until:
        return _write(zone.show_local(until - _TICK), "24:00", language, zone)
    local = zone.show_local(until)
    return _write(local, f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}", language, zone)


def show_time_left(left: timedelta, language: str) -> str:
    """Return how long there is until an instant, never more than there is: whole days, hours or minutes."""
    units = (
        (timedelta(days=1), "{n:day|days}", "{n} 天"),
        (timedelta(hours=1), "{n:hour|hours}", "{n} 小时"),
    )
    for unit, english, chinese in (*units, (timedelta(minutes=1), "{n:minute|minutes}", "{n} 分钟")):
        if left >= unit:
            return fill(chinese if language == "zh" else english, {"n": left // unit})
    return "不到 1 分钟" if language == "zh" else "less than a minute"


def show_issue(issue: str, language: str) -> str:
    """Return what an issue of public numbers is called: its day and time by its source's own clock, else its number."""
    if "T" not in issue:
        return issue
    local = datetime.fromisoformat(issue)
    return f"{_name_day(local, language)} {local:%H:%M}"


def name_offset(local: datetime) -> str:
    """Return the offset of a local time as `UTC+02:00`."""
    ahead = f"{local:%z}"
    return f"UTC{ahead[:3]}:{ahead[3:5]}"


def _name_day(local: datetime, language: str) -> str:
    return f"{local.year}年{local.month}月{local.day}日" if language == "zh" else f"{local:%Y-%m-%d}"


def _write(local: datetime, clock: str, language: str, zone: Zone) -> str:
    spoken = "zh" if language == "zh" else "en"
    date = _name_day(local, spoken)
    if zone.is_beijing:
        return _BEIJING[spoken].format(f"{date} {clock}")
    return _ELSEWHERE[spoken].format(f"{date} {clock}", offset=name_offset(local), zone=zone.zone)
