"""Letters to the agent of a host unit: template -> language -> (subject, body)."""

TO_APPLICANTS: dict[str, dict[str, tuple[str, str]]] = {
    "submission-received": {
        "en": (
            "Application {application}: version {revision} received",
            "We have received version {revision} of your application {application} in round {round}."
            " Until the"
            " submission deadline you may edit it, withdraw it and submit it again; every version is kept. To"
            " go on, it needs the recommendation of your recommending unit before the recommendation"
            " deadline.",
        ),
        "zh": (
            "申报 {application} 第 {revision} 版已收到",
            "您单位在 {round} 轮次提交的申报 {application} 第 {revision} 版已收到。提交截止前可以修改、撤回"
            "后重新提交，各版本均予留存。请于推荐截止前取得推荐单位的推荐。",
        ),
    },
    "recommended": {
        "en": (
            "Application {application}: recommended",
            "Your recommending unit has recommended version {revision} of application {application} in round"
            " {round}. If you edit or withdraw the application now, it needs a new recommendation.",
        ),
        "zh": (
            "申报 {application} 已获推荐",
            "推荐单位已推荐您单位在 {round} 轮次的申报 {application} 第 {revision} 版。此后如修改或撤回申报，"
            "须重新取得推荐。",
        ),
    },
    "recommendation-released": {
        "en": (
            "Application {application}: recommendation withdrawn",
            "The recommending unit has withdrawn its recommendation of application {application} in round"
            " {round}. Without a recommendation by the deadline the application ends; please turn to"
            " the unit.",
        ),
        "zh": (
            "申报 {application} 的推荐已撤回",
            "推荐单位已撤回对 {round} 轮次申报 {application} 的推荐。推荐截止时未获推荐的申报即告终结，"
            "请及时与推荐单位联系。",
        ),
    },
    "lapsed": {
        "en": (
            "Application {application}: ended at the deadline",
            "Application {application} in round {round} ended when the deadline passed: {outcome}. It"
            " does not"
            " go on to the legality check.",
        ),
        "zh": (
            "申报 {application} 于截止时终结",
            "{round} 轮次申报 {application} 于期限届满时终结，原因：{outcome}。该申报不进入合法性审查。",
        ),
    },
    "sent-back": {
        "en": (
            "Application {application}: to be mended by {until}",
            "In the legality check, faults were found in application {application} of round {round} that can"
            " be mended: {faults}. Please hand in the mended version by {until}. If none comes by then, the"
            " application is decided on as it is.",
        ),
        "zh": (
            "申报 {application} 须于{until}前补正",
            "经合法性审查，{round} 轮次申报 {application} 存在以下可补正事项：{faults}。请于{until}前提交"
            "补正版本；逾期未提交的，按现有材料作出决定。",
        ),
    },
    "mending-lapsed": {
        "en": (
            "Application {application}: date for mending passed",
            "The date for mending application {application} in round {round} has passed without a mended"
            " version. The application is now decided on as it is.",
        ),
        "zh": (
            "申报 {application} 补正期限已届满",
            "{round} 轮次申报 {application} 的补正期限已届满，未收到补正版本，现按现有材料作出决定。",
        ),
    },
    "check-passed": {
        "en": (
            "Application {application}: legality check passed",
            "Application {application} in round {round} has passed the legality check and goes on to"
            " the paper"
            " review. Nothing is asked of you now.",
        ),
        "zh": (
            "申报 {application} 通过合法性审查",
            "{round} 轮次申报 {application} 已通过合法性审查，进入材料评审。目前无需您单位办理其他事项。",
        ),
    },
    "check-failed": {
        "en": (
            "Application {application}: legality check not passed",
            "Application {application} in round {round} did not pass the legality check, on these grounds:"
            " {grounds}. The application has ended.",
        ),
        "zh": (
            "申报 {application} 未通过合法性审查",
            "{round} 轮次申报 {application} 未通过合法性审查，理由：{grounds}。该申报已终结。",
        ),
    },
    "shortlisted": {
        "en": (
            "Application {application}: on the shortlist for the site survey",
            "Application {application} in round {round} is on the shortlist. A team will visit the"
            " site; please"
            " keep the evidence of your application at hand.",
        ),
        "zh": (
            "申报 {application} 列入现场实勘名单",
            "{round} 轮次申报 {application} 已列入现场实勘名单，将安排人员实地查看。请备好申报所涉佐证材料。",
        ),
    },
    "not-shortlisted": {
        "en": (
            "Application {application}: not on the shortlist",
            "After the paper review, application {application} in round {round} was not taken onto the"
            " shortlist for the site survey. The application has ended. Thank you for taking part.",
        ),
        "zh": (
            "申报 {application} 未列入现场实勘名单",
            "经材料评审，{round} 轮次申报 {application} 未列入现场实勘名单，该申报已终结。感谢您单位的参与。",
        ),
    },
    "notice-opened": {
        "en": (
            "Application {application}: public notice until {until}",
            "Application {application} in round {round} is among the proposed centres. The public notice runs"
            " until {until}; objections may be raised within it. This is not yet an approval.",
        ),
        "zh": (
            "申报 {application} 进入公示，至{until}止",
            "{round} 轮次申报 {application} 已列入拟建名单，公示期至{until}止，其间可提出异议。"
            "公示不代表批准。",
        ),
    },
    "objection-settled": {
        "en": (
            "Application {application}: objection {objection} settled",
            "Objection {objection} concerning application {application} in round {round} has been"
            " examined and"
            " settled: {outcome}. The reasons are kept in the record.",
        ),
        "zh": (
            "关于申报 {application} 的异议 {objection} 已办结",
            "关于 {round} 轮次申报 {application} 的异议 {objection} 经核查已办结，结论：{outcome}。"
            "理由已记录在案。",
        ),
    },
    "notice-held": {
        "en": (
            "Application {application}: waits for an objection to be settled",
            "The public notice in round {round} has ended, and an objection against application {application}"
            " is still being examined. The list goes on without it; once the objection is settled, the"
            " application is decided on by itself. Nothing is asked of you now.",
        ),
        "zh": (
            "申报 {application} 待异议办结",
            "{round} 轮次公示期已满，针对申报 {application} 的异议尚在核查。其余事项继续办理，异议办结后另行"
            "决定该申报。目前无需您单位办理其他事项。",
        ),
    },
    "removed": {
        "en": (
            "Application {application}: removed from the proposal",
            "An objection against application {application} in round {round} was upheld, and the application"
            " was removed from the proposed list. The application has ended.",
        ),
        "zh": (
            "申报 {application} 移出拟建名单",
            "针对 {round} 轮次申报 {application} 的异议经核查成立，该申报已移出拟建名单，并告终结。",
        ),
    },
    "listed": {
        "en": (
            "Application {application}: on the issued list",
            "Congratulations. The list of round {round} has been issued, and application {application} is on"
            " it at place {place}. The centre is now under construction.",
        ),
        "zh": (
            "申报 {application} 列入建设名单",
            "祝贺您单位。{round} 轮次建设名单已发布，申报 {application} 列第 {place} 位，即进入筹建期。",
        ),
    },
    "not-selected": {
        "en": (
            "Application {application}: not selected",
            "The list of round {round} has been issued. Application {application} is not on it and has ended."
            " Thank you for taking part.",
        ),
        "zh": (
            "申报 {application} 未入选",
            "{round} 轮次建设名单已发布，申报 {application} 未入选，该申报已终结。感谢您单位的参与。",
        ),
    },
    "cancelled": {
        "en": (
            "Application {application}: round cancelled",
            "Round {round} was cancelled, and application {application} ended with it. This is no judgement of"
            " the application.",
        ),
        "zh": (
            "申报 {application} 随轮次取消",
            "{round} 轮次已取消，申报 {application} 随之终结。此结果不涉及对申报内容的评价。",
        ),
    },
}
