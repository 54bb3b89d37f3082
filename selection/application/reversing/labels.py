"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.reversing.sentences import DECISIONS
from selection.kernel.stages import Names

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
    "reverse-decision.report": ("Report, of a ruling on a conflict", "利益冲突报告（撤销裁定时）"),
    "reverse-decision.objection": ("Objection, of a ruling on one", "异议（撤销异议处理结果时）"),
    "reverse-decision.text": ("Why it is reversed", "撤销的理由"),
    "decline-reversal": ("Decline the reversal of a decision", "否决撤销决定"),
    "decline-reversal.guidance": (
        "Another post entered that a decision is to be reversed, and you do not agree. The decision stands, your task "
        "goes away, and who entered it is told. They may enter it again.",
        "其他岗位已录入撤销意见而您不同意的，可予否决：原决定有效，待办事项消除，并通知录入人员；其可再次录入。",
    ),
    "decline-reversal.decision": ("Decision", "决定"),
    **{f"decline-reversal.decision.{code}": names for code, names in DECISIONS.items()},
    "decline-reversal.report": ("Report, of a ruling on a conflict", "利益冲突报告（涉及其裁定时）"),
    "decline-reversal.objection": ("Objection, of a ruling on one", "异议（涉及其处理结果时）"),
    "decline-reversal.text": ("Why you do not agree", "不同意的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
