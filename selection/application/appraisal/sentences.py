"""What is said of the overall appraisal, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "appraisal.opened.v1": (
        ("The panel of {present} votes (meeting {meeting}).", "专家组（{present}）表决（第 {meeting} 次）。"),
        ("The panel votes (meeting {meeting}).", "专家组表决（第 {meeting} 次）。"),
        ("The panel's vote was opened.", "专家组开始表决。"),
    ),
    "appraisal.voted.v1": (
        (
            "{expert} voted in meeting {meeting}: {vote}, score {score}.",
            "{expert} 在第 {meeting} 次论证中表决：{vote}，评分 {score}。",
        ),
        ("{expert} voted in meeting {meeting}: {vote}.", "{expert} 在第 {meeting} 次论证中表决：{vote}。"),
        ("A member of the panel voted.", "专家组一名成员已表决。"),
    ),
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
    "appraise": ("open the panel's vote", "提请专家组表决"),
    "vote": ("vote in the panel's meeting", "在论证会上表决"),
    "close-appraisal": ("record the appraisal", "记录综合论证"),
}
"""What is awaited of people, by the kind of the task."""

VOTES: Names = {
    "for": ("for", "赞成"),
    "against": ("against", "反对"),
    "abstained": ("abstained", "弃权"),
}
"""What a member may vote."""

VALUES: dict[str, Names] = {"vote": VOTES}
"""What the codes in these sentences are called, by the field."""

REFUSALS: Names = {
    "must-stand-aside": (
        "Data binds these members to the application; they stand aside from the vote: {people}.",
        "以下成员依数据与本申报有利益冲突，须回避表决：{people}。",
    ),
    "far-from-mean": (
        "The members' scores come to {score}, more than {limit} percent of full marks away from the mean of the "
        "reviews ({mean}); give a reason.",
        "成员分数得出的议定分为 {score}，与评审均分（{mean}）相差超过满分的 {limit}%，须说明理由。",
    ),
    "score-with-vote": (
        "Who votes for or against states a score with it; who abstains states none.",
        "表决赞成或反对的，须同时给出分数；弃权的，不给出分数。",
    ),
    "no-meeting": (
        "No vote of the panel is open; its chair opens one with `selection appraise open`.",
        "专家组尚未开始表决；请由组长用 `selection appraise open` 提请。",
    ),
    "meeting-changed": (
        "The chair opened the vote anew: it is meeting {current} now. Read what is voted on, and act on that one.",
        "组长已重新提请表决，现为第 {current} 次；请查看表决事项后就该次办理。",
    ),
    "no-vote": (
        "Only members who were present at the meeting and did not stand aside vote in it.",
        "仅出席且未回避的成员可以表决。",
    ),
    "votes-awaited": (
        "These members have not voted yet: {people}. Wait for them; once they have had as long as for an invitation, "
        "the vote can be opened anew without them.",
        "以下成员尚未表决：{people}。请等待；等满邀请答复的期限后，可不含其人重新提请表决。",
    ),
    "anew-without-reason": (
        "Votes were cast already; say why the vote is opened anew.",
        "已有成员表决；请说明重新提请表决的理由。",
    ),
    "voter-left-out": (
        "These members were asked to vote, so they are asked again: {people}. Name them among those present, and not "
        "as standing aside. Only who left the panel, or has not voted for as long as an invitation lasts, can be left "
        "out; whom data binds to the application leaves the panel once a supervisor has upheld it.",
        "以下成员已获请表决，重新提请时须列入：{people}。请将其列为出席且不回避。仅已退出专家组，或在邀请答复期限内未表决的"
        "成员可不列入；依数据有利益冲突的，经监督人员裁定成立后方退出专家组。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
