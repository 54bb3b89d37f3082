"""The catalogue of refusals: code -> (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "unreadable": (
        "The message cannot be read; mend these places and send it again: {places}.",
        "无法读取该消息，请修改以下位置后重新提交：{places}。",
    ),
    "message-too-large": (
        "The message is larger than {limit} bytes; store texts and files first and send their references.",
        "消息超过 {limit} 字节；请先存入文本和文件，再提交其引用。",
    ),
    "other-stream": (
        "The message was made for another case; send it there, or make a new one for this.",
        "该消息属于另一案件；请发往该案件，或为本案件重新生成。",
    ),
    "command-reused": (
        "You used this command id for another act; give the new act an id of its own.",
        "该指令编号已用于您的另一操作；请为新操作使用新的编号。",
    ),
    "record-behind": (
        "The record lost entries in a restore; nothing is decided until an operator has chosen: `selection reconcile`.",
        "数据库恢复后记录有缺失；运维人员用 `selection reconcile` 处理之前，不再作出任何决定。",
    ),
    "unknown-command": (
        "There is no act of this name here; `selection --help` lists the acts.",
        "此处没有该操作；`selection --help` 列出全部操作。",
    ),
    "unknown-person": (
        "This person is not registered; register with `selection person add` first.",
        "该人员未登记，请先用 `selection person add` 登记。",
    ),
    "unknown-application": (
        "There is no application of this number; `selection status` lists them.",
        "没有该编号的申报；可用 `selection status` 查看。",
    ),
    "unknown-round": (
        "There is no round of this name; open it with `selection round open`.",
        "没有该轮次；请用 `selection round open` 开启。",
    ),
    "unknown-content": (
        "The file or text {ref} is not stored; store it with `selection file put` or `text put`.",
        "文件或文本 {ref} 未存入；请先用 `selection file put` 或 `text put` 存入。",
    ),
    "not-entitled": (
        "Only {roles} may do this here; ask the officer if you should be one of them.",
        "此操作仅限 {roles}；如有疑问请联系经办人员。",
    ),
    "same-hands": (
        "You already act as {duty} on this application; a different person must do this.",
        "您已以 {duty} 身份参与该申报，须由他人办理。",
    ),
    "same-employer": (
        "Person and applicant belong to the same legal person; choose someone else.",
        "该人员与申报单位属同一法人，须另选他人。",
    ),
    "to-be-avoided": (
        "The applicant named this expert to be avoided; choose someone else.",
        "申报单位已申请该专家回避，须另选他人。",
    ),
    "wrong-stage": (
        "This act belongs to stage {wanted}; the stage now is {stage}.",
        "该操作属于阶段 {wanted}，当前阶段为 {stage}。",
    ),
    "no-notice": (
        "This application stands in no public notice now; objections are raised while one is open.",
        "该申报目前不在公示期；异议须在公示期内提出。",
    ),
    "late": (
        "The deadline {deadline} passed at {until}; only an extension of the round can reopen it.",
        "期限 {deadline} 已于 {until} 届满；仅在轮次延期后方可继续。",
    ),
    "already-done": (
        "This was done before (version {version} of {stream}); nothing more is needed.",
        "此事已办结（{stream} 第 {version} 版），无需重复。",
    ),
    "quota-full": (
        "The unit's quota of {quota} is used up; withdraw one recommendation to free a place.",
        "推荐名额 {quota} 个已用完；撤回一项推荐后方可再推荐。",
    ),
    "already-listed": (
        "The unit's list holds version {version} of this application; withdraw that recommendation first.",
        "本单位名单已有该申报第 {version} 版；请先撤回该推荐。",
    ),
    "list-never-opened": (
        "This unit's list was written to before the round was opened and ended with that; it takes nothing in this "
        "round, and `selection reconcile` cannot reopen it. Ask the officer to open a round of another name.",
        "该单位名单在轮次开启前即收到消息并因此终结，本轮次内不再受理，`selection reconcile` 也无法恢复；"
        "请联系经办人员以其他名称另开轮次。",
    ),
    "not-listed": ("This application is not on the unit's list.", "该申报不在本单位推荐名单中。"),
    "rank-unclear": (
        "The ranking must name each listed application exactly once.",
        "排序须将名单内每项申报恰好列出一次。",
    ),
    "other-route": (
        "The application is recommended by another unit already; one application uses one route.",
        "该申报已由其他单位推荐；一项申报只能走一个渠道。",
    ),
    "other-region": (
        "A province recommends applications of its own region only; the host unit's province must recommend this one.",
        "各省仅可推荐本地区的申报；该申报须由依托单位所在省推荐。",
    ),
    "version-changed": (
        "The application changed since version {version}; look at version {current} and repeat the act.",
        "申报自第 {version} 版后已变更；请查看第 {current} 版后重新操作。",
    ),
    "unknown-value": (
        "{place} is not one of the values in the round's rules.",
        "{place} 不在本轮规则允许的取值之内。",
    ),
    "too-many": ("{place}: {limit} at most.", "{place}：最多 {limit} 个。"),
    "too-few": ("{place}: {limit} at least.", "{place}：至少 {limit} 个。"),
    "missing": ("{place} is missing; add it and send again.", "缺少 {place}，请补充后重新提交。"),
    "no-such-seat": ("You hold no seat on this panel.", "您不在该评审组中。"),
    "seat-closed": (
        "This seat was given to someone else; nothing more is asked of you.",
        "该席位已由他人接替，您无需再办理。",
    ),
    "not-accepted": (
        "Accept the invitation with the pledge first: `selection review accept`.",
        "请先接受邀请并签署承诺：`selection review accept`。",
    ),
    "score-outside": (
        "{criterion}: a score runs from 0 to {weight} in steps of {step}.",
        "{criterion}：分值为 0 至 {weight}，步长 {step}。",
    ),
    "score-locked": (
        "The review is submitted and its scores are locked; report a conflict or an error to the officer.",
        "评审已提交且分数已锁定；如有利益冲突或差错，请告知经办人员。",
    ),
    "panel-refused": (
        "The draw does not fit the application as it is now ({why}); the next draw covers it.",
        "抽取结果与申报现状不符（{why}），将由下次抽取处理。",
    ),
    "no-seat-empty": ("No seat needs a supplementary draw.", "没有需要补充抽取的席位。"),
    "to-be-reported": (
        "Your review counts and your seat is not given up any more; report the conflict with "
        "`selection conflict report`, and a supervisor rules on it.",
        "您的评审已计入，不能再退出席位；请用 `selection conflict report` 报告该利益冲突，由监督人员裁定。",
    ),
    "no-open-report": ("There is no open report of this id.", "没有该编号的待裁定报告。"),
    "no-open-objection": ("There is no open objection of this id.", "没有该编号的待处理异议。"),
    "objection-exists": ("An objection of this id exists already.", "该编号的异议已存在。"),
    "examiners-missing": (
        "Appoint examiners who were not involved before: `selection objection examine`.",
        "请先指定此前未参与的核查人员：`selection objection examine`。",
    ),
    "votes-unclear": (
        "The votes must add up to those present who did not stand aside ({voters}).",
        "票数之和须等于出席且未回避的人数（{voters}）。",
    ),
    "sent-back-once": (
        "An application is sent back for mending at most {limit} time(s); decide on it as it is.",
        "申报最多退回补正 {limit} 次；请按现状作出决定。",
    ),
    "round-exists": ("This round was opened before.", "该轮次已开启。"),
    "rules-unsealed": (
        "The rules' hash is not the one sent; send the rules and the hash of the same file.",
        "规则与其哈希不一致；请提交同一文件的规则与哈希。",
    ),
    "rules-faulty": ("The rules have faults: {faults}.", "规则有误：{faults}。"),
    "not-later": ("A deadline can only move later than {until}.", "期限只能延后至 {until} 之后。"),
    "out-of-order": (
        "{deadline} would end after {following}; extend {following} first.",
        "期限 {deadline} 将晚于 {following}；请先延长 {following}。",
    ),
    "outage-unclear": (
        "An outage ends after it began and before it is recorded; mend the two instants.",
        "中断的结束须晚于开始、且早于记录之时；请修改两个时间。",
    ),
    "outage-moves-nothing": (
        "No deadline fell in this outage or the {days} day(s) after it, or these days are over as well; nothing moves.",
        "该次中断及其后 {days} 日内没有期限届满，或该宽限已过；期限不变。",
    ),
    "deadline-settled": (
        "This deadline fell in the outage, but what it brings is recorded and cannot be undone: {deadline}.",
        "以下期限在中断期间届满，但其后果已记录，无法撤销：{deadline}。",
    ),
    "draw-unfounded": (
        "The draw's commitment must be recorded before its secret is opened, and both must match.",
        "须先记录抽取承诺再公开密钥，且二者须一致。",
    ),
    "still-open": (
        "{count} application(s) are still in {stage}; finish them first.",
        "仍有 {count} 项申报处于 {stage}，请先办结。",
    ),
    "decision-under-way": (
        "The last decision ({decision}) is still being carried out on the applications; try again in a moment.",
        "上一项决定（{decision}）仍在各申报上执行，请稍后重新提交。",
    ),
    "not-a-candidate": (
        "{application} is not a candidate for this step.",
        "{application} 不是本步骤的候选项。",
    ),
    "reason-missing": (
        "{application} deviates from the ranking or a limit; give a reason for it.",
        "{application} 偏离排序或限额，须说明理由。",
    ),
    "places-exceeded": (
        "{count} proposed; the round has {places} places.",
        "拟建 {count} 家，超过名额 {places}。",
    ),
    "level-not-open": (
        "Approval level {level} is not open; the levels decide in order.",
        "审批层级 {level} 尚未开启；须按顺序审批。",
    ),
    "proposal-changed": (
        "The proposal is now version {current}; look at it and decide again.",
        "名单现为第 {current} 版，请查看后重新审批。",
    ),
    "integrity-open": (
        "The integrity check is not recorded or has open hits; the supervisor must finish it.",
        "廉洁核查尚未记录或有未裁定事项，须由监督人员办结。",
    ),
    "nothing-to-do": ("There is nothing in this step to be done.", "本步骤没有待办事项。"),
    "ended": (
        "This case has ended; it takes no more acts.",
        "该事项已终结，不再受理。",
    ),
    "cancel-by-act": (
        "A case is ended by an act of its people, not by a cancel request: `selection round cancel`.",
        "案件只能通过有权人员的操作终止：`selection round cancel`。",
    ),
    "open-duty": (
        "This person still has duties in {count} cases, such as {first}; see to them first, or erase with --force.",
        "该人员在 {count} 个事项（如 {first}）中仍有职责；请先处理，或用 --force 清除。",
    ),
    "letter-not-refused": (
        "Letter {letter} does not wait for an officer; `selection mail undelivered` lists those that do.",
        "邮件 {letter} 无需处理；待处理的邮件见 `selection mail undelivered`。",
    ),
    "addressee-erased": (
        "Letter {letter} has no addressee any more, as the person was erased; close it with --drop.",
        "邮件 {letter} 的收件人已清除，无法重新发送；请用 --drop 办结。",
    ),
    "another-admin": ("Another administrator must do this.", "此操作须由另一名管理员办理。"),
}
