"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "request-review": ("Request a review of the procedure", "申请复核程序"),
    "request-review.guidance": (
        "You have the procedure reviewed by people who had no part in the round, within the days of the rules after the"
        " end, once on each ground. Whether the decision was right is not reviewed.",
        "在规则规定的期限内，可请求由未参与本轮次的人员复核程序，每项理由一次。不复核决定本身是否正确。",
    ),
    "request-review.ground": ("Ground", "理由"),
    "request-review.text": ("What happened, and when", "事实与时间"),
    "request-review.evidence": ("Evidence", "证据材料"),
    "appoint-deciders": ("Appoint who decides on a request for review", "指定复核申请的决定人员"),
    "appoint-deciders.guidance": (
        "They have no part in this application and none in the round, and belong to other units than the applicants'."
        " Others are added only where these do not agree, or have let their time pass.",
        "决定人员须未参与该申报及本轮次，且来自申报各单位以外的单位。意见不一致或逾期的，方可增加人员。",
    ),
    "appoint-deciders.ground": ("Request for review", "复核申请"),
    "appoint-deciders.deciders": ("Who decides", "决定人员"),
    "appoint-deciders.deciders.help": (
        "Their ids, each on a line of its own; two at least.",
        "人员编号，每行一个，至少两人。",
    ),
    "rule-on-request": ("Decide on a request for review", "就复核申请作出决定"),
    "rule-on-request.guidance": (
        "You say whether the procedure was kept, not whether the application deserved more. It is decided once most of"
        " you find the same, remedy included. The applicant reads the reasons of these, without a name. After a fresh"
        " panel, both of whose scores the timeline shows, you say what follows from the new one.",
        "请判断程序是否合规，不评价申报优劣。多数人意见（含补救措施）一致时即作出决定。申报单位可见其理由，不显示姓名。"
        "新的专家组评审后，请依其得分决定后续处理；前后得分见办理过程。",
    ),
    "rule-on-request.ground": ("Request for review", "复核申请"),
    "rule-on-request.upheld": ("What you find", "意见"),
    "rule-on-request.upheld.yes": (
        "The procedure was broken, or the new score calls for something: upheld",
        "程序不合规，或新得分须有后续处理：成立",
    ),
    "rule-on-request.upheld.no": (
        "It was kept: dismissed; after a fresh panel, the outcome stands",
        "程序合规：不成立；新专家组评审后：维持原结果",
    ),
    "rule-on-request.remedy": ("Remedy, where it is upheld", "成立时的补救措施"),
    "rule-on-request.text": ("Reasons", "理由"),
    "record-remedy": ("Record how a remedy was carried out", "记录补救措施的执行情况"),
    "record-remedy.guidance": (
        "You record how the remedy was carried out. The applicant reads it.",
        "记录补救措施的执行情况，申报单位可见。",
    ),
    "record-remedy.ground": ("Request for review", "复核申请"),
    "record-remedy.text": ("What was done", "执行情况"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
