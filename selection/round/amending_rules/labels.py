"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names
from selection.round.amending_rules.sentences import RULINGS

LABELS: Names = {
    "amend-rules": ("Change the rules", "修改规则"),
    "amend-rules.guidance": (
        "You enter a change of one field of the rules. It counts for what begins after an approver agreed to it; what "
        "was done, and every day that was set, stands. Once panels were drawn, places and limits take the top level of "
        "approval. Everyone is told; the call's page shows it with your reason.",
        "您录入对规则某一项的修改。经审批人同意后，仅适用于此后开始的事项；此前办理的事项和已定的期限不变。"
        "专家组抽取后，修改名额和上限须经最高审批层级同意。修改及理由将告知各方，并在申报通知页面公布。",
    ),
    "amend-rules.path": ("Field of the rules, and what it is now", "规则项目及现值"),
    "amend-rules.before": ("What it is now, as it stands above", "现值（按上方所列填写）"),
    "amend-rules.after": (
        "What it is to be: a number, or none for no limit",
        "改为：数字；取消上限填“不设”",
    ),
    "amend-rules.reason": ("Reason, which is published", "理由（将公布）"),
    "rule-on-amendment": ("Rule on a change of the rules", "就规则修改表态"),
    "rule-on-amendment.guidance": (
        "An officer entered this change of the rules. If you agree, it counts for what begins from now on; if you "
        "decline, the rules stay as they are. Whoever entered it does not rule on it.",
        "经办人员录入了此项规则修改。您同意的，适用于此后开始的事项；不同意的，规则保持不变。录入者不得自行表态。",
    ),
    "rule-on-amendment.number": ("The change and its reason", "修改内容及理由"),
    "rule-on-amendment.ruling": ("Your ruling", "表态"),
    **{f"rule-on-amendment.ruling.{code}": name for code, name in RULINGS.items()},
    "rule-on-amendment.reason": ("Your reason, which is published if you agree", "您的理由（同意的将公布）"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
