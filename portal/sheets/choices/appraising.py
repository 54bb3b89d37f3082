"""The panel's meeting as its people fill it in: who stood aside was there, and which vote is open."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Wrong
from portal.wording.doing.every import WORDS
from selection.application.appraisal.events import AppraisalOpened


def check_meeting(values: Mapping[str, Any]) -> Sequence[Wrong]:
    """Find who stood aside without being there."""
    if set(values.get("aside", ())) <= set(values["present"]):
        return []
    return [Wrong("aside", *WORDS["open-appraisal.aside-absent"])]


async def see_meeting(setting: Setting) -> KnownValue:
    """Return the number of the vote that is open; 0 where none is."""
    visit = setting.visit
    entries = await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream)
    opened = [entry.view["data"] for entry in entries if entry.view["type"] == AppraisalOpened.TYPE]
    if not opened:
        return KnownValue(0)
    number = opened[-1]["meeting"]
    return KnownValue(number, f"meeting {number}", f"第 {number} 次")
