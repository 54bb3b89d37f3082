"""What is on a unit's list, and the application that an act on the list is about."""

from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Option
from selection.kernel.stages import Stage


async def find_number(setting: Setting) -> KnownValue:
    """Return the application of the address."""
    return KnownValue(setting.spot.part, setting.spot.part, setting.spot.part)


async def list_recommendable(setting: Setting) -> tuple[Option, ...]:
    """Return the applications that nobody recommended yet, by number, name and the version that counts."""
    rows = await setting.visit.reads.applications.list_of_round(setting.visit.subject, setting.spot.round)
    return tuple(
        Option(
            row.number,
            f"{row.number} {row.name_en or row.name_zh} (version {row.revision})",
            f"{row.number} {row.name_zh or row.name_en}（第 {row.revision} 版）",
        )
        for row in rows
        if row.stage == Stage.SUBMITTED.value
    )


async def list_listed(setting: Setting) -> tuple[Option, ...]:
    """Return the applications on the list in its order, by number and name."""
    visit, spot = setting.visit, setting.spot
    found = await visit.reads.lists.get_own(visit.subject, spot.round, spot.part)
    rows = await visit.reads.applications.list_of_round(visit.subject, spot.round)
    named = {row.number: row for row in rows}
    return tuple(
        Option(
            number,
            f"{number} {(named[number].name_en or named[number].name_zh) if number in named else ''}".strip(),
            f"{number} {(named[number].name_zh or named[number].name_en) if number in named else ''}".strip(),
        )
        for number in found.listed
    )
