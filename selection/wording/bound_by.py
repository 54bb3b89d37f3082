"""What data shows of a person, in words: the evidence that a supervisor rules on."""

from collections.abc import Iterable, Mapping

from selection.decision.relations import Conflict
from selection.kernel.stages import Names
from selection.recusal.conflicts import name_tie

TIES: Names = {
    "employer": ("the legal person that employs them", "现任单位"),
    "former-employer": ("a former employer", "前任单位"),
    "related-unit": ("a parent or subsidiary", "上级或下属单位"),
    "own-bid": ("a bid of their own", "本人申报"),
    "unit-bid": ("a bid of their unit", "本单位申报"),
    "relative": ("a declared relative", "申明的近亲属"),
    "adviser": ("a declared adviser or student", "申明的师生关系"),
    "project": ("a declared shared project", "申明的合作项目"),
}
"""What a conflict rests on."""

_SENTENCES: Names = {
    "employer": ("{unit} employs them", "现任职于 {unit}"),
    "former-employer": ("{unit} employed them until {until}", "曾任职于 {unit}，至 {until}"),
    "parent": (
        "their unit {unit}{past} belongs, or belonged within the rules' years, to {to}",
        "其单位 {unit}{past}隶属于（或在规则年限内曾隶属于）{to}",
    ),
    "subsidiary": (
        "{to} belongs, or belonged within the rules' years, to their unit {unit}{past}",
        "{to} 隶属于（或在规则年限内曾隶属于）其单位 {unit}{past}",
    ),
    "own-bid": ("they applied for {to} in the same field", "本人为同领域申报 {to} 的申报人"),
    "unit-bid": (
        "their unit {unit} takes part in {to} in the same field",
        "其单位 {unit} 参与同领域申报 {to}",
    ),
    "relative": ("a close relative, as declared: {to}{past}", "申明的近亲属：{to}{past}"),
    "adviser": (
        "a doctoral adviser or student, as declared: {to}{past}",
        "申明的博士生导师或学生：{to}{past}",
    ),
    "project": ("a shared project, as declared: {to}{past}", "申明的合作项目：{to}{past}"),
}
_PAST = (" (until {until})", "（至 {until}）")


def tell_conflicts(found: Iterable[Mapping[str, object]], language: str) -> str:
    """Return what binds somebody, as an entry holds it, in `zh` or English."""
    conflicts = (Conflict.model_validate(item) for item in found)
    return ("；" if language == "zh" else "; ").join(_tell(item, language) for item in conflicts)


def _tell(conflict: Conflict, language: str) -> str:
    spoken, tie = 1 if language == "zh" else 0, name_tie(conflict)
    until = conflict.until.date().isoformat() if conflict.until else ""
    return _SENTENCES[tie if tie in _SENTENCES else conflict.kind][spoken].format(
        unit=conflict.unit,
        until=until,
        past=_PAST[spoken].format(until=until) if until else "",
        to=", ".join(conflict.to),
    )
