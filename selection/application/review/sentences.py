"""What is said of the paper review, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "panel.seated.v1": (
        (
            "Panel drawn ({draw}): seats {seats}; alternates {alternates}; passed over {passed_over}. Behind"
            " another application, and may sit by the rules: {disclosed}.",
            "抽取专家组（{draw}）：席位 {seats}；备选 {alternates}；不得参评而顺延 {passed_over}。"
            "另有其他申报、依规则可以参评的：{disclosed}。",
        ),
        (
            "Panel drawn ({draw}): seats {seats}; alternates {alternates}. Behind another application, and may"
            " sit by the rules: {disclosed}.",
            "抽取专家组（{draw}）：席位 {seats}；备选 {alternates}。另有其他申报、依规则可以参评的：{disclosed}。",
        ),
        (
            "Panel drawn ({draw}): seats {seats}; alternates {alternates}; passed over {passed_over}.",
            "抽取专家组（{draw}）：席位 {seats}；备选 {alternates}；不得参评而顺延 {passed_over}。",
        ),
        (
            "Panel drawn ({draw}): seats {seats}; alternates {alternates}.",
            "抽取专家组（{draw}）：席位 {seats}；备选 {alternates}。",
        ),
        (
            "Seats drawn: {seats}. Answers are due by {respond_by}.",
            "抽取席位：{seats}，请于{respond_by}前答复。",
        ),
        ("Seats drawn: {seats}.", "抽取席位：{seats}。"),
        ("A panel was drawn.", "抽取评审专家。"),
    ),
    "panel.invitation-accepted.v1": (
        ("{expert} accepted seat {seat} with the pledge.", "{expert} 签署承诺并接受第 {seat} 席。"),
        ("An invitation was accepted.", "有专家接受邀请。"),
    ),
    "panel.seat-vacated.v1": (
        ("Seat {seat} of {expert} became vacant.", "{expert} 的第 {seat} 席空缺。"),
        ("A seat became vacant.", "有席位空缺。"),
    ),
    "panel.seat-filled.v1": (
        (
            "{expert} was invited to seat {seat}; the answer is due by {respond_by}.",
            "邀请 {expert} 递补第 {seat} 席，请于{respond_by}前答复。",
        ),
        ("{expert} was invited to seat {seat}.", "邀请 {expert} 递补第 {seat} 席。"),
        ("An alternate was invited.", "邀请备选专家递补。"),
    ),
    "review.submitted.v1": (
        (
            "{expert} submitted the review of seat {seat}: {scores}; {total} in all.",
            "{expert} 提交第 {seat} 席评审：{scores}，合计 {total}。",
        ),
        ("{expert} submitted the review of seat {seat}.", "{expert} 提交第 {seat} 席评审。"),
        ("A review was submitted.", "有专家提交评审。"),
    ),
    "review.corrected.v1": (
        (
            "{expert} corrected the review of seat {seat} (correction {number}): {former_total} → {total}; "
            "now {scores}.",
            "{expert} 更正第 {seat} 席评审（第 {number} 次更正）：{former_total} → {total}，现为 {scores}。",
        ),
        ("A review was corrected.", "有一份评审经本人更正。"),
    ),
    "conflict.declared.v1": (
        ("{expert} declared a conflict of interest.", "{expert} 申明利益冲突。"),
        ("A conflict of interest was declared.", "有专家申明利益冲突。"),
    ),
    "conflict.reported.v1": (
        (
            "Report {report}: the application names {expert}: {tie}.",
            "报告 {report}：申报单位申明与 {expert} 的关系：{tie}。",
        ),
        (
            "Report {report}: the application names somebody: {tie}.",
            "报告 {report}：申报单位申明关系：{tie}。",
        ),
        (
            "Report {report}: a conflict of interest of {expert} was reported.",
            "报告 {report}：反映 {expert} 存在利益冲突。",
        ),
        ("A conflict of interest was reported, as {report}.", "提出利益冲突报告 {report}。"),
        ("A conflict of interest was reported.", "收到利益冲突报告。"),
    ),
    "conflict.ruled.v1": (
        ("Report {report} was ruled on: {upheld}.", "就报告 {report} 作出裁定：{upheld}。"),
        ("A report was ruled on.", "就利益冲突报告作出裁定。"),
    ),
    "house-tie.dismissed.v1": (
        (
            "A supervisor dismissed that {person} is bound to the application by {units}, of the organiser's own "
            "house.",
            "监督人员裁定：{person} 因组织单位本系统的单位（{units}）与该申报存在的关联不成立回避事由。",
        ),
        (
            "A supervisor dismissed that somebody in a post is bound to the application by {units}, of the "
            "organiser's own house.",
            "监督人员裁定：一名经办、监督或审批人员因组织单位本系统的单位（{units}）与该申报存在的关联不成立回避事由。",
        ),
        (
            "A supervisor dismissed that the organiser's own house binds somebody in a post to the application.",
            "监督人员裁定：组织单位本系统一名人员与该申报存在的关联不成立回避事由。",
        ),
    ),
    "review.voided.v1": (
        ("The review of {expert} on seat {seat} no longer counts.", "{expert} 第 {seat} 席的评审作废。"),
        ("A review no longer counts.", "有一份评审作废。"),
    ),
    "application.scored.v1": (
        (
            "The panel's score was fixed at {shown}, from {valid:valid review|valid reviews}.",
            "{valid} 份有效评审，得分确定为 {shown}。",
        ),
        ("The panel's score was fixed.", "评审得分确定。"),
    ),
    "panel.chair-appointed.v1": (
        ("{chair} was appointed chair of the panel.", "指定 {chair} 为专家组组长。"),
        ("The panel's chair was appointed.", "指定专家组组长。"),
    ),
    "panel.chair-replaced.v1": (
        (
            "The panel is chaired by {chair} now, in the place of {former}.",
            "专家组组长由 {former} 变更为 {chair}。",
        ),
        ("Two supervisors had {chair} chair the panel.", "两名监督人员指定 {chair} 担任专家组组长。"),
        ("From now on {former} no longer chairs the panel.", "{former} 自即时起不再担任专家组组长。"),
        ("The panel's chair was replaced.", "专家组组长变更。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "answer-invitation": ("answer the invitation", "答复评审邀请"),
    "review": ("paper review", "材料评审"),
    "supplement-panel": ("draw a supplement", "补充抽取"),
    "rule-on-conflict": ("rule on a conflict report", "裁定利益冲突"),
    "replace-chair": ("replace the chair, who may act no more", "更换已停用的组长"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "chair-in-place": (
        "The panel has a chair; two supervisors put another in their place, for a reason (replace-chair).",
        "专家组已有组长；须由两名监督人员说明理由后更换（replace-chair）。",
    ),
    "chair-unexplained": (
        "Say why this member is to chair the panel (`--reason`; in a table, the column “Chair's reason”).",
        "请说明由该成员担任组长的理由（`--reason`；在表格中为“组长理由”栏）。",
    ),
    "chair-removed": (
        "Two supervisors removed this member from the chair; appoint another one. Where they removed all, two of them "
        "name one (replace-chair).",
        "两名监督人员已终止该成员担任组长；请另行指定。全体成员均被终止的，由两名监督人员指定（replace-chair）。",
    ),
    "no-chair": (
        "The panel has no chair who could be removed; name who is to chair it, or have an officer appoint one, and a "
        "second officer sign too where the round's rules ask for two.",
        "专家组尚无组长，无可终止；请填写由何人担任，或由经办人员指定（本轮规则要求双签的，另须一名经办人员签名）。",
    ),
    "not-accepted": (
        "Accept the invitation with the pledge first: `selection review accept`.",
        "请先接受邀请并签署承诺：`selection review accept`。",
    ),
    "score-outside": (
        "{criterion}: scores range from 0 to {scale} in steps of {step}.",
        "{criterion}：分值为 0 至 {scale}，步长 {step}。",
    ),
    "not-reviewed": (
        "You have not submitted a review that could be corrected: `selection review submit`.",
        "您尚未提交评审，无可更正：请用 `selection review submit`。",
    ),
    "other-correction": (
        "The next correction of this review is number {number}; read what counts now, then send the correction again.",
        "本评审的下一次更正为第 {number} 次；请查看现行内容后重新提交更正。",
    ),
    "nothing-corrected": (
        "Scores and text are the same as those that count now; nothing was changed.",
        "评分和意见与现行内容相同，未作更改。",
    ),
    "corrections-used-up": (
        "The rules allow {limit:correction|corrections} of a review; report an error to the officer.",
        "按规则每份评审最多更正 {limit} 次；如有差错，请告知经办人员。",
    ),
    "correction-closed": (
        "The review can no longer be corrected; report an error or a conflict to the officer.",
        "评审已不能更正；如有差错或利益冲突，请告知经办人员。",
    ),
    "reports-open": (
        "{limit:report|reports} of yours on this application already wait for a ruling, the most that one person has"
        " open at a time. Report this once a supervisor has ruled on one of them.",
        "您就该申报提交的报告已有 {limit} 份待裁定，达到每人同时待裁定的上限；请待监督人员裁定其中一份后再报告。",
    ),
    "no-open-report": ("There is no open report with this id.", "没有该编号的待裁定报告。"),
}
"""Why an act is refused: code -> (English, Chinese)."""

SEAT_REASONS: Names = {
    "declined": ("the invitation was declined", "专家谢绝邀请"),
    "no-response": ("no answer came by the deadline", "逾期未答复邀请"),
    "conflict": ("a conflict of interest was declared", "专家申明利益冲突"),
    "no-review": ("no review came by the deadline", "逾期未提交评审意见"),
    "inactive": ("the expert is not active in the register any more", "专家已在登记中停用"),
    "report-upheld": ("a conflict of interest was established", "经裁定存在利益冲突"),
}
"""Why a seat fell free."""
