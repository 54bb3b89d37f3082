"""What people read instead of codes, in English and Chinese: one name per code, wherever it is shown."""

from collections.abc import Iterable

from selection.application.reversing.sentences import (
    DECISIONS as DECISIONS,
    FALLS as FALLS,
    STOOD as STOOD,
)
from selection.application.review.sentences import SEAT_REASONS as SEAT_REASONS
from selection.application.survey.sentences import VERDICTS as VERDICTS
from selection.kernel.stages import (
    OUTCOMES as OUTCOMES,
    ROUND_STAGES as ROUND_STAGES,
    STAGES as STAGES,
    Names as Names,
)
from selection.recommendation.sentences import FREED as FREED
from selection.rooms import ROOMS
from selection.round.people.sentences import POSTS as POSTS
from selection.round.reversing.sentences import CHECKED as CHECKED
from selection.round.sentences import DEADLINES as DEADLINES

RUNGS: Names = {
    "before": ("before the due day", "到期前"),
    "day": ("on the due day", "到期当日"),
    "after": ("after the due day", "逾期后"),
    "officer": ("escalated to the officers", "报经办人员"),
    "supervisor": ("escalated to the supervisors", "报监督人员"),
}
"""The steps of the ladder by which people are reminded."""

ASSURANCES: Names = {
    "session": ("by the session", "会话"),
    "signed": ("by one", "本人签名"),
    "signed-by-two": ("by two", "双人签名"),
}
"""How surely an act must be its person's own."""

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
    "system": ("the system", "系统"),
}

DUTIES: Names = {
    **ROLES,
    "reviewer": ("reviewer", "评审专家"),
    "rival": ("applicant of another application", "其他申报的申报人"),
    "reporter": ("reporter of the conflict", "利益冲突报告人"),
}
"""What a person does in an application: the roles, and three words that the rules on clashes use."""


CONTENTS: Names = {"file": ("file", "文件"), "text": ("text", "文本")}
"""What is stored."""

TASKS: Names = {kind: name for room in ROOMS for kind, name in room.task_names.items()}
"""What is awaited of people, by the kind of the task."""

CLASHES: Names = {
    "employer": ("no member of the host unit or of a co-builder", "不得来自依托单位或共建单位"),
    "conflict": ("no conflict of interest", "无利益冲突"),
    "avoid": ("nobody whom the applicant asks to avoid", "不得为申报单位提请回避的专家"),
    "institution": ("so many of one employer at most", "同一单位的人数上限"),
    "load": ("so many applications for each expert at most", "每名专家的评审项数上限"),
    "alternates": ("alternates for each panel", "每组的备选专家"),
}
"""The limits of a draw, any one of which may leave no panels."""

FORMS: Names = {
    "application": ("application", "申报表"),
    "opinion": ("opinion of the recommending unit", "推荐意见表"),
    "review": ("review", "评审表"),
    "survey": ("site survey", "实勘报告表"),
    "appraisal": ("overall appraisal", "综合论证表"),
    "objection": ("objection", "异议书"),
}
"""The forms of a round."""

BATCHES: Names = {
    "draw": ("the draw {}", "抽取 {}"),
    "seat-panel": ("seating the panels of {}", "按 {} 组建专家组"),
    "place-on-shortlist": ("the shortlist", "入围名单"),
    "place-in-proposal": ("proposal {}", "第 {} 版拟建名单"),
    "open-notice": ("the public notice of proposal {}", "第 {} 版拟建名单的公示"),
    "issue": ("the list issued by proposal {}", "按第 {} 版拟建名单发布名单"),
    "amend-application": ("change {} of the forms: application", "第 {} 次表单变更：申报表"),
    "amend-review": ("change {} of the forms: review", "第 {} 次表单变更：评审表"),
    "amend-survey": ("change {} of the forms: site survey", "第 {} 次表单变更：实勘报告表"),
    "amend-appraisal": ("change {} of the forms: overall appraisal", "第 {} 次表单变更：综合论证表"),
    "cancel-with-round": ("cancelling the round", "取消轮次"),
}
"""What a round carries out on its applications, by the kind of a batch; the braces hold what follows it."""


def name_of(names: Names, code: str, language: str) -> str:
    """Return the name of a code in `zh`, else in English; a code without a name is shown as it is."""
    english, chinese = names.get(code, (code, code))
    return chinese if language == "zh" else english


def names_of(names: Names, codes: Iterable[str], language: str) -> str:
    """Return the names of several codes in one line."""
    return ("；" if language == "zh" else "; ").join(name_of(names, code, language) for code in codes)


def name_clash(names: Iterable[str], language: str) -> str:
    """Return what clashes in a draw in words: applications by number, and the limits that leave them no panels."""
    codes = tuple(names)
    limits = [name_of(CLASHES, name, language) for name in codes if name in CLASHES]
    numbers = [name.rpartition("/")[2] for name in codes if name not in CLASHES]
    if language == "zh":
        return "、".join(numbers) + ("（" + "；".join(limits) + "）" if limits else "（专家总数不足）")
    among = " and ".join(filter(None, (", ".join(numbers[:-1]), *numbers[-1:])))
    return f"{among} ({'; '.join(limits) if limits else 'too few experts'})"


def name_batch(batch: str, language: str) -> str:
    """Return the name of a round's batch, such as `issue/2`; one of no known kind is shown as it is."""
    kind, _, of = batch.partition("/")
    return name_of(BATCHES, kind, language).format(of) if kind in BATCHES else batch
