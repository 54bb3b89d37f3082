"""What is said of the legality check, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.sent-back.v1": (
        ("The application was sent back, to be corrected by {until}.", "退回补正，期限至{until}。"),
        ("The application was sent back for correction.", "退回补正。"),
    ),
    "application.mended.v1": (
        ("The corrected version {revision} was submitted.", "提交补正后的第 {revision} 版。"),
        ("A corrected version was submitted.", "提交补正版本。"),
    ),
    "application.mending-lapsed.v1": (
        ("The deadline for correction passed at {deadline}.", "补正期限于{deadline}届满。"),
        ("The deadline for correction passed.", "补正期限届满。"),
    ),
    "application.check-passed.v1": (("The legality check was passed.", "通过合法性审查。"),),
    "application.check-failed.v1": (("The legality check was not passed.", "未通过合法性审查。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "check": ("legality check", "合法性审查"),
    "mend": ("correct the application", "补正"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "sent-back-once": (
        "An application can be sent back for correction at most {limit:time|times}; decide on it as it is.",
        "申报最多退回补正 {limit} 次；请按现状作出决定。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""

GROUNDS: Names = {
    "outside-field": ("the field is outside the ministry's business", "领域不属于文化和旅游部职责范围"),
    "excluded-field": ("an excluded field, such as museums and relics", "属于排除领域（如文博）"),
    "direction-held": ("a first-batch centre holds this direction", "首批中心已覆盖该研究方向"),
    "same-kind-bid": ("a joint bid by units all of one kind", "联合申报单位同属一类"),
    "agreement-missing": ("the joint-formation agreement is missing", "缺少共建协议"),
    "co-builder-unconfirmed": ("a co-builder has not confirmed", "有共建单位未确认"),
    "seals-missing": ("seals are missing", "缺少盖章"),
    "staff-below-minimum": ("fewer staff than the rules ask for", "人员数量低于要求"),
    "fund-below-minimum": ("less funding than the rules ask for", "经费低于要求"),
    "evidence-unclear": ("evidence is missing or unclear", "佐证材料缺失或不清"),
}
"""The grounds of the check: code -> (English, Chinese)."""
