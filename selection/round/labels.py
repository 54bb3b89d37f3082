"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names
from selection.round.sentences import DEADLINES

LABELS: Names = {
    "open-round": ("Open a round", "开启轮次"),
    "extend-deadline": ("Extend a deadline", "延长期限"),
    "extend-deadline.guidance": (
        "The deadline moves to the end of a later day, for everybody. Of what runs from an act (mending, answers to "
        "invitations, the notice) none ends before that day any more. Everyone concerned is told; the round and its "
        "call show the new day.",
        "期限将延至较晚一日的结束，对所有人有效；自办理之日起算的（补正、答复邀请、公示）均不早于该日届满。"
        "有关各方均获告知，本轮次及其通知将显示新期限。",
    ),
    "extend-deadline.name": ("Deadline", "期限"),
    **{f"extend-deadline.name.{code}": name for code, name in DEADLINES.items()},
    "extend-deadline.until": ("New last day, inclusive", "新的最后一日（含当日）"),
    "record-outage": ("Record an outage", "记录系统中断"),
    "record-outage.guidance": (
        "For an outage that has ended, in which nobody could act: deadlines that fell in it, or in the days after it, "
        "are moved later by the rules, and so is what runs from an act: mending, invitations, reviews, the notice. "
        "Times are those of the round's zone.",
        "用于记录已结束的系统中断：落在中断期间或其后数日内的期限，以及正在计算的补正、邀请、评审和公示期限，将按规则顺延。时间按本轮次所用时区填写。",
    ),
    "record-outage.began": ("Began", "开始时间"),
    "record-outage.ended": ("Ended", "结束时间"),
    "commit-draw": ("Commit a draw of panels", "承诺抽取专家"),
    "enter-draw-numbers": ("Enter the numbers of a draw", "录入抽取的公开号码"),
    "enter-draw-numbers.guidance": (
        "The draw's public numbers, as they were published, entered by one person here; whoever opens the draw enters "
        "them again. If you erred, enter them once more.",
        "按公布结果录入本次抽取的公开号码；公开抽取者将再次录入。录入有误时可重新录入。",
    ),
    "enter-draw-numbers.published": ("Numbers as published", "公布的号码"),
    "open-draw": ("Open the draw of panels", "开启抽取专家"),
    "open-draw.guidance": (
        "The secret that was committed to is revealed, together with the public numbers that the draw named before "
        "anybody knew them. The panels follow from both; anybody can compute them again. You are another officer than "
        "who committed the draw, and somebody else has entered the numbers.",
        "公开先前承诺的密钥，并录入抽取所指、事先无人知晓的公开号码。专家组由两者共同得出，任何人均可复算。"
        "公开者须不是承诺者本人，且号码已由另一人录入。",
    ),
    "open-draw.secret": ("Secret", "密钥"),
    "open-draw.secret.help": (
        "The 64 characters that were shown to who committed the draw, and handed to you. No draft keeps them: type "
        "them when you sign.",
        "承诺抽取时显示、由承诺者交给您的 64 个字符。草稿不保存此项，请在签名前填写。",
    ),
    "open-draw.published": ("Numbers as published, or the beacon's signature", "公布的号码，或信标的签名"),
    "void-draw": ("Void a committed draw", "作废已承诺的抽取"),
    "void-draw.guidance": (
        "The committed draw is never opened: its secret is lost, its numbers were not drawn, or its time is over. It "
        "stays in the record with your reason, and the next draw needs later numbers. Two supervisors sign.",
        "已承诺的抽取不再开启：密钥遗失、号码未开出或期限已过。该次抽取及理由永久保留，下一次须以更晚的号码开启。"
        "须由两名监督人员签名。",
    ),
    "fix-shortlist": ("Fix the shortlist", "确定入围名单"),
    "propose": ("Propose centres", "提出拟建名单"),
    "propose-leaving-out": (
        "Propose centres, leaving out some of the public notice",
        "提出拟建名单（不列入部分已公示项）",
    ),
    "open-public-notice": ("Open the public notice", "开始公示"),
    "open-public-notice.guidance": (
        "The proposal is published for the days of the rules, in which objections are taken.",
        "拟建名单将按规则规定的天数公示，其间受理异议。",
    ),
    "issue-list": ("Issue the list", "发布名单"),
    "issue-list.guidance": (
        "The approved list is published. Places are numbered in the order of the proposal, without gaps. Two "
        "officers sign.",
        "发布已通过审批的名单。位次按拟建名单顺序连续编号。须由两名经办人员签名。",
    ),
    "repeat-batch": ("Carry out the last decision again", "再次执行最近一项决定"),
    "repeat-batch.guidance": (
        "The last decision is carried out again on the applications where it could not be.",
        "对最近一项决定未能执行的申报再次执行。",
    ),
    "cancel-round": ("Cancel the round", "终止轮次"),
    "cancel-round.guidance": (
        "The round ends without a list, and every unfinished application with it. A list that was issued stands. Two "
        "people sign.",
        "本轮次终止，不发布名单，未终结的申报一并终止；已发布的名单仍然有效。须由两人签名。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
