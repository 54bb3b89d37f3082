"""What can be chosen in acts on the register, and what an erasure would take."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.acts.prepared import Line
from portal.forms.typed import Typed
from portal.sheets.filling import FIELD
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from portal.wording.doing.every import WORDS
from portal.wording.entering.keys import WORDS as KEYS
from reading.models import RoundForm
from selection.kernel.counting import fill
from selection.kernel.instants import show_instant

SUGGESTED = 500
"""Units of the register that are offered at most [D]."""


async def list_own_keys(setting: Setting) -> tuple[Option, ...]:
    """Return the visitor's keys in force, as `selection key list` names them."""
    keys = await setting.visit.reach.sessions.list_keys(setting.visit.subject)
    if len(keys) == 1:
        (only,), (english, chinese) = keys, KEYS["only"]
        return (Option(only.key, f"{only.key} – {english}", f"{only.key}（{chinese}）"),)
    return tuple(Option(key.key, key.key, key.key) for key in keys)


async def list_active_units(setting: Setting) -> tuple[Option, ...]:
    """Return the registered units that are not ended, to suggest; what is typed may be another."""
    found = await setting.visit.reads.units.list_units(setting.visit.subject)
    return tuple(
        Option(unit.code, unit.name_en or unit.name_zh, unit.name_zh or unit.name_en)
        for unit in found
        if unit.active
    )[:SUGGESTED]


async def prefill_tie(_setting: Setting, _form: RoundForm | None) -> Typed:
    """Return that a tie exists, which is what people declare as a rule."""
    return {f"{FIELD}holds": ("yes",)}


async def list_letters(setting: Setting) -> tuple[Option, ...]:
    """Return the letters that a mail server refused: to whom, about what, since when."""
    found = await setting.visit.reads.letters.list_waiting(setting.visit.subject)
    return tuple(
        Option(str(letter.id), _tell(letter, setting, "en"), _tell(letter, setting, "zh")) for letter in found
    )


def _tell(letter: Any, setting: Setting, language: str) -> str:
    since = show_instant(letter.since, language, setting.spot.zone) if letter.since else ""
    sentence = WORDS["letter"][language == "zh"]
    return fill(sentence, {"to": letter.to, "about": letter.stream.partition("/")[2], "since": since})


async def foretell_erasure(setting: Setting, values: Mapping[str, Any]) -> Sequence[Line]:
    """Tell what an erasure takes, and what still rests on the person."""
    plan = await setting.visit.reads.register.plan_erasure(setting.visit.subject, values["person"])
    en, zh = WORDS["erasure-takes"]
    params = {"count": len(plan.contents)}
    lines = [_line("erasure", fill(en, params), fill(zh, params))]
    if plan.duties:
        en, zh = WORDS["erasure-duties"]
        open_duties = {"count": len(plan.duties)}
        lines.append(_line("erasure-open", fill(en, open_duties), fill(zh, open_duties)))
    return lines


def _line(label: str, en: str, zh: str) -> Line:
    named = WORDS[label]
    return Line(en=named[0], zh=named[1], value_en=en, value_zh=zh)
