"""The refusals that no room has for itself: of messages and people, and those that several rooms raise."""

COMMON: dict[str, tuple[str, str]] = {
    "unreadable": (
        "The message cannot be read; correct these places and send it again: {places}.",
        "无法读取该消息，请修改以下位置后重新提交：{places}。",
    ),
    "message-too-large": (
        "The message is larger than {limit} bytes; store texts and files first and send their references.",
        "消息超过 {limit} 字节；请先存入文本和文件，再提交其引用。",
    ),
    "other-stream": (
        "The message is addressed to another case; send it there, or make a new one for this case.",
        "该消息属于另一事项；请发往该事项，或为本事项重新生成。",
    ),
    "command-reused": (
        "You used this command id for another act; give the new act an id of its own.",
        "该操作编号已用于您的另一操作；请为新操作使用新的编号。",
    ),
    "record-behind": (
        "The record lost entries in a restore; nothing is decided until an administrator runs `selection reconcile`.",
        "数据库恢复后记录有缺失；管理员用 `selection reconcile` 处理之前，不作任何决定。",
    ),
    "unknown-command": (
        "This act is not known here; `selection --help` lists all acts.",
        "此处没有该操作；`selection --help` 列出全部操作。",
    ),
    "act-unnamed": (
        "This round's sealed rules do not name this act, so that nobody can do it here; it is for later rounds.",
        "本轮次的封存规则未列入该操作，故在此无法办理；仅适用于以后的轮次。",
    ),
    "calendar-unsealed": (
        "This round counts working days, and its rules know none of {years}. Choose an earlier day where there is one,"
        " or have the rules amended first (working_days.unpublished from none to weekends), so that Monday to Friday"
        " count there.",
        "本轮按工作日计算期限，而规则未载明 {years} 年的工作日。可选更早日期的，请改选；否则请先修改规则（将"
        " working_days.unpublished 由 none 改为 weekends），该年即按周一至周五为工作日计算。",
    ),
    "registrar-of-named": (
        "{people} came into the register through {person}, who signed for them or for an administrator who did, so"
        " {person} appoints them to nothing and rules on nothing that was registered of them. Somebody else has to do"
        " this.",
        "{people} 的人员登记由 {person} 签署，或由其登记的管理员签署，故 {person} 不得予以指定或任命，也不得就其登记"
        "事项作出裁定；须由他人办理。",
    ),
    "registrar-of-unit": (
        "{units} came into the register through {person}, who signed for it or for an administrator who did, so"
        " {person} does not decide about a conflict that follows from what belongs to what. Another supervisor has to"
        " do this.",
        "单位 {units} 的登记由 {person} 签署，或由其登记的管理员签署，故 {person} 不得就由该单位隶属关系产生的利益冲突"
        "作出裁定；须由另一位监督人员办理。",
    ),
    "unknown-person": (
        "This person is not registered, or may act no more; register with `selection person add` first.",
        "该人员未登记或已停用，请先用 `selection person add` 登记。",
    ),
    "unknown-application": (
        "There is no application with this number; `selection export` lists those of a round.",
        "没有该编号的申报；可用 `selection export` 查看轮次内的申报。",
    ),
    "unknown-round": (
        "There is no round with this name; open it with `selection round open`.",
        "没有该轮次；请用 `selection round open` 开启。",
    ),
    "unknown-content": (
        "{place}: you stored no such file or text, and none is shown to you here; store it with `selection file put` "
        "or `text put` and refer to that.",
        "{place}：您未存入该文件或文本，此处也没有向您展示；请用 `selection file put` 或 `text put` 存入后再引用。",
    ),
    "wrong-content": (
        "{place}: a {content} is asked for here; refer to a content of that kind.",
        "{place}：此处须引用{content}；请改用该类内容。",
    ),
    "not-entitled": (
        "Only the following may do this here: {roles}. Ask the officer if you should be one of them.",
        "此操作仅限{roles}办理；如有疑问请联系经办人员。",
    ),
    "same-hands": (
        "Whoever takes part in this application as {duty} may not do this as well; a different person must.",
        "该申报的{duty}不得同时承担此事，须由他人办理。",
    ),
    "employer-unknown": (
        "It is not registered who employs {person}, so that nobody can tell whether they must stand aside; have them "
        "registered anew with their employer's code, or with `none` where no unit employs them.",
        "未登记 {person} 的所在单位，无法判断其是否应当回避；请重新登记其单位代码，无所在单位的填 `none`。",
    ),
    "same-employer": (
        "This person and the applicant belong to the same legal entity; choose someone else.",
        "该人员与申报单位属同一法人，须另选他人。",
    ),
    "conflict-upheld": (
        "A supervisor found {person} in a conflict of interest here; somebody else must do this.",
        "监督人员已认定 {person} 在此存在利益冲突；须由他人办理。",
    ),
    "employed-before": (
        "{person} was employed by {unit} until {until}, less than {years:year|years} ago, and must stand aside from "
        "its applications, its parents' and its subsidiaries'; somebody else must do this.",
        "{person} 在{until}之前受雇于 {unit}，离职未满 {years} 年，须回避该单位及其上下级单位的申报；须由他人办理。",
    ),
    "unit-related": (
        "{person} is employed by {unit}, which is a parent or subsidiary of a unit of this application, or was one"
        " within the years that the rules say; somebody else must do this.",
        "{person} 所在单位 {unit} 是本申报单位的上级或下属单位，或在规则规定的年限内曾是；须由他人办理。",
    ),
    "relative-declared": (
        "By the register a close relative binds {person} to this application ({tied}); somebody else must do this, or "
        "it is referred to a supervisor, who rules on it.",
        "据登记，{person} 与该申报相关单位或人员（{tied}）存在近亲属关系；须由他人办理，或提请监督人员裁定。",
    ),
    "adviser-declared": (
        "By the register {person} and {tied} are doctoral adviser and student; somebody else must do this, or it is "
        "referred to a supervisor, who rules on it.",
        "据登记，{person} 与 {tied} 存在博士师生关系；须由他人办理，或提请监督人员裁定。",
    ),
    "project-declared": (
        "By the register {person} and {tied} share or shared a project; somebody else must do this, or a supervisor "
        "rules on it once it is referred.",
        "据登记，{person} 与 {tied} 存在合作项目；须由他人办理，或提请监督人员裁定。",
    ),
    "rival-bid": (
        "A bid of {person} or of their unit ({unit}) competes in the same field of this round; somebody else must do "
        "this.",
        "{person} 或其所在单位（{unit}）在本轮同一领域另有申报；须由他人办理。",
    ),
    "wrong-stage": (
        "This can be done at stage {wanted} only; the present stage is {stage}.",
        "该操作仅限“{wanted}”阶段，当前阶段为“{stage}”。",
    ),
    "no-notice": (
        "This application is not in a public notice at present; objections can be raised only during one.",
        "该申报目前不在公示期；异议须在公示期内提出。",
    ),
    "late": (
        "The deadline ({deadline}) passed at {until}; only an extension can reopen it.",
        "“{deadline}”期限已于{until}届满；延期后方可办理。",
    ),
    "replaced-unexplained": (
        "{people} were appointed before: say why others come in their place (`--reason`; in a table, the column "
        "“Team's reason”). Anyone replaced is notified.",
        "此前已指定 {people}：请说明更换的理由（`--reason`；在表格中为“实勘组理由”栏）。被更换人员将收到通知。",
    ),
    "already-done": (
        "This has already been done (version {version} of {stream}); nothing more is needed.",
        "此事已办结（{stream} 第 {version} 版），无需重复。",
    ),
    "list-never-opened": (
        "This unit's list received a message before the round was opened and was closed for good. It accepts nothing "
        "in this round, and `selection reconcile` cannot reopen it. Ask the officer to open a round with another name.",
        "该单位名单在轮次开启前即收到消息并因此终结，本轮次内不再受理，`selection reconcile` 也无法恢复；"
        "请联系经办人员以其他名称另开轮次。",
    ),
    "not-listed": ("This application is not on the unit's list.", "该申报不在本单位推荐名单中。"),
    "rank-unclear": (
        "The ranking must name each application on the unit's list exactly once.",
        "排序须将名单内每项申报恰好列出一次。",
    ),
    "version-changed": (
        "The application has changed since version {version}; read version {current} and repeat the act.",
        "申报自第 {version} 版后已变更；请查看第 {current} 版后重新操作。",
    ),
    "answers-unfit": (
        "The form has {count:fault|faults}: {faults}. `apply check`, or `review check`, says what to do about each;"
        " nothing was handed in.",
        "表单有 {count} 处问题：{faults}。`apply check` 或 `review check` 逐一说明如何修改；本次未提交任何内容。",
    ),
    "form-changed": (
        "The form is version {version} here, and this was filled in under another. Take that version (`apply form`,"
        " `review form` ... write it), carry your answers over, and send it again; nothing was handed in.",
        "此处适用的表单为 {version} 版，而所填为另一版本。请取用该版本（`apply form`、`review form` 等可生成），"
        "将答案移入后重新提交；本次未提交任何内容。",
    ),
    "unknown-value": (
        "{place}: this value is not in the round's rules.",
        "{place} 不在本轮规则允许的取值之内。",
    ),
    "too-many": ("{place}: at most {limit}.", "{place}：最多 {limit} 个。"),
    "too-few": ("{place}: at least {limit}.", "{place}：至少 {limit} 个。"),
    "missing": ("Add {place}, and send it again.", "请补充 {place} 后重新提交。"),
    "no-such-seat": (
        "Only people with a seat on this panel can do this or be named here.",
        "仅限本专家组成员办理，所列人员亦须为本组成员。",
    ),
    "seat-closed": (
        "This seat was given to someone else; you need not do anything more.",
        "该席位已由他人接替，您无需再办理。",
    ),
    "score-locked": (
        "The review is submitted. As long as it can be corrected, `selection review correct` does; report a conflict "
        "or any other error to the officer.",
        "评审已提交。尚可更正时，请用 `selection review correct`；如有利益冲突或其他差错，请告知经办人员。",
    ),
    "no-seat-empty": ("No seat needs a supplementary draw.", "没有需要补充抽取的席位。"),
    "to-be-reported": (
        "Your review counts and the seat can no longer be given up; report the conflict with "
        "`selection conflict report`, and a supervisor will rule on it.",
        "您的评审已计入，不能再退出席位；请用 `selection conflict report` 报告该利益冲突，由监督人员裁定。",
    ),
    "still-open": (
        "{count:application is|applications are} still in {stage}; that stage must be finished first.",
        "仍有 {count} 项申报处于“{stage}”阶段，请先办结。",
    ),
    "reason-missing": (
        "{application} deviates from the ranking or exceeds a limit; give a reason.",
        "{application} 偏离排序或限额，须说明理由。",
    ),
    "proposal-changed": (
        "The proposal is now version {current}; read it and decide again.",
        "名单现为第 {current} 版，请查看后重新审批。",
    ),
    "ended": (
        "This case has ended; nothing more can be done in it.",
        "该事项已终结，不再受理。",
    ),
    "cancel-by-act": (
        "A case is ended by an act of an authorised person, not by a cancel request: `selection round cancel`.",
        "事项只能由有权人员办理终止：`selection round cancel`。",
    ),
}
