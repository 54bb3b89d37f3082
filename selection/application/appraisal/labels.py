"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.appraisal.sentences import VOTES
from selection.kernel.stages import Names

LABELS: Names = {
    "open-appraisal": ("Open the panel's vote", "提请专家组表决"),
    "open-appraisal.guidance": (
        "Everyone who is present and does not stand aside votes on the application and states the score that they find "
        "right, by an act of their own; opened anew, the vote is cast anew, for a reason, by everybody who was asked "
        "before. Who has no vote is written to.",
        "出席且未回避的成员由本人就申报表决，并给出本人认为恰当的分数；重新提请的，须说明理由，此前获请表决者均须"
        "重新表决。无表决权的成员将收到通知。",
    ),
    "open-appraisal.present": ("Present", "出席"),
    "open-appraisal.aside": ("Stood aside", "回避"),
    "open-appraisal.reason": ("Why it is voted on anew", "重新表决的理由"),
    "open-appraisal.reason.help": (
        "Only where votes were cast already.",
        "仅在已有成员表决时填写。",
    ),
    "open-appraisal.aside-absent": (
        "Stood aside: only who was present can stand aside",
        "回避：仅出席者可回避",
    ),
    "cast-vote": ("Vote in the panel's meeting", "在论证会上表决"),
    "cast-vote.guidance": (
        "Whether you support the application, which score you find right, and your dissent in writing, if you have "
        "any. The members' own scores make the agreed one. Your vote cannot be changed unless the chair opens it anew.",
        "由本人表决是否支持该申报，并给出本人认为恰当的分数；如有不同意见请书面写明。议定分由成员各自的分数得出。"
        "除非组长重新提请，表决后不得更改。",
    ),
    "cast-vote.meeting": ("The vote", "表决事项"),
    "cast-vote.vote": ("Your vote", "表决"),
    **{f"cast-vote.vote.{code}": names for code, names in VOTES.items()},
    "cast-vote.score": ("Your score", "本人评分"),
    "cast-vote.score.help": ("Leave it empty if you abstain.", "弃权者不填。"),
    "cast-vote.dissent": ("Dissent", "不同意见"),
    "record-appraisal": ("Record the panel's appraisal", "记录专家组论证"),
    "record-appraisal.guidance": (
        "The minutes of the panel's meeting, once everyone has voted; votes and dissents are as the members cast them.",
        "全体表决后填写论证会纪要；票数和不同意见以成员本人所投、所写为准。",
    ),
    "record-appraisal.meeting": ("The vote", "表决事项"),
    "record-appraisal.text": ("Minutes", "会议纪要"),
    "record-appraisal.reason": (
        "Why the members' scores are far from the mean of the reviews",
        "议定分偏离评审均分的理由",
    ),
    "record-appraisal.reason.help": ("Only where they are far from it.", "仅在偏离较大时填写。"),
    "record-appraisal.form": ("Appraisal form", "论证表"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
