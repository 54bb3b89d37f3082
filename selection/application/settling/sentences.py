"""What is said of a panel that cannot be filled, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "panel.settlement-entered.v1": (
        (
            "What to do about the panel was entered: {way} (scores wanted: {scores}).",
            "录入专家组无法组满的处理意见：{way}（所需评分：{scores}）。",
        ),
        ("What to do about the panel was entered.", "录入专家组无法组满的处理意见。"),
    ),
    "panel.lowered.v1": (
        (
            "Officer and supervisor agreed that {scores:score is|scores are} enough.",
            "经办人员与监督人员一致同意，{scores} 份评分即为有效。",
        ),
        ("Officer and supervisor agreed on fewer scores.", "经办人员与监督人员一致同意减少所需评分。"),
    ),
    "application.not-reviewed.v1": (
        (
            "Officer and supervisor agreed that no panel can be formed; the application ended.",
            "经办人员与监督人员一致认定无法组成评审专家组，申报终结。",
        ),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {"settle-panel": ("agree on a panel that cannot be filled", "就无法组满的专家组商定处理办法")}
"""What is awaited of people, by the kind of the task."""

WAYS_OUT: Names = {
    "fewer": ("fewer scores are enough", "减少所需评分"),
    "end": ("the application ends", "终结申报"),
}
"""What officer and supervisor may agree on."""

NO_SCORES: Names = {"0": ("none", "无")}
VALUES: dict[str, Names] = {"way": WAYS_OUT, "scores": NO_SCORES}
"""What the codes in these sentences are called, by the field."""

REFUSALS: Names = {
    "panel-not-short": (
        "This panel can still be filled, or has enough members: draw a supplement, or wait for the members, their last "
        "day or a report's ruling.",
        "该专家组仍可组满或人数已足：请补充抽取，或等待成员评审、评审最后期限届满或利益冲突裁定。",
    ),
    "meeting-untried": (
        "This panel can still meet: have it chaired and called together. Only where the days of an invitation pass "
        "after that and fewer vote than must, or nobody is left to chair it, do two people decide instead; a chair who "
        "does nothing is replaced by two supervisors.",
        "该专家组仍可开会：请指定组长并提请表决。提请后满邀请答复期限而表决人数仍不足，或已无人可任组长的，方可由两人"
        "商定处理；组长不履职的，由两名监督人员更换。",
    ),
    "too-few-scores": (
        "Fewer scores: enter a number from {least} to {most}, in the review as many as there are; 0 to end the "
        "application. With fewer than three it can only end, or be given more time.",
        "减少评分：请填写 {least} 至 {most} 之间的数字，材料评审阶段须与现有份数相同；终结申报填 0。"
        "不足三份时只能终结或延长期限。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
