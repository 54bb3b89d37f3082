"""What is said of rules that change in the midst of a round, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs
from selection.round.amending_rules.table import find_field
from selection.rules.changing.amendments import NONE
from selection.rules.faults import SENTENCES as FAULTS

FIELDS: Names = {
    "places": ("places", "建设名额"),
    "per_field_max": ("most in one field", "单一领域上限"),
    "per_region_max": ("most in one region", "单一地区上限"),
    "routes.*.quota": ("quota of the route {}", "推荐渠道 {} 的名额"),
    "recommenders.*.quota": ("quota of the unit {}", "推荐单位 {} 的名额"),
    "check.mend_at_most": ("how often a fault is sent back", "退回补正次数"),
    "days.mend": ("days for mending", "补正天数"),
    "days.invitation": ("days to answer an invitation", "答复邀请天数"),
    "days.review_after_invitation": ("days for a review", "评审天数"),
    "days.outage": ("days after an outage", "中断后宽限天数"),
    "days.notice": ("days of the public notice", "公示天数"),
    "objections.days": ("days to examine an objection", "异议核查天数"),
    "objections.min_examiners": ("fewest examiners of an objection", "异议核查人员最少人数"),
    "panel.seats": ("seats of a panel", "专家组席位"),
    "panel.alternates": ("alternates of a panel", "专家组备选专家人数"),
    "panel.min_valid": ("fewest valid scores", "最少有效评分"),
    "panel.max_per_institution": ("most of one institution on a panel", "同一单位专家上限"),
    "recusal.years": ("years of employment that bind", "回避所涉任职年限"),
    "panel.max_load": ("most panels of one expert", "每名专家最多参加的专家组数"),
    "shortlist.factor": ("how many are shortlisted for each place", "入围倍数"),
    "working_days.unpublished": ("working days of years without a sealed calendar", "未载明日历年份的工作日"),
    "survey.min_team": ("smallest survey team", "实勘组最少人数"),
}
"""What the fields are called that may change, by their path in the table."""

_VALUES: Names = {NONE: ("none", "不设"), "weekends": ("Monday to Friday", "周一至周五")}


def name_value(value: str, language: str) -> str:
    """Return a value as it is read: a number, a choice, or that it is left open."""
    return _VALUES[value][language == "zh"] if value in _VALUES else value


def name_faults(text: str, language: str) -> str:
    """Return what no longer holds together, from places with the codes of their faults."""
    chinese = language == "zh"
    found = []
    for item in text.split("; "):
        path, _, code = item.partition(" ")
        sentence = FAULTS.get(code, FAULTS["invalid"])[chinese]
        found.append(f"{name_path(path, language)}{'' if chinese else ' '}{sentence}")
    return ("；" if chinese else "; ").join(found)


RULINGS: Names = {"agreed": ("agree", "同意"), "declined": ("decline", "不同意")}
"""What an approver can say to a change."""


def name_path(path: str, language: str, listed: Names | None = None) -> str:
    """Return what the field at a path is called; one that may not change is shown as it is.

    `listed` names the routes and units of the rules by their paths, such as `routes.province`.
    """
    field = find_field(path)
    if field is None:
        return path
    before, _, after = field.path.partition("*")
    code = path.removeprefix(before).removesuffix(after) if "*" in field.path else ""
    called = (listed or {}).get(f"{before}{code}", (code, code))
    spoken = 1 if language == "zh" else 0
    return FIELDS[field.path][spoken].format(called[spoken])


TIMELINE: dict[str, Pairs] = {
    "round.amendment-entered.v1": (
        (
            "A change of the rules was entered (amendment {number}) and waits for an approver: {path}, from {before} to"
            " {after}.",
            "录入第 {number} 项规则修改，待审批人表态：{path}，由 {before} 改为 {after}。",
        ),
        ("A change of the rules was entered.", "录入一项规则修改。"),
    ),
    "round.amendment-declined.v1": (
        ("Amendment {number} of the rules was declined.", "第 {number} 项规则修改未获同意。"),
        ("A change of the rules was declined.", "一项规则修改未获同意。"),
    ),
    "round.amendment-agreed.v1": (
        (
            "An approver of the top level ({level}) agreed to amendment {number}; others of it are awaited.",
            "最高审批层级（{level}）一名审批人同意第 {number} 项规则修改，尚待该层级其他审批人表态。",
        ),
        ("An approver agreed to a change of the rules.", "一名审批人同意一项规则修改。"),
    ),
    "round.rules-amended.v1": (
        (
            "The rules changed for what begins from here on, by the top level of approval ({level}), as scores may be"
            " known (amendment {number}): {path}, from {before} to {after}. What was done before stands.",
            "因评分可能已为人所知，经最高审批层级（{level}）同意修改规则（第 {number} 项），仅适用于此后开始的事项："
            "{path}，由 {before} 改为 {after}。此前办理的事项仍然有效。",
        ),
        (
            "The rules changed for what begins from here on (amendment {number}): {path}, from {before} to {after}."
            " What was done before stands.",
            "规则修改（第 {number} 项），仅适用于此后开始的事项：{path}，由 {before} 改为 {after}。"
            "此前办理的事项仍然有效。",
        ),
        ("The rules changed.", "规则修改。"),
    ),
}
"""What happened, from the most that can be said to the least."""

TASKS: Names = {"rule-on-amendment": ("agree to a change of the rules, or decline it", "就规则修改表态")}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "not-amendable": (
        "This field of the rules doesn't change while a round runs. Quotas, places, limits, windows of days and panels"
        " can, one field at a time; posts, deadlines and forms have acts of their own.",
        "规则的这一项在轮次进行中不得修改。可逐项修改的有名额、限额、各类天数和专家组；岗位、期限和表单"
        "另有变更办法。",
    ),
    "amendment-too-late": (
        "This can change until the end of this stage, which is over, and no later ({path}): {stage}. What was decided"
        " by it stands.",
        "此项（{path}）最迟须在“{stage}”阶段结束前修改；该阶段已结束，依其作出的决定仍然有效。",
    ),
    "amendment-needs-top": (
        "Panels were drawn, so that scores may be known: what decides on the list changes by the top level of approval"
        " alone ({level}).",
        "专家组已抽取，评分可能已为人所知：决定名单的项目仅可由最高审批层级（{level}）同意修改。",
    ),
    "amendment-stale": (
        "This field has another value now ({path}): {stands}. Look at it again and enter the change anew.",
        "此项（{path}）现值为 {stands}；请核对后重新录入。",
    ),
    "amendment-takes-away": (
        "This can only grow ({path}): nobody is left with less time or protection than the call promised. It is"
        " {stands} now; enter a larger number.",
        "此项（{path}）只增不减：不得少于申报通知所承诺的时间或保障。现值为 {stands}；请填写更大的数字。",
    ),
    "amendment-unclear": (
        "The new value is not allowed here, or is the current one; enter another number in plain digits, or none"
        " where a limit is left open.",
        "新值不适用于此项，或与现值相同；请以数字填写另一数值，不设上限时填写 none。",
    ),
    "amendment-unsound": (
        "With this change the rules would not hold together: {unsound}. Enter a value that fits the others.",
        "修改后规则自相矛盾：{unsound}。请填写与其他各项相符的数值。",
    ),
    "amendment-moves-cut": (
        "This says how many are shortlisted ({path}), and scores are on their way since panels were drawn. Change it"
        " once the shortlist is fixed; then it counts for the proposal alone.",
        "此项（{path}）决定入围数量，而专家组已抽取、评分正在形成。请在入围名单确定后修改，届时仅适用于拟建名单。",
    ),
    "amendment-after-draw": (
        "A draw was committed by this ({path}): it can change before the first draw, or where it limits how many panels"
        " an expert serves on, while no draw waits.",
        "抽取已依此项（{path}）固定：须在首次抽取之前修改；每名专家参加的专家组数可在没有抽取待公开时修改。",
    ),
    "quota-used": (
        "A unit has {count:recommendation|recommendations} standing already; the quota can't be less than that.",
        "已有单位作出 {count} 项有效推荐；名额不得少于此数。",
    ),
    "no-amendment": (
        "No amendment of this number waits; look at the round's timeline for the one that does.",
        "没有此编号的待表态修改；请在本轮时间线中核对。",
    ),
    "own-amendment": (
        "Whoever entered a change of the rules doesn't rule on it; another approver must.",
        "录入规则修改者不得自行表态；须由另一审批人办理。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
