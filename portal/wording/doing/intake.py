"""What applicants and co-builders do until the check."""

WORDS: dict[str, tuple[str, str]] = {
    "give-up.guidance": (
        "You take the application back for good, at whatever stage it stands. It ends, its place stays empty, and it "
        "cannot be handed in again.",
        "永久放弃申报，不论其处于何阶段。该申报终结，名额空缺，且不能再次提交。",
    ),
    "report-fraud.guidance": (
        "You report fraud in the application, with the evidence. A supervisor rules on it; until then it goes on.",
        "报告该申报弄虚作假，并附证据，由监督人员裁定；裁定前申报照常进行。",
    ),
    "report-fraud.text": ("What was found", "发现的情况"),
    "report-fraud.evidence": ("Evidence", "证据"),
    "rule-on-fraud.guidance": (
        "Upheld, the application is ruled out and ends at once. An officer reported it, so that two people found it.",
        "成立的，该申报即取消资格并终结。报告由经办人员作出，故系两人认定。",
    ),
    "rule-on-fraud.upheld": ("Your ruling", "裁定"),
    "rule-on-fraud.upheld.yes": ("There is fraud: ruled out", "存在弄虚作假：取消资格"),
    "rule-on-fraud.upheld.no": ("There is none: dismissed", "不存在弄虚作假：不成立"),
    "rule-on-fraud.text": ("Reasons", "理由"),
    "withdraw.guidance": (
        "You take the application back. Until the deadline you may hand it in again; afterwards it ends as withdrawn.",
        "撤回申报。截止日期前可重新提交；截止后按撤回处理。",
    ),
    "confirm-co-building.guidance": (
        "You confirm for your unit that it takes part as this version of the application says. Read the version "
        "first: when it changes in what concerns co-builders, you are asked again.",
        "您代表本单位确认按该版本申报书参与共建。请先阅读该版本；涉及共建的内容如有变更，将再次请您确认。",
    ),
    "confirm-co-building.co_builder": ("Your unit", "本单位"),
}
