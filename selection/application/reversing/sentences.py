"""What is said of decisions that are reversed, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "decision.reversal-entered.v1": (
        (
            "A reversal of a decision was entered: {decision} ({was}); it would also void: {void}.",
            "录入撤销意见：{decision}（{was}）；拟一并作废：{void}。",
        ),
        ("The reversal of a decision was entered.", "录入一项撤销意见。"),
    ),
    "decision.reversal-declined.v1": (
        (
            "The reversal that {people} had entered was declined: {decision}.",
            "否决撤销意见：{decision}（由 {people} 录入）。",
        ),
        ("The reversal of a decision was declined.", "否决一项撤销意见。"),
    ),
    "decision.reversed.v1": (
        (
            "A decision was reversed and is void: {decision} ({was}).",
            "撤销决定：{decision}（{was}），原决定作废。",
        ),
        ("A decision was reversed.", "撤销一项决定。"),
    ),
    "conflict.reopened.v1": (
        (
            "The ruling on the conflict report {report} was reversed ({was}).",
            "撤销对利益冲突报告 {report} 的裁定（{was}）。",
        ),
        ("The ruling on a conflict report was reversed.", "撤销对一份利益冲突报告的裁定。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {"reverse-decision": ("agree on reversing a decision", "会商撤销决定")}
"""What is awaited of people, by the kind of the task."""

DECISIONS: Names = {
    "check": ("legality check", "合法性审查"),
    "shortlist": ("deviating shortlist", "入围名单的增减"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "conflict": ("ruling on a conflict", "利益冲突裁定"),
    "objection": ("ruling on an objection", "异议处理结果"),
}
"""The decisions that can be reversed."""

STOOD: Names = {
    "passed": ("passed", "通过"),
    "failed": ("not passed", "未通过"),
    "sent-back": ("sent back", "退回补正"),
    "reported": ("reported", "已报告"),
    "recorded": ("recorded", "已记录"),
    "left-off": ("left off against its rank", "排名在内而移出"),
    "added": ("added beyond its rank", "排名在外而增补"),
}
"""What they were."""

FALLS: Names = {
    "mending": ("the mending that it was sent back for", "所要求的补正"),
    "end": ("the application's end", "申报的终结"),
    "meeting": ("the panel's meeting with its votes", "专家组会议及其表决"),
    "survey": ("the survey's record", "现场实勘记录"),
    "appraisal": ("the appraisal's record", "综合论证记录"),
    "passing": (
        "that its notice passed: it is held until the ruling",
        "公示通过的结论；重新处理前该申报搁置",
    ),
    "proposal": ("the place in the proposal, or in reserve", "在拟建名单或备选中的位次"),
    "notice": ("the public notice of the application", "该申报的公示"),
    "approvals": ("what levels approved of the application", "各级对该申报的审批"),
    "vacancy": ("the vacancy of a seat, whose review counts again", "席位的空缺；其评审重新计入"),
    "score": ("the panel's score, which is fixed anew", "专家组得分，须重新确定"),
}
"""What falls with them."""

REFUSALS: Names = {
    "nothing-to-reverse": (
        "No such decision stands here that could be reversed. Of a conflict or an objection, name the one that was "
        "ruled on; while an objection's notice runs or it is held, a supervisor reverses the ruling by an act of its "
        "own.",
        "没有可撤销的该项决定。撤销利益冲突裁定或异议处理结果的，请指明已裁定的报告或异议；"
        "公示期内或搁置期间的异议处理结果由监督人员另行撤销。",
    ),
    "list-not-approved": (
        "The round does not approve its list yet: what stands in a notice then is reversed there; enter this one once "
        "levels decide.",
        "本轮名单尚未进入审批：届时仍在公示的，在公示中撤销；请待进入审批后再录入。",
    ),
    "place-taken": (
        "No place is empty any more to which this application could come back, as they were filled from the reserve or "
        "given back to others, or it was never proposed; its applicant can request a review.",
        "空出的名额均已由备选递补或归还其他申报，或该申报未曾列入拟建名单，撤销处理结果无从恢复；申报单位可申请复核。",
    ),
    "nothing-to-decline": (
        "No other post has entered that this decision is to be reversed, so that there is nothing to decline.",
        "没有其他岗位就该决定录入撤销意见，无可否决。",
    ),
    "own-decision": (
        "This decision is yours, or was before: another person of your post enters that it is to be reversed, or "
        "declines that.",
        "该决定或此前被撤销的决定由您作出；请由同岗位的其他人员提出或否决撤销。",
    ),
    "reversed-before": (
        "You have reversed this decision as often as the rules allow one person ({limit}); what was decided since "
        "stands, unless others of your post have it reversed.",
        "您对该决定的撤销次数已达规则对每人的上限（{limit}）；此后的决定有效，如需再撤销，请由同岗位的其他人员录入。",
    ),
    "nobody-left": (
        "Nobody else of this post ({roles}) is left to agree to the reversal, or to decide again after it: whoever "
        "made the decision, now or before, may do neither, and whoever reversed it as often as one person may does not "
        "agree to it any more. Another person has to come to the post first.",
        "该岗位（{roles}）已无其他人员可对撤销表示同意，或在撤销后重新作出决定：现在或此前作出该决定的人员不得办理，"
        "撤销次数已达上限的人员也不得再表示同意；请先为该岗位增补人员。",
    ),
    "rests-on-list": (
        "The round has issued its list or was cancelled, so that its decisions stand; a review can be requested.",
        "本轮名单已发布或本轮已取消，决定不再撤销；可申请复核。",
    ),
    "panels-are-drawn": (
        "The round has fixed its shortlist without this application, and no panel can be drawn for it any more, or a "
        "fresh panel has reviewed it since; its applicant can request a review.",
        "入围名单已确定且该申报未入围，已无法抽取专家组，或已由重新组建的专家组评审；申报单位可申请复核。",
    ),
    "panel-awaited": (
        "Members of the panel are at work, and their days would run on: enter it once nobody is awaited.",
        "专家组成员正在评审，其期限不因此停止；请待无人待办后再录入。",
    ),
    "objection-open": (
        "An objection is open: have it settled first, so that nothing takes it off the table.",
        "尚有异议未办结：请先办结，以免异议落空。",
    ),
    "request-open": (
        "A request for review of this application is open: it is decided first, and a fresh panel may follow from it.",
        "该申报的复核申请尚未办结：请先办结，其结果可能是重新组建专家组。",
    ),
    "item-held": (
        "The list was issued without this application, which is held: enter it once what holds it has ended and the "
        "round has taken it up for approval.",
        "名单发布时该申报被搁置，未列入其中：待搁置事由消除、本轮将其提交审批后，再录入撤销。",
    ),
    "decided-before": (
        "A decision of these people was reversed; somebody else decides it again.",
        "所列人员的决定已被撤销，请由他人重新办理。",
    ),
    "panel-has-read": (
        "A panel has read this version, so that it cannot be mended any more: pass it or fail it.",
        "专家组已审阅该版本，不能再补正；请作出通过或不通过的决定。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
