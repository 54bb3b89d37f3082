"""How people read an instant: local time in Asia/Shanghai, a deadline by the day that it ends."""

from datetime import datetime, time, timedelta

from selection.kernel.day_clock import SHANGHAI

_LOCAL = {"en": "{} Beijing time", "zh": "北京时间{}"}


def show_instant(instant: datetime, language: str) -> str:
    """Return an instant as `2024-08-28 14:03:20 Beijing time`, or the same in Chinese (`zh`)."""
    local = instant.astimezone(SHANGHAI)
    return _local(local, f"{local:%H:%M:%S}", language)


def format_deadline(until: datetime, language: str) -> str:
    """Return a deadline, the exclusive end of its window; midnight reads as 24:00 of the day that it ends."""
    local = until.astimezone(SHANGHAI)
    if local.time() == time.min:
        return _local(local - timedelta(days=1), "24:00", language)
    return _local(local, f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}", language)


def _local(day: datetime, clock: str, language: str) -> str:
    date = f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day:%Y-%m-%d}"
    return _LOCAL["zh" if language == "zh" else "en"].format(f"{date} {clock}")
