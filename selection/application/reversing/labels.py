"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.reversing.sentences import DECISIONS
from selection.kernel.stages import Names

_NONE = ("None", "均不涉及")

LABELS: Names = {
    "reverse-decision": ("Reverse a decision", "撤销决定"),
    "reverse-decision.guidance": (
        "The decision is void once each post that the rules name has entered it, none of whom made it; officer and"
        " supervisor, as a rule. Before you sign you see all that falls with it. A panel's scores stand, whatever check"
        " is reversed. What an upheld objection removed is held again at its place. Others decide again, and the rules"
        " limit how often.",
        "规则所列各岗位（通常为经办人员和监督人员）均录入后，该决定即作废；原作出人员不得录入。签名前将列明一并作废的"
        "全部事项。撤销审查不影响专家组评分；因异议成立移出的申报恢复名额并搁置。由他人重新作出决定，撤销次数以规则为限。",
    ),
    "reverse-decision.decision": ("Decision", "决定"),
    **{f"reverse-decision.decision.{code}": names for code, names in DECISIONS.items()},
    "reverse-decision.report": (
        "Which report (only for a ruling on a conflict)",
        "所涉利益冲突报告（仅撤销利益冲突裁定时选择）",
    ),
    "reverse-decision.report.none": _NONE,
    "reverse-decision.which-report": (
        "Choose which report the ruling was on.",
        "请选择所撤销的裁定针对哪一份报告。",
    ),
    "reverse-decision.objection": (
        "Which objection (only for a ruling on an objection)",
        "所涉异议（仅撤销异议处理结果时选择）",
    ),
    "reverse-decision.objection.none": _NONE,
    "reverse-decision.which-objection": (
        "Choose which objection the ruling was on.",
        "请选择所撤销的处理结果针对哪一项异议。",
    ),
    "reverse-decision.text": ("Why it is reversed", "撤销的理由"),
    "decline-reversal": ("Decline the reversal of a decision", "否决撤销决定"),
    "decline-reversal.guidance": (
        "Another post entered that a decision is to be reversed, and you do not agree. The decision stands, your task "
        "goes away, and who entered it is told. They may enter it again.",
        "其他岗位已录入撤销意见而您不同意的，可予否决：原决定有效，待办事项消除，并通知录入人员；其可再次录入。",
    ),
    "decline-reversal.decision": ("Decision", "决定"),
    **{f"decline-reversal.decision.{code}": names for code, names in DECISIONS.items()},
    "decline-reversal.report": (
        "Which report (only for a ruling on a conflict)",
        "所涉利益冲突报告（仅涉及利益冲突裁定时选择）",
    ),
    "decline-reversal.report.none": _NONE,
    "decline-reversal.objection": (
        "Which objection (only for a ruling on an objection)",
        "所涉异议（仅涉及异议处理结果时选择）",
    ),
    "decline-reversal.objection.none": _NONE,
    "decline-reversal.text": ("Why you do not agree", "不同意的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
