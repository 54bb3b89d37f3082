"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "report-lobbying": ("Report lobbying", "报告请托"),
    "report-lobbying.guidance": (
        "You report that somebody lobbied, or asked you to. Officers, supervisors and auditors whom you do not name"
        " see who reports it; whoever you name sees neither"
        " the report nor you. It suspends nothing by itself: a supervisor who is not named rules on it.",
        "报告他人请托或受托说情。未涉及的经办、监督和审计人员可见报告人；所涉人员看不到报告，也看不到报告人。"
        "报告本身不暂停任何事项，由未涉及的监督人员裁定。",
    ),
    "report-lobbying.named": ("Who lobbied", "所涉人员"),
    "report-lobbying.named.help": (
        "Their ids, each on a line of its own; leave it empty if you do not know them, and say in the text who it was. "
        "Whether somebody is registered under an id is not told here, so check what you type.",
        "人员编号，每行一个；不知编号的请留空，并在文字中写明是谁。此处不提示编号是否已登记，请核对所填内容。",
    ),
    "report-lobbying.text": ("What happened, and when", "事实与时间"),
    "report-lobbying.evidence": ("Evidence", "证据材料"),
    "rule-on-lobbying": ("Rule on a report of lobbying", "裁定请托报告"),
    "rule-on-lobbying.guidance": (
        "You neither made this report nor are named in it. Who reported it hears your ruling.",
        "您既非报告人，也非所涉人员。报告人将获知裁定。",
    ),
    "rule-on-lobbying.report": ("Report", "报告"),
    "rule-on-lobbying.upheld": ("Your ruling", "裁定"),
    "rule-on-lobbying.upheld.yes": ("There was lobbying: upheld", "存在请托：成立"),
    "rule-on-lobbying.upheld.no": ("There was none: dismissed", "不存在请托：不成立"),
    "rule-on-lobbying.text": ("Reasons", "理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
