"""What happened to applications, in words; read sentences_round.py first."""

Pair = tuple[str, str]

APPLICATION: dict[str, tuple[Pair, ...]] = {
    "application.submitted.v1": (
        ("Version {revision} of the application was handed in.", "提交申报第 {revision} 版。"),
        ("A version of the application was handed in.", "提交申报。"),
    ),
    "application.withdrawn.v1": (("The application was withdrawn.", "撤回申报。"),),
    "application.recommended.v1": (
        ("{unit} recommended version {revision}.", "{unit} 推荐申报第 {revision} 版。"),
        ("The application was recommended.", "申报获推荐。"),
    ),
    "application.recommendation-released.v1": (
        ("{unit} withdrew its recommendation.", "{unit} 撤回推荐。"),
        ("The recommendation was withdrawn.", "推荐被撤回。"),
    ),
    "application.lapsed.v1": (
        ("The application ended before the review: {outcome}.", "申报在评审前终结：{outcome}。"),
        ("The application ended before the review.", "申报在评审前终结。"),
    ),
    "application.check-opened.v1": (("The legality check began.", "合法性审查开始。"),),
    "application.sent-back.v1": (
        ("The application was sent back, to be mended by {until}.", "退回补正，期限至{until}。"),
        ("The application was sent back to be mended.", "退回补正。"),
    ),
    "application.mended.v1": (
        ("The mended version {revision} was handed in.", "提交补正后的第 {revision} 版。"),
        ("A mended version was handed in.", "提交补正版本。"),
    ),
    "application.mending-lapsed.v1": (
        ("The date for mending passed at {deadline}.", "补正期限于{deadline}届满。"),
        ("The date for mending passed.", "补正期限届满。"),
    ),
    "application.check-passed.v1": (("The legality check was passed.", "通过合法性审查。"),),
    "application.check-failed.v1": (("The legality check was not passed.", "未通过合法性审查。"),),
    "panel.seated.v1": (
        (
            "Draw {draw} filled seats {seats}; alternates {alternates}.",
            "抽取 {draw} 确定席位 {seats}；候补 {alternates}。",
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
        ("Seat {seat} of {expert} fell free.", "{expert} 的第 {seat} 席空缺。"),
        ("A seat fell free.", "有席位空缺。"),
    ),
    "panel.seat-filled.v1": (
        (
            "{expert} was invited to seat {seat}; the answer is due by {respond_by}.",
            "邀请 {expert} 递补第 {seat} 席，请于{respond_by}前答复。",
        ),
        ("{expert} was invited to seat {seat}.", "邀请 {expert} 递补第 {seat} 席。"),
        ("An alternate was invited.", "邀请候补专家递补。"),
    ),
    "review.submitted.v1": (
        (
            "{expert} submitted the review of seat {seat}: {scores}; {total} in all.",
            "{expert} 提交第 {seat} 席评审：{scores}，合计 {total}。",
        ),
        ("{expert} submitted the review of seat {seat}.", "{expert} 提交第 {seat} 席评审。"),
        ("A review was submitted.", "有专家提交评审。"),
    ),
    "conflict.declared.v1": (
        ("{expert} declared a conflict of interest.", "{expert} 声明利益冲突。"),
        ("A conflict of interest was declared.", "有专家声明利益冲突。"),
    ),
    "conflict.reported.v1": (
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
    "review.voided.v1": (
        ("The review of {expert} on seat {seat} no longer counts.", "{expert} 第 {seat} 席的评审作废。"),
        ("A review no longer counts.", "有一份评审作废。"),
    ),
    "application.scored.v1": (
        (
            "The panel's score was fixed at {shown}, from {valid} valid reviews.",
            "{valid} 份有效评审，得分确定为 {shown}。",
        ),
        ("The panel's score was fixed.", "评审得分确定。"),
    ),
    "panel.chair-appointed.v1": (
        ("{chair} was appointed chair of the panel.", "指定 {chair} 为专家组组长。"),
        ("The panel's chair was appointed.", "指定专家组组长。"),
    ),
    "application.shortlisted.v1": (
        ("The application came onto the shortlist at rank {rank}.", "列入实勘名单，排名第 {rank}。"),
        ("The application came onto the shortlist.", "列入现场实勘名单。"),
    ),
    "application.not-shortlisted.v1": (
        ("The application was left off the shortlist at rank {rank}.", "未列入实勘名单，排名第 {rank}。"),
        ("The application was left off the shortlist.", "未列入现场实勘名单。"),
    ),
    "survey.team-appointed.v1": (
        ("Survey team: {members}, led by {lead}.", "实勘人员：{members}，由 {lead} 带队。"),
        ("A survey team was appointed.", "指定现场实勘人员。"),
    ),
    "survey.reported.v1": (
        ("The site was surveyed on {day}: {verdict}.", "于 {day} 现场实勘，结论：{verdict}。"),
        ("The site was surveyed on {day}.", "于 {day} 现场实勘。"),
        ("The site was surveyed.", "完成现场实勘。"),
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
    "application.proposed.v1": (
        (
            "Proposal {proposal} names the application, at rank {rank}.",
            "列入第 {proposal} 版拟建名单，第 {rank} 位。",
        ),
        ("Proposal {proposal} names the application.", "列入第 {proposal} 版拟建名单。"),
        ("The application was proposed.", "列入拟建名单。"),
    ),
    "application.in-reserve.v1": (
        ("Proposal {proposal} does not name the application.", "未列入第 {proposal} 版拟建名单，列为备选。"),
        ("The application was not proposed.", "未列入拟建名单，列为备选。"),
    ),
    "notice.opened.v1": (
        ("The public notice opened, until {until}.", "进入公示，至{until}止。"),
        ("The public notice opened.", "进入公示。"),
    ),
    "objection.raised.v1": (
        ("{objector} raised objection {objection}.", "{objector} 提出异议 {objection}。"),
        ("Objection {objection} was raised.", "收到异议 {objection}。"),
        ("An objection was raised.", "收到异议。"),
    ),
    "objection.examiners-appointed.v1": (
        ("{examiners} examine objection {objection}.", "指定 {examiners} 核查异议 {objection}。"),
        ("Examiners were appointed for objection {objection}.", "指定异议 {objection} 的核查人员。"),
        ("Examiners were appointed.", "指定核查人员。"),
    ),
    "objection.settled.v1": (
        ("Objection {objection} was settled: {outcome}.", "异议 {objection} 办结：{outcome}。"),
        ("An objection was settled.", "异议办结。"),
    ),
    "notice.passed.v1": (("The public notice ended without an open objection.", "公示期满，无未办结异议。"),),
    "notice.held.v1": (
        (
            "The public notice ended while an objection is open; the list goes on without the application.",
            "公示期满，异议尚未办结，其余事项继续办理。",
        ),
    ),
    "application.removed.v1": (
        (
            "Objection {objection} removed the application from the proposal.",
            "因异议 {objection} 成立，移出拟建名单。",
        ),
        ("The application was removed from the proposal.", "移出拟建名单。"),
    ),
    "application.listed.v1": (
        ("The issued list holds the application at place {place}.", "列入建设名单，第 {place} 位。"),
        ("The issued list holds the application.", "列入建设名单。"),
    ),
    "application.not-selected.v1": (
        ("The list was issued without the application.", "建设名单发布，未入选。"),
    ),
    "application.cancelled.v1": (("The application ended with its round.", "随轮次取消而终结。"),),
}
