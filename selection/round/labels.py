"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from typing import get_args

from selection.kernel.stages import Names
from selection.round.commands import ExtensionCause, OutageCause
from selection.round.sentences import CAUSES, DEADLINES

LABELS: Names = {
    "open-round": ("Open a round", "开启轮次"),
    "extend-deadline": ("Extend a deadline", "延长期限"),
    "extend-deadline.guidance": (
        "The deadline moves to the end of a later day, for everybody. Of what runs from an act (mending, answers to "
        "invitations, the notice) none ends before that day any more. Every applicant is told; the round and its call "
        "show the new day, the cause and the reason. Two officers sign.",
        "期限将延至较晚一日的结束，对所有人有效；自办理之日起算的（补正、答复邀请、公示）均不早于该日届满。"
        "全体申报单位均获告知，本轮次及其通知将显示新期限、事由和理由。须由两名经办人员签名。",
    ),
    "extend-deadline.name": ("Deadline", "期限"),
    **{f"extend-deadline.name.{code}": name for code, name in DEADLINES.items()},
    "extend-deadline.cause": ("Cause", "事由"),
    **{f"extend-deadline.cause.{code}": CAUSES[code] for code in get_args(ExtensionCause)},
    "extend-deadline.until": ("New last day, inclusive", "新的最后一日（含当日）"),
    "record-outage": ("Record an outage", "记录系统中断"),
    "record-outage.guidance": (
        "For an outage that has ended, in which nobody could act: deadlines that fell in it, or in the days after it, "
        "are moved later by the rules, and so is what runs from an act: mending, invitations, reviews, the notice. "
        "Times are those of the round's zone. Two people sign.",
        "用于记录已结束的系统中断：落在中断期间或其后数日内的期限，以及正在计算的补正、邀请、评审和公示期限，将按规则顺延。时间按本轮次所用时区填写。须由两人签名。",
    ),
    "record-outage.cause": ("What failed", "故障类型"),
    **{f"record-outage.cause.{code}": CAUSES[code] for code in get_args(OutageCause)},
    "record-outage.began": ("Began", "开始时间"),
    "record-outage.ended": ("Ended", "结束时间"),
    "fix-shortlist": ("Fix the shortlist by rank", "按排名确定入围名单"),
    "fix-deviating-shortlist": ("Fix the shortlist with changes", "确定入围名单（有增减）"),
    "propose": ("Propose centres in their standing", "按次序提出拟建名单"),
    "propose-deviating": ("Propose centres otherwise than they stand", "提出拟建名单（有调整）"),
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
    "cancel-round": ("Cancel the round", "取消轮次"),
    "cancel-round.guidance": (
        "The round ends without a list, and every unfinished application with it. A list that was issued stands. Two "
        "people sign.",
        "本轮次取消，不发布名单，未终结的申报随之终结；已发布的名单仍然有效。须由两人签名。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
