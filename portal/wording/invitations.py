"""An expert's invitation."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Invitation to review", "评审邀请"),
    "round": ("Round", "轮次"),
    "lead": (
        "You were drawn to review the application below. Look at who applies, and answer by the deadline; without an "
        "answer an alternate takes your seat.",
        "您被抽取评审以下申报。请查看申报单位，并在期限前答复；逾期未答复的，由备选专家递补。",
    ),
    "guidance-title": ("Before you accept", "接受之前"),
    "guidance-ties": (
        "Declare relatives, advisers and shared projects that are not on record yet",
        "尚未登记的近亲属、师生和共同项目关系，请在此申明",
    ),
    "guidance-conflict": (
        "A conflict of interest is, among others: you work or worked for the host or a co-builder, took part "
        "in preparing "
        "the application, share projects, patents or money with its people, or are related to one of them.",
        "利益冲突包括但不限于：您现在或曾经供职于依托单位或共建单位，参与了申报材料的编制，"
        "与申报人员有共同项目、专利或经济往来，或与其有亲属关系。",
    ),
    "guidance-secrecy": (
        "Tell nobody that you review it, speak with nobody of the applicant, and report whoever approaches you.",
        "请勿向任何人透露评审身份，不与申报方接触；遇有请托，请予报告。",
    ),
    "answer": ("Your answer", "您的答复"),
    "accept": ("I accept, and have no conflict of interest", "接受邀请，且无利益冲突"),
    "decline": ("I decline", "谢绝邀请"),
    "conflict": ("I have a conflict of interest", "存在利益冲突"),
    "pledge-label": ("Pledge", "承诺"),
    "pledge": (
        "I accept the review of application {application}. I have no conflict of interest in it, will review "
        "it myself, "
        "fairly and by the published criteria, keep it and my part in it secret, use nothing of it for myself "
        "or others, "
        "and report at once any conflict of interest that I become aware of, and anyone who approaches me.",
        "本人接受对申报 {application} 的评审。本人与该申报无利益冲突，将独立、公正地按公布的指标亲自评审，"
        "对申报内容及本人参与评审的情况保密，不为自己或他人利用申报内容；"
        "如发现利益冲突或有人请托，将立即报告。",
    ),
    "pledge-check": ("I give this pledge", "本人作出上述承诺"),
    "text": ("Reason, or the conflict of interest", "理由或利益冲突情况"),
    "text-help": (
        "Needed for a conflict of interest: say which. Of use if you decline. Not needed to accept.",
        "存在利益冲突时必填，请说明情况；谢绝时可填；接受时不填。",
    ),
    "reason-label": ("Reason", "理由"),
    "conflict-label": ("Conflict of interest", "利益冲突情况"),
    "continue": ("Check the answer", "核对答复"),
    "no-answer": ("Choose one of the three answers", "请选择一种答复"),
    "no-pledge": ("To accept, give the pledge", "接受邀请须作出承诺"),
    "no-text": ("Say which conflict of interest you have", "请说明利益冲突情况"),
    "too-long": ("Shorten the text to {limit} characters", "请将文字精简至 {limit} 字以内"),
    "look": ("Look at the application", "查看申报"),
}
