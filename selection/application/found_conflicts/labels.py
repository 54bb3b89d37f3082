"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "refer-conflict": ("Refer a conflict that data shows", "提请裁定数据发现的利益冲突"),
    "refer-conflict.guidance": (
        "Register and bids show what binds somebody to this application: the evidence goes to a supervisor as it is "
        "now. Dismissed, that very evidence is refused no more; confirmed, the person judges nothing here.",
        "登记与申报信息显示某人与该申报存在利益关系：系统将现有证据提交监督人员裁定。裁定不成立的，该项证据不再据以拒绝；"
        "认定成立的，该人员不再评判该申报。",
    ),
    "refer-conflict.expert": ("Whom it is about", "涉及人员"),
    "refer-conflict.expert.help": (
        "The id of the person whom an act was refused for, or who is to be named.",
        "操作因其被拒绝的人员或拟指派人员的编号。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
