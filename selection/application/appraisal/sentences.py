"""What is said of the overall appraisal, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "appraisal.recorded.v1": (
        (
            "The panel of {present} agreed on {score}: {votes_for} for, {votes_against} against, {abstained}"
            " abstained.",
            "专家组（{present}）商定 {score} 分：赞成 {votes_for}，反对 {votes_against}，弃权 {abstained}。",
        ),
        (
            "The panel agreed on {score}: {votes_for} for, {votes_against} against, {abstained} abstained.",
            "专家组商定 {score} 分：赞成 {votes_for}，反对 {votes_against}，弃权 {abstained}。",
        ),
        ("The overall appraisal was held.", "完成综合论证。"),
    ),
    "appraisal.left-out.v1": (("This scheme has no overall appraisal.", "本轮规则不设综合论证。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "appoint-chair": ("appoint a chair", "指定组长"),
    "appraise": ("record the appraisal", "记录综合论证"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "must-stand-aside": (
        "Data binds these members to the application; they stand aside from the vote: {people}.",
        "以下成员依数据与本申报有利益冲突，须回避表决：{people}。",
    ),
    "votes-unclear": (
        "The votes must add up to the number present who did not stand aside ({voters}).",
        "票数之和须等于出席且未回避的人数（{voters}）。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
