"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.settling.sentences import WAYS_OUT
from selection.kernel.stages import Names

LABELS: Names = {
    "settle-panel": ("Agree on a panel that cannot be filled", "就无法组满的专家组商定处理办法"),
    "settle-panel.guidance": (
        "An officer and a supervisor decide together: once both have entered the same, it is done. Fewer scores, three "
        "at least, may be enough; or the application ends. To give more time, move the review's last day instead.",
        "由经办人员与监督人员共同决定：双方录入相同意见后生效。可减少所需评分（不少于三份），或终结申报；"
        "如需更多时间，请延长评审最后期限。",
    ),
    "settle-panel.way": ("What is to be done", "处理方式"),
    **{f"settle-panel.way.{code}": names for code, names in WAYS_OUT.items()},
    "settle-panel.scores": ("How many scores are enough; 0 to end it", "有效评分份数（终结填 0）"),
    "settle-panel.reason": ("Reason, which the applicant reads at the end", "理由（终结时告知申报单位）"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
