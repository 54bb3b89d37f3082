"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "reverse-integrity-decision": ("Reverse a decision on integrity", "撤销廉洁核查决定"),
    "reverse-integrity-decision.guidance": (
        "The check of this proposal, or the ruling that cleared a hit, is void once each post that the rules name has "
        "entered it. Before you sign you see what falls with it. What the check found stays.",
        "规则所列各岗位均录入后，本版名单的廉洁核查或放行裁定即作废；签名前列明一并作废的事项。核查发现的问题仍然有效。",
    ),
    "reverse-integrity-decision.application": (
        "Application whose hit was cleared; none for the check itself",
        "核查事项已放行的申报编号；撤销核查本身则不填",
    ),
    "reverse-integrity-decision.text": ("Why it is reversed", "撤销的理由"),
    "decline-integrity-reversal": ("Decline the reversal of a decision on integrity", "否决撤销廉洁核查决定"),
    "decline-integrity-reversal.guidance": (
        "Another post entered that a decision on integrity is to be reversed, and you do not agree. The decision "
        "stands, your task goes away, and who entered it is told. They may enter it again.",
        "其他岗位已录入撤销廉洁核查决定的意见而您不同意的，可予否决：原决定有效，待办事项消除，并通知录入人员；"
        "其可再次录入。",
    ),
    "decline-integrity-reversal.application": (
        "Application whose hit was cleared; none for the check itself",
        "核查事项已放行的申报编号；涉及核查本身则不填",
    ),
    "decline-integrity-reversal.text": ("Why you do not agree", "不同意的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
