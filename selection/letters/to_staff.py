"""Letters to officers, supervisors and approvers: template -> language -> (subject, body)."""

TO_STAFF: dict[str, dict[str, tuple[str, str]]] = {
    "intake-closed": {
        "en": (
            "Round {round}: intake closed, legality check open",
            "The recommendation deadline of round {round} has passed. The recommended applications"
            " wait for the"
            " legality check; `selection task list` shows them.",
        ),
        "zh": (
            "{round} 轮次推荐截止，请开展合法性审查",
            "{round} 轮次推荐期限已届满。获推荐的申报待合法性审查，可用 `selection task list` 查看。",
        ),
    },
    "deadline-extended": {
        "en": (
            "Round {round}: deadline extended to {until}",
            "In round {round}, this deadline was extended: {name}. It now ends at {until}. The reason is kept"
            " in the record.",
        ),
        "zh": (
            "{round} 轮次期限延至{until}",
            "{round} 轮次以下期限已延长：{name}，现延至{until}。理由已记录在案。",
        ),
    },
    "outage-recorded": {
        "en": (
            "Round {round}: deadlines moved to {until} after an outage",
            "In round {round}, an outage was recorded: nobody could act from {began} to {ended}. These deadlines"
            " moved to {until}: {moved}. The reason is kept in the record.",
        ),
        "zh": (
            "{round} 轮次因系统中断，期限顺延至{until}",
            "{round} 轮次记录了一次系统中断：{began}至{ended}无法办理。以下期限顺延至{until}：{moved}。"
            "理由已记录在案。",
        ),
    },
    "stage-finished": {
        "en": (
            "Round {round}: {finished} finished",
            "In round {round} the stage “{finished}” is finished. The stage now is “{next}”;"
            " `selection task list` shows what waits for you.",
        ),
        "zh": (
            "{round} 轮次“{finished}”阶段已结束",
            "{round} 轮次“{finished}”阶段已结束，现进入“{next}”阶段。"
            "可用 `selection task list` 查看待办事项。",
        ),
    },
    "seat-lost": {
        "en": (
            "Application {application}: seat {seat} fell free",
            "Seat {seat} on the panel of application {application} in round {round} fell free: {why}."
            " The next"
            " alternate is invited if there is one; otherwise a supplementary draw is needed.",
        ),
        "zh": (
            "申报 {application} 第 {seat} 席空缺",
            "{round} 轮次申报 {application} 评审组第 {seat} 席空缺，原因：{why}。有候补专家的依次递补，"
            "否则须补充抽取。",
        ),
    },
    "conflict-reported": {
        "en": (
            "Application {application}: conflict report {report} waits for a ruling",
            "A conflict of interest was reported on application {application} in round {round}, as report"
            " {report}. Please rule on it; until then no score is fixed and no list carried out on it. Who"
            " reported it is confidential.",
        ),
        "zh": (
            "申报 {application} 的利益冲突报告 {report} 待裁定",
            "{round} 轮次申报 {application} 收到利益冲突报告 {report}，请予裁定；裁定前不确定评审得分，"
            "也不对其执行名单。报告人身份须予保密。",
        ),
    },
    "conflict-upheld-late": {
        "en": (
            "Application {application}: a conflict of interest was established after the shortlist",
            "Report {report} on application {application} in round {round} was upheld. The review is void and the"
            " score is fixed anew from the others, if enough are left; the seat stays empty. Please consider this"
            " in what is still to be decided on the application.",
        ),
        "zh": (
            "申报 {application} 在确定实勘名单后认定存在利益冲突",
            "{round} 轮次申报 {application} 的利益冲突报告 {report} 经裁定成立。该份评审意见作废，其余有效意见达到规定"
            "份数的，重新确定得分；该席不再递补。请在后续决定中予以考虑。",
        ),
    },
    "objection-raised": {
        "en": (
            "Application {application}: objection {objection} raised",
            "Objection {objection} was raised against application {application} in round {round}. Please"
            " appoint examiners who were not involved before. Until it is settled, it blocks this item only.",
        ),
        "zh": (
            "申报 {application} 收到异议 {objection}",
            "{round} 轮次申报 {application} 收到异议 {objection}，请指定此前未参与的核查人员。"
            "异议办结前仅暂停该项。",
        ),
    },
    "integrity-wanted": {
        "en": (
            "Round {round}: integrity check of proposal {proposal}",
            "Proposal {proposal} of round {round} goes to approval. Please record the integrity check"
            " first; a"
            " hit suspends its item until a person has ruled on it.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单待廉洁核查",
            "{round} 轮次第 {proposal} 版拟建名单进入审批，请先记录廉洁核查结果；核查发现问题的，"
            "该项暂停，待人工裁定。",
        ),
    },
    "integrity-hit": {
        "en": (
            "Round {round}: integrity hits in proposal {proposal} wait for a ruling",
            "The integrity check of proposal {proposal} of round {round} has hits without a ruling."
            " Please rule"
            " on each of them; approval goes on when all are ruled on.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单的廉洁核查事项待裁定",
            "{round} 轮次第 {proposal} 版拟建名单的廉洁核查发现尚未裁定的事项，请逐项裁定；"
            "全部裁定后继续审批。",
        ),
    },
    "approval-wanted": {
        "en": (
            "Round {round}: proposal {proposal} waits for approval at level {level}",
            "Proposal {proposal} of round {round} waits for the approval of level {level}. Please agree, or"
            " send items back with a reason.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单待 {level} 层级审批",
            "{round} 轮次第 {proposal} 版拟建名单待 {level} 层级审批，请予同意，或说明理由退回有关事项。",
        ),
    },
    "approval-complete": {
        "en": (
            "Round {round}: proposal {proposal} approved at every level",
            "Every level has approved proposal {proposal} of round {round}. The list can be issued.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单已通过各级审批",
            "{round} 轮次第 {proposal} 版拟建名单已通过各级审批，可以发布。",
        ),
    },
    "proposal-sent-back": {
        "en": (
            "Round {round}: items sent back by level {level}",
            "In round {round}, approval level {level} sent these items back: {items}. The approvals given are"
            " void, and the round is in the proposal stage again.",
        ),
        "zh": (
            "{round} 轮次名单被 {level} 层级退回",
            "{round} 轮次 {level} 层级退回以下事项：{items}。已作出的审批失效，"
            "轮次重新进入提出拟建名单阶段。",
        ),
    },
    "list-issued": {
        "en": (
            "Round {round}: list issued",
            "The list of round {round} has been issued, and every applicant is told the result.",
        ),
        "zh": ("{round} 轮次建设名单已发布", "{round} 轮次建设名单已发布，结果将逐一告知申报单位。"),
    },
}
