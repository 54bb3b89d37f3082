"""Letters to experts, survey teams and examiners: template -> language -> (subject, body)."""

TO_EXPERTS: dict[str, dict[str, tuple[str, str]]] = {
    "invitation": {
        "en": (
            "Invitation to review application {application}; answer by {until}",
            "You were drawn at random to review application {application} in round {round}. Please"
            " accept with"
            " the signed pledge, or decline, by {until}. If you or your employer have an interest in the"
            " application, please decline. The files open to you after your pledge; please do not tell anyone"
            " that you were invited. `selection task list` shows what waits for you.",
        ),
        "zh": (
            "邀请评审申报 {application}，请于{until}前答复",
            "经随机抽取，诚邀您评审 {round} 轮次申报 {application}。请于{until}前签署承诺书接受邀请，"
            "或予以谢绝；"
            "如您或所在单位与该申报存在利益关系，请予谢绝。签署承诺后方可查阅材料；受邀情况请予保密。"
            "可用 `selection task list` 查看待办事项。",
        ),
    },
    "invitation-reminder": {
        "en": (
            "Reminder: please answer the invitation to review {application} by {until}",
            "Your answer to the invitation to review application {application} in round {round} is still"
            " awaited. Without an answer by {until} the seat goes to someone else.",
        ),
        "zh": (
            "提醒：请于{until}前答复评审申报 {application} 的邀请",
            "您尚未答复评审 {round} 轮次申报 {application} 的邀请。至{until}仍未答复的，该席位将由他人接替。",
        ),
    },
    "review-open": {
        "en": (
            "Review of application {application}, due by {until}",
            "Thank you for accepting. The files of application {application} in round {round} are open to you"
            " now. Please submit scores and the written review by {until}. Scores are locked once submitted."
            " Please review in person, and report any conflict of interest that comes to light.",
        ),
        "zh": (
            "申报 {application} 评审，请于{until}前完成",
            "感谢您接受邀请。{round} 轮次申报 {application} 的材料已向您开放，"
            "请于{until}前提交评分和书面意见；"
            "提交后分数即锁定。请本人亲自评审；如发现存在利益冲突，请及时声明。",
        ),
    },
    "review-reminder": {
        "en": (
            "Reminder: review of application {application} due by {until}",
            "Your review of application {application} in round {round} is still awaited. Without a review by"
            " {until} the seat goes to someone else.",
        ),
        "zh": (
            "提醒：请于{until}前完成申报 {application} 的评审",
            "您尚未提交 {round} 轮次申报 {application} 的评审意见。至{until}仍未提交的，该席位将由他人接替。",
        ),
    },
    "seat-released": {
        "en": (
            "Review of application {application}: nothing more is asked of you",
            "Your seat on the panel of application {application} in round {round} was released: {why}."
            " Nothing"
            " more is asked of you, and the files are closed to you. What you have seen stays confidential.",
        ),
        "zh": (
            "申报 {application} 评审席位已释放",
            "您在 {round} 轮次申报 {application} 评审组的席位已释放，原因：{why}。您无需再办理，"
            "材料不再向您开放；"
            "已知悉的内容仍须保密。",
        ),
    },
    "chair-appointed": {
        "en": (
            "You chair the panel of application {application}",
            "You were appointed chair of the panel of application {application} in round {round}. In"
            " the overall"
            " appraisal you record who was present, the agreed score, the vote and any dissent in writing.",
        ),
        "zh": (
            "您已被指定为申报 {application} 专家组组长",
            "您已被指定为 {round} 轮次申报 {application} 的专家组组长，请在综合论证中记录出席情况、商定分数、"
            "表决结果及书面保留意见。",
        ),
    },
    "survey-team": {
        "en": (
            "Site survey of application {application}",
            "You were appointed to the team that surveys the site of application {application} in"
            " round {round}."
            " The team records the day, findings for each of the review contents, photos and a verdict.",
        ),
        "zh": (
            "申报 {application} 现场实勘",
            "您已被指定参加 {round} 轮次申报 {application} 的现场实勘。请记录实勘日期、"
            "各项评审内容的查看情况、"
            "照片和结论。",
        ),
    },
    "objection-to-examine": {
        "en": (
            "Objection {objection} on application {application}: please examine it",
            "You were appointed to examine objection {objection} concerning application {application}"
            " in round"
            " {round}. Please settle it with reasons: upheld, partly upheld or dismissed. The identity of the"
            " objector is confidential.",
        ),
        "zh": (
            "请核查关于申报 {application} 的异议 {objection}",
            "您已被指定核查关于 {round} 轮次申报 {application} 的异议 {objection}。请作出成立、"
            "部分成立或不成立的"
            "结论并说明理由。异议人身份须予保密。",
        ),
    },
}
