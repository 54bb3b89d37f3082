"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "accept-invitation": ("Accept the invitation to review", "接受评审邀请"),
    "decline-invitation": ("Decline the invitation to review", "谢绝评审邀请"),
    "declare-conflict": ("Declare a conflict of interest", "申明利益冲突"),
    "submit-review": ("Submit the review", "提交评审意见"),
    "correct-review": ("Correct the review", "更正评审意见"),
    "correct-review.guidance": (
        "Say the review anew as it should be, and why. The former one stays in the record and no longer counts.",
        "请完整填写更正后的评审意见并说明原因。原评审意见保留在记录中，不再计入。",
    ),
    "correct-review.number": ("Which correction", "第几次更正"),
    "correct-review.form": ("Comments", "评审意见"),
    "correct-review.scores": ("Scores", "评分"),
    "correct-review.reason": ("Why you correct it", "更正原因"),
    "report-conflict": ("Report a conflict of interest", "报告利益冲突"),
    "report-conflict.guidance": (
        "A supervisor rules on the report. Until then, if the person has a part in this application, no score is fixed "
        "and no list goes on for it. You have only few reports open at a time. The person you name is not told.",
        "监督人员将对报告作出裁定。被报告人参与该申报评审或办理的，裁定之前暂不核定该申报的评分，也不进入后续名单。"
        "每人同时待裁定的报告数量有限。被报告人不会获知。",
    ),
    "report-conflict.expert": ("Whom it is about", "被报告人"),
    "report-conflict.expert.help": (
        "The id of the expert. Anybody may be named, on the panel or not.",
        "专家编号。可填写任何人，不论是否在专家组内。",
    ),
    "report-conflict.text": ("Which conflict, and how you know of it", "何种利益冲突，以及如何得知"),
    "rule-on-conflict": ("Rule on a conflict report", "裁定利益冲突报告"),
    "rule-on-conflict.guidance": (
        "If you uphold the report, the review of the person no longer counts and the seat falls free. Of what data "
        "shows, dismissing means that this very evidence counts no more; any other is found anew.",
        "认定成立的，被报告人的评审意见不再计入，席位空出。对数据发现的利益冲突裁定不成立的，仅该项证据不再计入，"
        "另有证据的将重新提出。",
    ),
    "rule-on-conflict.report": ("Report", "报告"),
    "rule-on-conflict.upheld": ("Your ruling", "裁定"),
    "rule-on-conflict.upheld.yes": ("The conflict is there: upheld", "存在利益冲突：成立"),
    "rule-on-conflict.upheld.no": ("There is none: dismissed", "不存在利益冲突：不成立"),
    "appoint-chair": ("Appoint the chair", "指定组长"),
    "appoint-chair.guidance": (
        "The chair records the panel's meeting. Only members who accepted their seat can be appointed. Where the "
        "round's rules ask for two, another officer signs too; where no two of them may, two supervisors name the "
        "chair.",
        "组长负责记录专家组论证会。只能从已接受邀请的成员中指定。本轮规则要求双签的，另须一名经办人员签名；"
        "无两名经办人员可签名的，由两名监督人员指定。",
    ),
    "appoint-chair.chair": ("Chair", "组长"),
    "appoint-chair.reason": ("Why this member", "指定该成员的理由"),
    "replace-chair": ("Replace the chair", "更换组长"),
    "replace-chair.guidance": (
        "Another member leads the panel from the moment both of you have signed, also where it has no chair. Without "
        "one the panel has no chair until officers appoint somebody else. Whoever chaired before keeps seat, "
        "review and vote.",
        "双方签署后，即由另一成员担任组长，专家组尚无组长的亦同；未填的，在经办人员另行指定之前暂无组长。原组长的席位、评审和表决权不变。",
    ),
    "replace-chair.chair": ("New chair, if there is one", "新任组长（可不填）"),
    "replace-chair.reason": ("Reason", "理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
