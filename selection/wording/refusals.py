"""A refusal as people read it: the codes in its parameters become names, its instants dates."""

from collections.abc import Callable
from datetime import datetime

from selection.kernel.counting import choose_words, fill
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.any_stage import COMMON
from selection.refusals.refused import Refused
from selection.rooms import ROOMS
from selection.round.amending_rules.sentences import name_faults, name_path, name_value
from selection.signing.refusals import SIGNING
from selection.wording.bound_by import TIES
from selection.wording.code_names import (
    CONTENTS,
    DEADLINES,
    DUTIES,
    POSTS,
    ROUND_STAGES,
    STAGES,
    Names,
    name_batch,
    name_of,
)

SENTENCES: Names = {
    **COMMON,
    **SIGNING,
    **{code: pair for room in ROOMS for code, pair in room.refusals.items()},
}
"""Every refusal: code -> (English, Chinese)."""

PHRASES: Names = {
    "somebody other than the only supervisor": (
        "somebody other than the only supervisor",
        "唯一的监督人员以外的人员",
    ),
    "applicant of the co-builder": ("the applicant of the co-builder", "共建单位的申报经办人"),
    "applicant of the host unit": ("the applicant of the host unit", "依托单位的申报经办人"),
    "examiner of this objection": ("an examiner of this objection", "该异议的核查人员"),
    "former reviewer": ("a former reviewer", "原评审专家"),
    "left-over": (
        "what the last decision could not be carried out on (`selection round repeat`)",
        "上一项决定未能执行的事项（`selection round repeat`）",
    ),
    "officer or admin in the rules": (
        "an officer or administrator in the rules",
        "规则所列的经办人员或管理员",
    ),
    "who decides on this request": (
        "those appointed to decide on this request",
        "该复核申请的决定人员",
    ),
    "party to the report": ("a party to the report", "报告当事人"),
    "recommender, reviewer or surveyor": (
        "recommender, reviewer or surveyor",
        "推荐单位、评审专家或实勘人员",
    ),
    "report": ("reports of conflicts", "利益冲突报告"),
    "the engine itself": ("the engine itself", "系统自身"),
    "the engine, on a recorded decision": ("the engine, on a recorded decision", "依已记录决定行事的系统"),
}
"""What refusals say beyond single codes."""


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "-"


def sentence(code: str, params: dict[str, str], language: str = "en") -> str:
    """Return the sentence of a code; parameters that are missing read as a dash."""
    english, chinese = SENTENCES[code]
    return fill(chinese if language == "zh" else english, _Blank(params))


INSTANTS = frozenset({"until", "since", "opens"})
"""The parameters that are instants, shown by the wall clock of a round's zone."""


class InZone(Refused):
    """A refusal with the zone in which its instants are shown, that of its round."""

    def __init__(self, refused: Refused, zone: Zone) -> None:
        super().__init__(refused.code, **refused.params)
        self.zone = zone


def render_refusal(code: str, params: dict[str, str], language: str, zone: Zone = BEIJING) -> str:
    """Return the sentence of a refusal in `zh`, else in English, with names in place of codes.

    A parameter that is no code this module knows is shown as it is.
    """
    words = choose_words(params, language)
    shown = {name: _show_value(name, value, language, zone) for name, value in words.items()}
    return sentence(code, shown, language)


def _show_value(name: str, value: str, language: str, zone: Zone) -> str:
    if name == "opens":
        return show_instant(datetime.fromisoformat(value), language, zone)
    if name in INSTANTS:
        return _instant(value, language, zone)
    reader = _BY_PARAMETER.get(name)
    return value if reader is None else reader(value, language)


def _of(names: Names) -> Callable[[str, str], str]:
    """Return a reader of one code, or of several with commas between them."""
    known = {**PHRASES, **names}

    def read(value: str, language: str) -> str:
        if value in known:
            return name_of(known, value, language)
        return ("、" if language == "zh" else ", ").join(
            _one(known, item, language) for item in value.split(", ")
        )

    return read


def _one(known: Names, code: str, language: str) -> str:
    role, of, what = code.partition(" of ")
    if not of:
        return name_of(known, code, language)
    named = name_of(known, role, language)
    return f"{named}（{what}）" if language == "zh" else f"{named} of {what}"


def _instant(value: str, language: str, zone: Zone) -> str:
    try:
        return format_deadline(datetime.fromisoformat(value), language, zone)
    except ValueError:
        return value


def _people(value: str, language: str) -> str:
    return ("、" if language == "zh" else ", ").join(_person(item, language) for item in value.split(", "))


def _person(value: str, language: str) -> str:
    """Return a person, with the name of the role behind them if there is one."""
    person, mark, role = value.removesuffix(")").partition(" (")
    if role not in DUTIES:
        return value
    named = name_of(DUTIES, role, language)
    return f"{person}（{named}）" if language == "zh" else f"{person}{mark}{named})"


_BY_PARAMETER: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys(("stage", "wanted"), _of({**ROUND_STAGES, **STAGES})),
    **dict.fromkeys(("deadline", "following"), _of(DEADLINES)),
    **dict.fromkeys(("roles", "duty"), _of(DUTIES)),
    "content": _of(CONTENTS),
    "path": name_path,
    "stands": name_value,
    "unsound": name_faults,
    "post": _of(POSTS),
    "tie": _of(TIES),
    "decision": name_batch,
    **dict.fromkeys(("people", "tied"), _people),
}
