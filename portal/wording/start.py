"""The public pages: rounds, their calls and notices."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Selection rounds", "遴选轮次"),
    "lead": (
        "Calls, deadlines and public notices of each round. Applicants sign in to apply, experts to answer invitations "
        "and to review. Recommendations and approvals are made with the command line (selection), or through the "
        "officer.",
        "各轮次的申报通知、期限与公示。申报人登录后可填写并提交申报书，专家登录后可答复邀请、进行评审；"
        "推荐与审批目前通过命令行（selection）办理，或由经办人员协助办理。",
    ),
    "none": ("No round has been published yet.", "尚未发布任何轮次。"),
    "stage": ("Stage", "阶段"),
    "places": ("Places", "名额"),
    "next": ("Next deadline", "下一期限"),
    "call": ("Call", "申报通知"),
    "parts": ("This round", "本轮次"),
    "opens": ("Call opened", "申报开始"),
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
        "Units that one of the recommending units recommends. It has a limited number of places.",
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
    "excluded": ("Not asked for", "不受理的方向"),
    "held": ("Directions that centres hold already", "已有中心布局的方向"),
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
        "Only who is registered as the applicant of a unit can apply; what was filled in is kept as a draft.",
        "仅登记为单位申报人的人员可以申报；已填内容保存为草稿。",
    ),
    "sign-in": ("Sign in to see your applications and tasks", "登录查看您的申报与待办"),
    "rules-hash": ("Hash of the sealed rules:", "已封存规则的哈希："),
    "notice": ("Public notice", "公示"),
    "notice-lead": (
        "These applications stand, or stood, in the public notice.",
        "以下为列入或曾列入公示的申报。",
    ),
    "objection": ("Objections", "异议"),
    "objection-until": ("Objections are taken until:", "异议受理截止："),
    "objection-how": (
        "Who objects says which application is meant, why, and by what evidence: open the application below and choose "
        "to raise an objection. Who is not registered as an objector yet asks the officer.",
        "提出异议须说明所涉申报、理由与证据：请打开下列申报，选择“提出异议”。尚未登记为异议人的，请联系经办人员。",
    ),
    "objection-sign-in": ("Sign in to see the applications below", "登录查看下列申报"),
    "objection-choose": (
        "Open the application that you object to: what you can do there stands on its page.",
        "请打开您要提出异议的申报，可办理的事项见该申报页面。",
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
