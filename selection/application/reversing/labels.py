"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.reversing.sentences import DECISIONS
from selection.kernel.stages import Names

LABELS: Names = {
    "reverse-decision": ("Reverse a decision", "撤销决定"),
    "reverse-decision.guidance": (
        "The decision is void once each post that the rules name has entered it, none of whom made it; officer and"
        " supervisor, as a rule. Before you sign you see all that falls with it. A panel's scores stand, whatever check"
        " is reversed. Others decide again, and the rules limit how often.",
        "规则所列各岗位（通常为经办人员和监督人员）均录入后，该决定即作废；原作出人员不得录入。签名前将列明一并作废的"
        "全部事项。撤销审查不影响专家组评分。由他人重新作出决定，撤销次数以规则为限。",
    ),
    "reverse-decision.decision": ("Decision", "决定"),
    **{f"reverse-decision.decision.{code}": names for code, names in DECISIONS.items()},
    "reverse-decision.report": ("Report, of a ruling on a conflict", "利益冲突报告（撤销裁定时）"),
    "reverse-decision.objection": ("Objection, of a ruling on one", "异议（撤销异议处理结果时）"),
    "reverse-decision.text": ("Why it is reversed", "撤销的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
