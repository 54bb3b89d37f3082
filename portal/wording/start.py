"""The public pages: rounds, their calls and notices."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Selection rounds", "遴选批次"),
    "lead": (
        "Calls, deadlines and public notices of each round. Sign in to apply, review or approve.",
        "各批次的申报通知、期限与公示。申报、评审、审批请先登录。",
    ),
    "none": ("No round has been published yet.", "尚未发布任何批次。"),
    "stage": ("Stage", "阶段"),
    "places": ("Places", "名额"),
    "next": ("Next deadline", "下一期限"),
    "call": ("Call", "申报通知"),
    "deadlines": ("Deadlines", "期限"),
    "deadline": ("Deadline", "事项"),
    "until": ("Until", "截止"),
    "fields": ("Fields", "领域"),
    "criteria": ("Criteria", "评审指标"),
    "notice": ("Public notice", "公示"),
    "notice-lead": (
        "These applications stand, or stood, in the public notice.",
        "以下为列入或曾列入公示的申报。",
    ),
    "number": ("Number", "编号"),
    "centre": ("Centre", "中心名称"),
    "host": ("Host unit", "依托单位"),
    "rehearsal": ("Rehearsal", "演练"),
    "applications": ("Applications of this round", "本批次申报"),
}
