"""What the parts of a round's rules are called, in English and Chinese: by the path of a field."""

from selection.kernel.stages import Names
from selection.round.amending_rules.sentences import FIELDS
from selection.round.people.sentences import POSTS
from selection.round.sentences import DEADLINES

LISTS: Names = {
    "fields": ("field", "领域"),
    "regions": ("region", "地区"),
    "excluded": ("excluded field", "排除领域"),
    "held_directions": ("direction held already", "已布局的研究方向"),
    "priorities": ("priority", "重点方向"),
    "routes": ("route of recommendation", "推荐渠道"),
    "recommenders": ("recommending unit", "推荐单位"),
    "check.grounds": ("ground of the check", "审查事由"),
    "criteria": ("criterion", "评审指标"),
    "requests.grounds": ("ground of a request for review", "复核事由"),
    "requests.remedies": ("remedy", "补救措施"),
    "requests.after_panel": ("what may follow a fresh panel", "另组专家组后的处理"),
    "draws.sources": ("source of public numbers", "公开号码来源"),
    "approval": ("level of approval", "审批层级"),
}
"""One item of each list whose items have codes."""
PARTS: Names = {
    "en": ("English name", "英文名称"),
    "zh": ("Chinese name", "中文名称"),
    "quota": ("places", "名额"),
    "regional": ("for one region each", "按地区划分"),
    "route": ("route", "推荐渠道"),
    "region": ("region", "所属地区"),
    "weight": ("weight", "权重"),
    "scale": ("highest score", "最高分"),
    "mend": ("may be mended", "可以补正"),
    "rule": ("an officer may pass it", "经办人员可认定通过"),
    "approvers": ("approvers", "审批人"),
    "needed": ("approvers needed", "须同意人数"),
}
"""The parts of such an item."""
PLACES: Names = {
    **{path: names for path, names in FIELDS.items() if "*" not in path},
    **{f"calendar.{name}": (f"last day: {en}", f"截止日：{zh}") for name, (en, zh) in DEADLINES.items()},
    **{f"staff.{post}": names for post, names in POSTS.items()},
    "schema_version": ("form of the rules", "规则格式"),
    "languages": ("languages", "语言"),
    "title.en": ("English title", "英文名称"),
    "title.zh": ("Chinese title", "中文名称"),
    "contact.en": ("office that answers questions, in English", "咨询办公室英文名称"),
    "contact.zh": ("office that answers questions, in Chinese", "咨询办公室中文名称"),
    "contact.phone": ("telephone for questions", "咨询电话"),
    "contact.mail": ("mail address for questions", "咨询邮箱"),
    "round_pattern": ("short names of rounds", "轮次代号的格式"),
    "local": ("acts count without a signature", "操作无须签名"),
    "clock": ("clock", "时钟"),
    "stages.recommendation": ("recommendation", "推荐环节"),
    "stages.survey": ("site survey", "实勘环节"),
    "stages.appraisal": ("overall appraisal", "综合论证环节"),
    "stages.notice": ("public notice", "公示环节"),
    "calendar.call": ("the call opens", "申报开始日"),
    "days.amend": ("days left after a form changed", "表单修改后至少保留天数"),
    "days.paper": ("days to wait for paper", "等候纸质材料天数"),
    "days.reminders": ("reminders, days before a due day", "到期前提醒天数"),
    "ladder": ("ladder of reminders", "逐级提醒"),
    "ladder.after": ("reminders, days after a due day", "逾期后提醒天数"),
    "ladder.officer": ("days until officers are told", "告知经办人员的逾期天数"),
    "ladder.supervisor": ("days until supervisors are told", "告知监督人员的逾期天数"),
    "ladder.days": ("days for what has no date", "无固定期限事项的天数"),
    "ladder.kinds": ("days for single kinds of tasks", "个别事项的天数"),
    "working_days": ("windows in working days", "按工作日计算的期限"),
    "content_grace_minutes": ("minutes of grace for what was stored in time", "按时上传后的宽限分钟数"),
    "check.min_staff": ("least staff of a centre", "人员最低数"),
    "check.min_fund": ("least fund, in yuan", "经费最低数（元）"),
    "full_marks": ("full marks", "满分"),
    "score_step": ("step of scores", "评分步长"),
    "tie_break": ("criterion that parts ties", "同分时比较的指标"),
    "recusal.related_units": ("parents and subsidiaries count", "上下级单位回避"),
    "recusal.correct_days": ("days in which an entry of the register is put right", "登记更正天数"),
    "recusal.open_reports": ("open reports of conflicts of one person", "每人待裁定的利益冲突报告数"),
    "recusal.rivals": ("whose own bid keeps them from judging", "竞争申报单位回避范围"),
    "recusal.house": ("units of the organiser's own house", "组织单位本系统的单位"),
    "recusal.dismissible": ("ties that a supervisor may dismiss", "监督人员可排除的关系"),
    "panel.avoid_max": ("experts whom an applicant may avoid", "申请回避专家人数"),
    "panel.corrections_max": ("corrections of a review", "评审更正次数"),
    "draws.lead_minutes": ("minutes between commitment and numbers", "固定至号码公开的分钟数"),
    "draws.ahead_days": ("days that a draw is committed ahead", "提前固定天数"),
    "draws.open_days": ("days to open a draw", "公开抽取的天数"),
    "trim.from_valid": ("scores from which on some are dropped", "开始去分的有效评分数"),
    "trim.drop": ("scores dropped at each end", "两端各去评分数"),
    "shortlist.ties_in": ("all tied at the cut are in", "末位同分全部入围"),
    "appraisal.reason_beyond_percent": (
        "agreed score needs a reason beyond, in percent",
        "议定分须说明理由的偏差（%）",
    ),
    "appraisal.agreed": (
        "agreed score: median or mean of the members' own",
        "议定分取成员分数的中位数或平均数",
    ),
    "appraisal.support_percent": (
        "an application is supported by more than, in percent of the votes",
        "支持票须超过的比例（%）",
    ),
    "reversals.agree": ("posts that reverse a decision", "撤销决定须同意的岗位"),
    "reversals.at_most": ("reversals of one decision by one person", "同一人撤销同一决定的次数"),
    "requests.days": ("days to request a review", "申请复核天数"),
    "requests.decide_days": ("days to decide on a request", "复核办理天数"),
    "requests.min_deciders": ("fewest who decide on a request", "复核人员最少人数"),
    "filled_from_reserve": ("empty places are filled from the reserve", "空缺由备选递补"),
    "levels": ("order of the levels", "各层级审批次序"),
    "send_backs": ("times that one approver may send back", "每名审批人可退回次数"),
}
"""What stands alone: a whole section where nothing below it is named."""
VALUES: Names = {
    "zh": ("Chinese", "中文"),
    "en": ("English", "英文"),
    "in-order": ("one after the other", "依次"),
    "side-by-side": ("side by side", "并行"),
    "none": ("nobody", "不回避"),
    "field": ("bidders in the same field", "同领域申报单位"),
    "places": ("all bidders", "全部申报单位"),
    "mend": ("mending", "补正"),
    "invitation": ("answers to invitations", "答复邀请"),
    "review_after_invitation": ("reviews", "评审"),
    "notice": ("public notice", "公示"),
    "officer": POSTS["officers"],
    "supervisor": POSTS["supervisors"],
}
"""What values are called that are codes."""
NOTHING = ("–", "–")
YES, NO = ("yes", "是"), ("no", "否")
OTHERWISE = ("the same, defined otherwise", "同一项，内容有变")
REHEARSAL = ("rehearsal", "演练")
ORDER = ("order: {}", "顺序：{}")
ITEM = ("{} “{}”", "{}“{}”")
PART = ("{}: {}", "{}：{}")
FORM = ("form: {}", "表单：{}")
SIGNED = ("how it is signed: {}", "签名要求：{}")
VERSION = ("version {}", "{} 版")
