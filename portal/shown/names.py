"""The names of codes, by the kind that templates call them."""

from collections.abc import Callable, Mapping, Sequence

from papers.kinds import TITLES
from reading.models import RoundNames
from selection.decision.register_views import UnitFact
from selection.kernel.named import Named
from selection.kernel.unit_codes import canonical_code
from selection.wording.code_names import (
    DEADLINES,
    FORMS,
    OUTCOMES,
    ROLES,
    ROUND_STAGES,
    STAGES,
    TASKS,
    VERDICTS,
    Names,
)
from starter.papers.applications import CONTENTS

SEATS: Names = {
    "invited": ("invited", "已邀请"),
    "accepted": ("accepted", "已接受"),
    "submitted": ("reviewed", "已评审"),
    "empty": ("empty", "空缺"),
}
PLACES: Names = {
    **CONTENTS,
    "text": ("text", "文本"),
    "reason": ("reason", "理由"),
    "reasons": ("reasons", "理由"),
    "attachments": ("attachment", "附件"),
    "answers": ("answers of a form", "表单答案"),
    "told": ("comments for the applicant", "给申报单位的评语"),
    "content": ("answer about a person", "有关人员的答案"),
    "photos": ("photo", "照片"),
}
"""Where in an entry a content stands, by the last word of its place."""
UNIT_KINDS: Names = {
    "enterprise": ("company", "企业"),
    "university": ("university", "高等院校"),
    "institute": ("institute", "科研院所"),
}
"""The kinds of units that the starter's tables use; an installation may have others, which are told as they are."""
NAMES: dict[str, Names] = {
    "deadline": DEADLINES,
    "form": FORMS,
    "content": PLACES,
    "outcome": OUTCOMES,
    "paper": TITLES,
    "role": ROLES,
    "round-stage": ROUND_STAGES,
    "seat": SEATS,
    "stage": STAGES,
    # What the engine awaits of nobody in particular has no room that names it.
    "task": {**TASKS, "undelivered": ("deal with an undeliverable letter", "处理无法投递的邮件")},
    "unit-kind": UNIT_KINDS,
    "verdict": VERDICTS,
}


def name_listed(names: RoundNames | None, language: str) -> Callable[[str, str], str]:
    """Return what names a code of the round's rules, by the list that it stands in."""
    known: dict[str, dict[str, str]] = {}

    def name(of: str, code: str) -> str:
        if of not in known:
            listed: Sequence[Named] = getattr(names, of) if names is not None else ()
            # Of two with one code the first counts.
            known[of] = {item.code: item.zh if language == "zh" else item.en for item in reversed(listed)}
        return known[of].get(code, code)

    return name


def name_unit(code: str, registered: Mapping[str, UnitFact], language: str) -> str:
    """Return a unit as it is registered, in the other language where it has no name in this one; else its code."""
    unit = registered.get(canonical_code(code))
    return _pick(unit.name_en, unit.name_zh, code, language) if unit is not None else code


def name_units(names: RoundNames, registered: Mapping[str, UnitFact], language: str) -> Callable[[str], str]:
    """Return what names a unit or an approval level: as the rules call it, else as it is registered, else its code."""
    called = {item.code: (item.en, item.zh) for item in (*names.recommenders, *names.levels)}

    def name(code: str) -> str:
        if code in called:
            return _pick(*called[code], code, language)
        return name_unit(code, registered, language)

    return name


def _pick(en: str, zh: str, code: str, language: str) -> str:
    return (zh or en or code) if language == "zh" else (en or zh or code)
