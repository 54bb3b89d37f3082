"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "send-back": ("Send back to be mended", "退回补正"),
    "send-back.guidance": (
        "The applicant is told these faults and has the days of the rules to mend them. The rules say how often an "
        "application may be sent back, and the form which answers stay as handed in: do not ask for these.",
        "系统将告知申报单位下列问题，申报单位须在规则规定的日期内补正。可退回的次数由规则规定；"
        "表单标明补正时保持不变的栏目不得要求更改。",
    ),
    "send-back.faults": ("What is to be mended", "需补正的事项"),
    "send-back.text": ("What the applicant has to do", "请申报单位办理的内容"),
    "send-back.text.help": ("The applicant reads this.", "申报单位将看到此内容。"),
    "mend": ("Hand in the mended application", "提交补正后的申报材料"),
    "pass-check": ("Pass the legality check", "审查通过"),
    "pass-check.guidance": (
        "You find that the application meets the call. Each warning that was found has to be ruled on by name.",
        "认定该申报符合通知要求。系统发现的每一项提示均须逐项裁定。",
    ),
    "pass-check.rulings": ("Warnings that you rule on", "裁定的提示事项"),
    "pass-check.rulings.help": (
        "What was found by the engine is marked. You may rule on others that you found yourself.",
        "系统发现的事项已标明；您自行发现的事项也可一并裁定。",
    ),
    "pass-check.found": ("{name} (found)", "{name}（系统发现）"),
    "pass-check.unruled": (
        "Warnings that you rule on: rule on each that was found before the application can pass",
        "裁定的提示事项：系统发现的事项须逐项裁定后方可通过",
    ),
    "pass-check.directions": ("Held directions that it comes near to", "与之相近的已布局研究方向"),
    "pass-check.twins": ("Applications with nearly the same form", "申报书基本相同的申报"),
    "pass-check.text": ("How you ruled, and why", "裁定意见及理由"),
    "fail-check": ("Rule the application out", "审查不通过"),
    "fail-check.directions": ("Held directions that it comes near to", "与之相近的已布局研究方向"),
    "fail-check.twins": ("Applications with nearly the same form", "申报书基本相同的申报"),
    "fail-check.guidance": (
        "This ends the application as ineligible. The applicant is told the grounds and your reasons.",
        "该申报将因审查不通过而终止。系统将告知申报单位不通过的事由和您的理由。",
    ),
    "fail-check.grounds": ("Grounds", "不通过的事由"),
    "fail-check.text.help": ("The applicant reads this.", "申报单位将看到此内容。"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
