"""What an application in the check comes near to: shown beside it, and named by the act that is signed."""

from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue


async def see_directions(setting: Setting) -> KnownValue:
    """Return the held directions that the application comes near to, with their names."""
    near = await setting.visit.reads.checks.find_near(setting.visit.subject, setting.spot.stream)
    en, zh = (
        "\n".join(f"{item.code}: {item.name_in(language)}" for item in near.directions)
        for language in ("en", "zh")
    )
    return KnownValue(tuple(item.code for item in near.directions), en, zh)


async def see_twins(setting: Setting) -> KnownValue:
    """Return the applications of the same units with nearly the same form, by number."""
    near = await setting.visit.reads.checks.find_near(setting.visit.subject, setting.spot.stream)
    twins = "\n".join(near.twins)
    return KnownValue(near.twins, twins, twins)
