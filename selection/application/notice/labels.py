"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import OUTCOMES, Names

LABELS: Names = {
    "raise-objection": ("Raise an objection", "提出异议"),
    "raise-objection.guidance": (
        "You object under your real name, which the officer and the examiners see. Until it is settled, only this "
        "application is held up.",
        "您以实名提出异议，经办人员和核查人员可见。处理完毕前，仅该申报暂缓。",
    ),
    "raise-objection.text": ("What you object to, and the facts", "异议事项与事实"),
    "raise-objection.evidence": ("Evidence", "证据材料"),
    "raise-objection.form": ("Objection form", "异议表"),
    "withdraw-objection": ("Withdraw an objection", "撤回异议"),
    "withdraw-objection.guidance": (
        "The objection holds the application no longer, and nobody examines it any more. It stays in the record.",
        "撤回后该异议不再影响该申报，也不再核查；异议仍留存在记录中。",
    ),
    "withdraw-objection.objection": ("Objection", "异议"),
    "withdraw-objection.reason": ("Why you withdraw it", "撤回理由"),
    "appoint-examiners": ("Appoint examiners of an objection", "指定异议核查人员"),
    "appoint-examiners.guidance": (
        "Examiners had no part in this application before, and belong to other units than the applicants'. Two of "
        "them sign what the objection comes to.",
        "核查人员须此前未参与该申报，且来自申报各单位以外的单位。核查结论由其中两人签名。",
    ),
    "appoint-examiners.objection": ("Objection", "异议"),
    "appoint-examiners.examiners": ("Examiners", "核查人员"),
    "appoint-examiners.examiners.help": (
        "Their ids, each on a line of its own.",
        "核查人员编号，每行一个。",
    ),
    "appoint-examiners.reason": (
        "Why others come in their place, where examiners were appointed before",
        "此前已指定核查人员的，更换的理由",
    ),
    "appoint-examiners.too-few": (
        "Examiners: name two at least; one alone cannot settle the objection",
        "核查人员：至少填写两名；仅一名时无法办结异议",
    ),
    "settle-objection": ("Settle an objection", "处理异议"),
    "settle-objection.guidance": (
        "The application stays on the list. A second examiner signs after you. To uphold the objection in whole, which "
        "removes the application, use the other act.",
        "该申报仍保留在名单中。您签名后，须由第二名核查人员签名。认定异议全部成立（即移出名单）须另行办理。",
    ),
    "settle-objection.objection": ("Objection", "异议"),
    "settle-objection.outcome": ("What you find", "核查结论"),
    **{f"settle-objection.outcome.{code}": OUTCOMES[code] for code in ("partly-upheld", "dismissed")},
    "uphold-objection": ("Uphold an objection", "认定异议成立"),
    "uphold-objection.guidance": (
        "The application is removed from the list. A second examiner signs after you.",
        "该申报将移出名单。您签名后，须由第二名核查人员签名。",
    ),
    "uphold-objection.objection": ("Objection", "异议"),
    "reopen-objection": ("Reverse the ruling on an objection", "撤销异议处理结果"),
    "reopen-objection.guidance": (
        "The ruling is void with your reason. What depends on it: the objection is open again, its item waits, and the "
        "officer appoints examiners who did not examine it before.",
        "该处理结果连同您的理由作废。受影响的有：该异议重新待办，所涉事项暂缓，并由经办人员另行指定此前未核查的人员。",
    ),
    "reopen-objection.objection": ("Objection", "异议"),
    "reopen-objection.text": ("Why the ruling is reversed", "撤销的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
