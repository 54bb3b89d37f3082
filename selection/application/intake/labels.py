"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "submit": ("Hand in the application", "提交申报材料"),
    "withdraw": ("Withdraw the application", "撤回申报"),
    "withdraw.guidance": (
        "You take the application back. Until the deadline you may hand it in again; afterwards it ends as withdrawn.",
        "撤回申报。截止日期前可重新提交；截止后按撤回处理。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
