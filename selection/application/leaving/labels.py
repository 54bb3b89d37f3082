"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "give-up": ("Give the application up", "放弃申报"),
    "give-up.guidance": (
        "You take the application back for good, at whatever stage it stands. It ends, its place stays empty, and it "
        "cannot be handed in again.",
        "永久放弃申报，不论其处于何阶段。该申报终结，名额空缺，且不能再次提交。",
    ),
    "report-fraud": ("Report fraud", "报告弄虚作假"),
    "report-fraud.guidance": (
        "You report fraud in the application, with the evidence. A supervisor rules on it; until then it goes on.",
        "报告该申报弄虚作假，并附证据，由监督人员裁定；裁定前申报照常进行。",
    ),
    "report-fraud.text": ("What was found", "发现的情况"),
    "report-fraud.evidence": ("Evidence", "证据"),
    "rule-on-fraud": ("Rule on a report of fraud", "裁定弄虚作假的报告"),
    "rule-on-fraud.guidance": (
        "Upheld, the application is ruled out and ends at once. An officer reported it, so that two people found it.",
        "成立的，该申报即取消资格并终结。报告由经办人员作出，故系两人认定。",
    ),
    "rule-on-fraud.upheld": ("Your ruling", "裁定"),
    "rule-on-fraud.upheld.yes": ("There is fraud: ruled out", "存在弄虚作假：取消资格"),
    "rule-on-fraud.upheld.no": ("There is none: dismissed", "不存在弄虚作假：不成立"),
    "rule-on-fraud.text": ("Reasons", "理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
