"""The reports of lobbying that wait for a ruling."""

from datetime import datetime

from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from portal.wording.doing.every import WORDS
from selection.kernel.counting import fill
from selection.kernel.instants import show_instant
from selection.kernel.zone import Zone


async def list_lobbying(setting: Setting) -> tuple[Option, ...]:
    """Return the open reports by when they were made: of one that names the visitor that is all that they see of it."""
    visit, spot = setting.visit, setting.spot
    tasks = await visit.reads.tasks.list_open(visit.subject, round_id=spot.round, everybody=True)
    waiting = {
        task.key.removeprefix("lobbying/"): task.since for task in tasks if task.kind == "rule-on-lobbying"
    }
    return tuple(
        Option(name, *tell_times("lobbying-of", since, spot.zone), len(waiting) == 1)
        for name, since in sorted(waiting.items(), key=lambda item: (item[1], item[0]))
    )


def tell_times(key: str, at: datetime, zone: Zone) -> tuple[str, str]:
    """Return a sentence with an instant in both languages."""
    en, zh = (
        fill(text, {"at": show_instant(at, language, zone)})
        for text, language in zip(WORDS[key], ("en", "zh"), strict=True)
    )
    return en, zh
