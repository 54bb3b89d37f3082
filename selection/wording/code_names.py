"""What people read instead of codes, in English and Chinese: one name per code, wherever it is shown."""

from collections.abc import Iterable

from selection.application.check import GROUNDS

Names = dict[str, tuple[str, str]]

STAGES: Names = {
    "new": ("not yet submitted", "尚未提交"),
    "submitted": ("submitted", "已提交"),
    "withdrawn": ("withdrawn", "已撤回"),
    "recommended": ("recommended", "已推荐"),
    "checking": ("legality check", "合法性审查"),
    "mending": ("mending", "补正"),
    "eligible": ("eligible, waiting for its panel", "审查合格，待组建评审组"),
    "review": ("paper review", "材料评审"),
    "scored": ("scored", "评审已计分"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "appraised": ("appraised", "已论证"),
    "proposed": ("proposed", "拟建"),
    "reserve": ("in reserve", "备选"),
    "notice": ("public notice", "公示"),
    "held": ("held by an objection", "异议待办结"),
    "cleared": ("notice passed", "公示无异议"),
    "ended": ("ended", "已终结"),
}
"""The stages of an application."""

ROUND_STAGES: Names = {
    "new": ("not yet opened", "尚未开启"),
    "call": ("call and recommendation", "申报与推荐"),
    "checking": ("legality check", "合法性审查"),
    "drawing": ("drawing of panels", "抽取专家"),
    "review": ("paper review", "材料评审"),
    "shortlisting": ("shortlisting", "确定实勘名单"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "proposal": ("proposal", "提出拟建名单"),
    "notice": ("public notice", "公示"),
    "approval": ("approval", "审批"),
    "issued": ("list issued", "名单已发布"),
    "cancelled": ("cancelled", "已取消"),
}

OUTCOMES: Names = {
    "never-submitted": ("never submitted", "未提交"),
    "withdrawn": ("withdrawn", "申报单位撤回"),
    "not-recommended": ("not recommended by the deadline", "截止时未获推荐"),
    "ineligible": ("ineligible", "合法性审查未通过"),
    "not-shortlisted": ("not on the shortlist", "未列入实勘名单"),
    "not-selected": ("not selected", "未入选"),
    "removed": ("removed after an objection", "因异议成立移出名单"),
    "listed": ("on the issued list", "列入建设名单"),
    "cancelled": ("cancelled with the round", "随轮次取消"),
    "upheld": ("upheld", "成立"),
    "partly-upheld": ("partly upheld", "部分成立"),
    "dismissed": ("dismissed", "不成立"),
}
"""How an application ends, and how an objection does."""

SEAT_REASONS: Names = {
    "declined": ("the invitation was declined", "专家谢绝邀请"),
    "no-response": ("no answer came by the deadline", "逾期未答复邀请"),
    "conflict": ("a conflict of interest was declared", "专家声明利益冲突"),
    "no-review": ("no review came by the deadline", "逾期未提交评审意见"),
    "report-upheld": ("a conflict of interest was established", "经裁定存在利益冲突"),
}

DEADLINES: Names = {
    "submission": ("submission", "申报提交"),
    "recommendation": ("recommendation", "推荐报送"),
    "check": ("legality check", "合法性审查"),
    "review": ("paper review", "材料评审"),
    "review_last": ("paper review, last day", "材料评审最后期限"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "mend": ("mending", "补正"),
    "respond": ("answer to the invitation", "答复邀请"),
    "invitation": ("answer to the invitation", "答复邀请"),
    "notice": ("public notice", "公示"),
}

ROLES: Names = {
    "applicant": ("applicant", "申报单位"),
    "recommender": ("recommending unit", "推荐单位"),
    "officer": ("officer", "经办人员"),
    "expert": ("expert", "评审专家"),
    "chair": ("panel chair", "专家组组长"),
    "surveyor": ("survey team", "实勘人员"),
    "examiner": ("examiner", "核查人员"),
    "approver": ("approver", "审批人"),
    "supervisor": ("supervisor", "监督人员"),
    "objector": ("objector", "异议人"),
    "auditor": ("auditor", "审计人员"),
    "admin": ("administrator", "管理员"),
    "system": ("the engine", "系统"),
}

DUTIES: Names = {
    **ROLES,
    "reviewer": ("reviewer", "评审专家"),
    "reporter": ("reporter of the conflict", "利益冲突报告人"),
}
"""What a person does in an application: the roles, and two words that the rules on clashes use."""

VERDICTS: Names = {
    "confirmed": ("confirmed", "属实"),
    "confirmed-with-reservations": ("confirmed with reservations", "基本属实，有保留意见"),
    "not-confirmed": ("not confirmed", "不属实"),
}

FREED: Names = {
    "edited": ("the application was edited", "申报已修改"),
    "withdrawn": ("the application was withdrawn", "申报已撤回"),
}

BATCHES: Names = {
    "draw": ("the draw {}", "抽取 {}"),
    "seat-panel": ("seating the panels of {}", "按 {} 组建评审组"),
    "place-on-shortlist": ("the shortlist", "入围名单"),
    "place-in-proposal": ("proposal {}", "第 {} 版拟建名单"),
    "open-notice": ("the public notice of proposal {}", "第 {} 版拟建名单的公示"),
    "issue": ("the list issued by proposal {}", "按第 {} 版拟建名单发布名单"),
    "cancel-with-round": ("cancelling the round", "终止轮次"),
}
"""What a round carries out on its applications, by the kind of a batch; the braces hold what follows it."""


def name_of(names: Names, code: str, language: str) -> str:
    """Return the name of a code in `zh`, else in English; a code without a name is shown as it is."""
    english, chinese = names.get(code, (code, code))
    return chinese if language == "zh" else english


def names_of(names: Names, codes: Iterable[str], language: str) -> str:
    """Return the names of several codes in one line."""
    return ("；" if language == "zh" else "; ").join(name_of(names, code, language) for code in codes)


def batch_shown(batch: str, language: str) -> str:
    """Return the name of a round's batch, such as `issue/2`; one of no known kind is shown as it is."""
    kind, _, of = batch.partition("/")
    return name_of(BATCHES, kind, language).format(of) if kind in BATCHES else batch


def grounds_of(codes: Iterable[str], language: str) -> str:
    """Return the grounds of the legality check in one line."""
    return names_of(GROUNDS, codes, language)
