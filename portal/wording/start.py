"""The public pages: rounds, their calls and notices."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Selection rounds", "遴选轮次"),
    "lead": (
        "Calls, deadlines and public notices of each round. Applicants sign in to apply, experts to answer invitations "
        "and to review. Units recommend and levels approve here too, once they have signed in.",
        "各轮次的申报通知、期限与公示。申报人登录后可填写并提交申报书，专家登录后可答复邀请、进行评审；"
        "推荐单位的推荐和各级审批登录后也在此办理。",
    ),
    "none": ("No round has been published yet.", "尚未发布任何轮次。"),
    "stage": ("Stage", "阶段"),
    "places": ("Places", "名额"),
    "next": ("Next deadline", "下一期限"),
    "call": ("Call", "申报通知"),
    "parts": ("This round", "本轮次"),
    "opens": ("Call opened", "申报开始"),
    "awaits": ("not opened yet", "尚未开启"),
    "per-field": ("Places per field at most", "每个领域名额上限"),
    "per-region": ("Places per region at most", "每个地区名额上限"),
    "over": ("over", "已截止"),
    "deadlines": ("Deadlines", "期限"),
    "deadline": ("Deadline", "事项"),
    "until": ("Until", "截止"),
    "fields": ("Fields", "领域"),
    "criteria": ("Criteria", "评审指标"),
    "field": ("Field", "领域"),
    "region": ("Region", "地区"),
    "who": ("Who may apply", "申报条件"),
    "recommended": (
        "Units put forward by a recommending unit; each has a limited number of places.",
        "须经推荐单位推荐的单位，各推荐单位名额有限。",
    ),
    "direct": ("Units apply directly; no recommendation is needed.", "申报单位直接申报，无需推荐。"),
    "min-staff": ("The centre has at least {count:member|members} of staff.", "中心人员不少于 {count} 人。"),
    "min-fund": ("The centre has funds of at least {sum} yuan.", "中心经费不少于 {sum} 元。"),
    "co-builders": (
        "Each co-builder confirms its part itself, by an act of its own.",
        "各共建单位须分别在系统中确认参与共建。",
    ),
    "recommenders": ("{count:recommending unit|recommending units}", "推荐单位（{count} 个）"),
    "quota": ("{count:place|places}", "{count} 个名额"),
    "asked": ("What is asked", "申报内容"),
    "priorities": ("Priorities of this round", "本轮次重点方向"),
    "excluded": ("Not asked for", "排除领域"),
    "held": ("Directions that centres hold already", "已布局的研究方向"),
    "weight": ("{weight} of the full marks", "{weight} 分"),
    "course": ("What follows", "遴选程序"),
    "course-check": ("Legality check of every application.", "对全部申报进行合法性审查。"),
    "course-mend": (
        "What can be mended is sent back, at most {times:time|times}, with {days:day|days} to mend it.",
        "可补正的事项退回补正，至多 {times} 次，每次期限 {days} 天。",
    ),
    "course-review": (
        "Paper review by a panel of experts, drawn by lot among those who have no conflict of interest.",
        "材料评审：专家组从无利益冲突的专家中随机抽取。",
    ),
    "course-survey": ("Site survey of those on the shortlist.", "对入围申报进行现场实勘。"),
    "course-appraisal": ("Overall appraisal by the panel.", "专家组综合论证。"),
    "course-notice": (
        "Public notice of the proposal for {days:day|days}, in which objections are taken.",
        "拟建名单公示 {days} 天，公示期内受理异议。",
    ),
    "course-approval": ("Approval level by level; then the list is issued.", "逐级审批，发布名单。"),
    "apply-now": ("Apply", "填写申报书"),
    "apply-until": ("Applications are taken until:", "申报受理截止："),
    "apply": (
        "Only people registered as the applicant of a unit can apply; what was filled in is kept as a draft.",
        "仅登记为单位申报人的人员可以申报；已填内容保存为草稿。",
    ),
    "sign-in": ("Sign in to see your applications and tasks", "登录查看您的申报与待办"),
    "moves": ("Deadlines that moved", "期限变更"),
    "amendments": ("Changes to the rules", "规则修改"),
    "amendments-lead": (
        "The rules changed since the call opened. Each change counts for what began after it; an officer entered it, "
        "and an approver agreed.",
        "申报开始后规则有所修改。每项修改仅适用于其后开始的事项，均由经办人员录入、审批人同意。",
    ),
    "amended": ("Field", "项目"),
    "before": ("Before", "修改前"),
    "after": ("After", "修改后"),
    "left-open": ("none", "不设"),
    "since": ("Since", "生效时间"),
    "why": ("Reason", "理由"),
    "rules-hash": ("Hash of the sealed rules:", "已封存规则的哈希："),
    "notice": ("Public notice", "公示"),
    "notice-lead": (
        "These applications stand, or stood, in the public notice.",
        "以下为列入或曾列入公示的申报。",
    ),
    "fraud": ("Fraud", "弄虚作假"),
    "objection": ("Objections", "异议"),
    "objection-until": ("Objections are taken until:", "异议受理截止："),
    "objection-how": (
        "Open the application below that you object to: its page leads to who may object, on what grounds and with "
        "what evidence, and to the form.",
        "请在下列申报中打开您要提出异议的一项：其页面说明谁可以提出异议、可就哪些事项提出、须附何种证据，"
        "并可由此填写异议。",
    ),
    "objecting-title": ("Object to this application", "对该申报提出异议"),
    "objecting-lead": (
        "To object you sign in, under your real name. The examiners see it, and the officers, supervisors and auditors "
        "of the round; the applicants are told that there is an objection, not whose.",
        "提出异议须登录，并以实名提出。核查人员及本轮次的经办、监督和审计人员可见您的身份；申报方只会得知有异议，不会得知由谁提出。",
    ),
    "objecting-over": ("Objections can no longer be made.", "异议受理已截止。"),
    "objecting-who": ("Who may object", "谁可以提出异议"),
    "objecting-who-may": (
        "Anybody registered as an objector. If you are not yet, ask the officer, who has you registered.",
        "凡已登记为异议人的人员均可提出。尚未登记的，请联系经办人员办理登记。",
    ),
    "objecting-who-not": (
        "Not allowed: who has had another part in this application, such as reviewing it, and who applies in this "
        "round, approves it, audits it or administers it.",
        "以下人员不可以：参与过该申报其他环节（如评审）的人员，以及在本轮次中申报、审批、审计或管理的人员。",
    ),
    "objecting-what": ("What you say", "需要说明的内容"),
    "objecting-facts": (
        "What you object to, and the facts, in your own words.",
        "异议事项与事实，请用自己的话说明。",
    ),
    "objecting-optional": ("{asked} (if you like)", "{asked}（选填）"),
    "objecting-evidence": ("What evidence is wanted", "需要的证据材料"),
    "objecting-files": (
        "One file at least that shows it, such as a contract, an entry in an inventory or a publication: PDF, an "
        "image, a document or a table, of at most {megabytes} MB each. Without evidence no objection is taken.",
        "至少一份可以证明的文件，如合同、台账记录或出版物：PDF、图片、文档或表格，每份不超过 {megabytes} MB。"
        "没有证据的异议不予受理。",
    ),
    "objecting-then": ("What happens then", "提出之后"),
    "objecting-held": (
        "This application alone waits until the objection is settled; the others go on.",
        "异议处理完毕前，仅该申报暂缓，其他申报照常进行。",
    ),
    "objecting-examined": (
        "The officer appoints at least {examiners:examiner|examiners}, who had no part in it and belong to other "
        "units. They have {days:day|days}.",
        "经办人员指定至少 {examiners} 名核查人员，核查人员此前未参与该申报，且来自其他单位，期限为 {days} 天。",
    ),
    "objecting-outcome": (
        "If two of them uphold it, the application leaves the list. Else it stays, and you are told why, by letter and "
        "on the application's page. Until then you can withdraw the objection.",
        "经其中两人认定成立的，该申报移出名单；否则保留在名单中，并以邮件及在申报页面向您说明理由。此前您可以撤回异议。",
    ),
    "objecting-go": ("Fill in the objection", "填写异议"),
    "objecting-sign-in": ("Sign in and fill in the objection", "登录并填写异议"),
    "objecting-not-one": (
        "You are signed in, and not registered as an objector. Ask the officer to have you registered.",
        "您已登录，但未登记为异议人。请联系经办人员办理登记。",
    ),
    "objection-over": ("The time for objections ended:", "异议受理已于以下时间截止："),
    "issued": ("Issued list", "已发布名单"),
    "issued-lead": (
        "These centres stand on the list as it was issued.",
        "以下为正式发布名单所列中心。",
    ),
    "place": ("Place", "位次"),
    "none-found": ("Nothing here fits this search.", "没有符合条件的项目。"),
    "number": ("Number", "编号"),
    "centre": ("Centre", "中心名称"),
    "host": ("Host unit", "依托单位"),
    "published": ("From the application", "申报书公开内容"),
    "centre-lead": ("What is published of this application.", "本申报已公开的内容。"),
    "centre-none": (
        "The form asked for nothing else that is public.",
        "申报书没有其他公开内容。",
    ),
    "co-built": ("Co-builders", "共建单位"),
    "rehearsal": ("Rehearsal", "演练"),
    "rehearsal-lead": (
        "This round runs on a rehearsal clock. Its days are not those of the calendar, and nothing on this page is a "
        "real call, notice or list.",
        "本轮次按演练时钟运行，日期并非真实日历日期；本页内容不构成正式通知、公示或名单。",
    ),
    "applications": ("Applications", "申报列表"),
}
