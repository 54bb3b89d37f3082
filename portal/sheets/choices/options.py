"""What can be chosen in the fields of acts, and what is known without asking: all of it through the read service."""

from portal.faults import Fault
from portal.sheets.choices.warnings import find_warnings
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Option
from portal.shown.names import name_unit
from portal.wording.doing.every import WORDS
from selection.kernel.counting import fill
from selection.kernel.unit_codes import same_unit
from selection.rules.grounds import Ground


async def see_revision(setting: Setting) -> KnownValue:
    """Return the version of the application that counts now."""
    view = setting.spot.view
    assert view is not None
    return KnownValue(view.row.revision, str(view.row.revision), str(view.row.revision))


async def list_failing(setting: Setting) -> tuple[Option, ...]:
    """Return all grounds of the rules."""
    return tuple(Option(item.code, item.en, item.zh) for item in await _list_grounds(setting))


async def list_mendable(setting: Setting) -> tuple[Option, ...]:
    """Return the grounds that the rules let be mended."""
    return tuple(Option(item.code, item.en, item.zh) for item in await _list_grounds(setting) if item.mend)


async def list_ruled(setting: Setting) -> tuple[Option, ...]:
    """Return the grounds that an officer may rule on, first and marked those that the engine finds here."""
    found = await find_warnings(setting)
    en, zh = WORDS["pass-check.found"]
    options = [
        Option(item.code, fill(en, {"name": item.en}), fill(zh, {"name": item.zh}))
        if item.code in found
        else Option(item.code, item.en, item.zh)
        for item in await _list_grounds(setting)
        if item.rule
    ]
    return tuple(sorted(options, key=lambda option: option.code not in found))


async def _list_grounds(setting: Setting) -> tuple[Ground, ...]:
    return (await setting.visit.reads.rounds.get_words(setting.visit.subject, setting.spot.round)).grounds


async def name_anew(setting: Setting) -> KnownValue:
    """Return the name of what the act brings into being: that of the act, as the command line has it."""
    return KnownValue(setting.new_id)


async def find_co_builder(setting: Setting) -> KnownValue:
    """Return the co-builder that the visitor's employer is. Raises Fault where it is asked nothing."""
    view, employer = setting.spot.view, setting.visit.subject.fact.employer
    codes = view.row.co_builders if view is not None else ()
    code = next((code for code in codes if same_unit(code, employer)), None)
    if code is None:
        raise Fault("nothing-awaited", 404)
    found = await setting.visit.reads.units.find(setting.visit.subject, [code])
    return KnownValue(code, *(name_unit(code, found, language) for language in ("en", "zh")))


async def list_contents(setting: Setting) -> tuple[Option, ...]:
    """Return the contents that the rules have reviewed."""
    names = await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)
    return tuple(Option(item.code, item.en, item.zh) for item in names.criteria)
