"""The fields of an application's state in words, and their values as people read them."""

from datetime import datetime
from typing import Any

from audit.story.changes import Change
from selection.kernel.instants import show_instant
from selection.kernel.zone import BEIJING, Zone
from selection.wording.code_names import DEADLINES, DUTIES, OUTCOMES, ROUND_STAGES, STAGES, VERDICTS, name_of
from starter.cli.column_labels import VALUES
from starter.replay.decided_words import FIELDS as DECIDED

FIELDS: dict[str, tuple[str, str]] = {
    "abstained": ("abstained", "弃权"),
    "agent": ("agent of the host unit", "申报经办人"),
    "agreement": ("joint-formation agreement", "共建协议"),
    "alternates": ("alternates", "备选专家"),
    "answer": ("answer", "答案项"),
    "appraisal": ("appraisal", "综合论证"),
    "asked": ("asked to confirm co-building", "请求确认共建"),
    "at": ("at", "时间"),
    "avoid": ("experts to avoid", "申请回避专家"),
    "chair": ("chair", "组长"),
    "co_builders": ("co-builders", "共建单位"),
    "code": ("credit code", "信用代码"),
    "confirmed": ("confirmed as co-builder", "已确认共建"),
    "content": ("content", "内容"),
    "decisions": ("decisions, and which were reversed", "各项决定及撤销情况"),
    "draws": ("draws", "抽取"),
    "earlier": ("earlier panel", "原专家组"),
    "employers": ("employers of the experts", "专家所在单位"),
    "evidence": ("evidence", "证明材料"),
    "examiners": ("examiners", "核查人员"),
    "expert": ("expert", "专家"),
    "fewer": ("scores that are enough", "足够评分数"),
    "field": ("field", "领域"),
    "form": ("form", "申报书"),
    "form_changes": ("forms that changed", "变更的表单"),
    "form_version": ("version of the form", "表单版本"),
    "former": ("gave up a seat", "曾任席位者"),
    "fraud": ("fraud reported", "弄虚作假报告"),
    "fund_yuan": ("funds in yuan", "经费（元）"),
    "guessed": ("years without a calendar", "未载明工作日的年份"),
    "hands": ("had a hand in it", "经手人员"),
    "host": ("host unit", "依托单位"),
    "inactive": ("may not act by the register", "人员登记已停用"),
    "intake_ended": ("recommendation deadline at the check", "审查开启时的推荐截止"),
    "invited_at": ("invited", "邀请时间"),
    "joined": ("on the survey team since", "加入实勘组时间"),
    "kind": ("kind of unit", "单位类型"),
    "lead": ("leader of the survey team", "实勘组负责人"),
    "lot": ("lot", "抽签值"),
    "mean": ("mean", "平均分"),
    "meeting": ("meeting of the panel", "论证会"),
    "missed": ("seats lost by silence since", "席位因未答复而空缺自"),
    "name_en": ("name in English", "英文名称"),
    "name_zh": ("name in Chinese", "中文名称"),
    "noticed": ("in the public notice", "已公示"),
    "objections": ("objection", "异议"),
    "objector": ("objector", "异议人"),
    "officers": ("officers", "经办人员"),
    "outcome": ("outcome", "结果"),
    "people": ("people", "人员"),
    "person": ("person", "人员"),
    "personal": ("personal answers", "个人信息项"),
    "place": ("place", "位次"),
    "pledge": ("pledge", "承诺书"),
    "pledged": ("pledged", "已签承诺者"),
    "priority": ("priority", "方向"),
    "proposal": ("proposal", "名单版本"),
    "rank": ("rank", "排名"),
    "reasons": ("reasons", "理由"),
    "recommended_by": ("recommended by", "推荐经办人"),
    "recommended_revision": ("recommended version", "获推荐版本"),
    "refusals": ("refused acts", "被拒操作数"),
    "region": ("region", "地区"),
    "reminded": ("reminded", "已提醒"),
    "reporter": ("reporter", "报告人"),
    "reports": ("report of a conflict", "利益冲突报告"),
    "requests": ("request for review", "复核申请"),
    "respond_by": ("answer due", "答复截止"),
    "review_by": ("review due", "评审截止"),
    "reviews": ("review of seat", "评审，席位"),
    "revision": ("version handed in", "申报版本"),
    "score": ("score", "评分"),
    "scores": ("scores", "各项评分"),
    "seals": ("seals", "盖章页"),
    "seats": ("seat", "席位"),
    "sent_back": ("times sent back", "退回次数"),
    "settling": ("entered to settle the panel", "专家组处置录入"),
    "shown": ("shown", "显示分"),
    "since": ("in this stage since", "本阶段开始"),
    "since_of": ("tasks without a date wait since", "无期限事项起始"),
    "staff": ("staff", "人员数"),
    "stage": ("stage", "阶段"),
    "status": ("state", "状态"),
    "submission": ("application as handed in", "申报内容"),
    "supervisors": ("supervisors", "监督人员"),
    "team": ("survey team", "实勘组"),
    "technical": ("mean of the tie-break criterion", "并列判定项平均分"),
    "text": ("text", "文本"),
    "total": ("total", "总分"),
    "unchaired": ("removed from the chair", "已终止的组长"),
    "unit": ("recommending unit", "推荐单位"),
    "until": ("until", "截止"),
    "untrimmed": ("untrimmed mean", "未截尾平均分"),
    "upheld": ("upheld", "成立"),
    "valid": ("valid reviews", "有效评审数"),
    "verdict": ("verdict of the survey", "实勘结论"),
    "void": ("void", "作废"),
    "void_meeting": ("meeting whose record was reversed", "记录已撤销的论证会"),
    "votes_against": ("votes against", "反对票"),
    "votes_for": ("votes for", "赞成票"),
}
"""A field without words here is shown by the name that JSON gives it."""

_CODES = {
    "round_stage": ROUND_STAGES,
    "stage": STAGES,
    "closed": DEADLINES,
    "outcome": OUTCOMES,
    "verdict": VERDICTS,
    "status": VALUES,
}
QUIET = frozenset(
    {
        "employers",
        "former",
        "hands",
        "invited_at",
        "joined",
        "lot",
        "asked",
        "pledged",
        "refusals",
        "remind_review",
        "review_by",
        "since",
    }
)
"""Fields that the table of a whole story leaves out; one step shows them."""


def name_field(path: str, lang: str) -> str:
    """Return a field's path in words: `seat 3, state`."""
    words: list[str] = []
    first, *_ = path.split(".")
    for part in path.split("."):
        if first == "hands" and words:
            words[-1] += f" {name_of(DUTIES, part, lang)}"
        elif first == "deadlines" and words:
            words[-1] += f" {name_of(DEADLINES, part, lang)}"
        elif (named := FIELDS.get(part) or DECIDED.get(part)) is not None:
            words.append(named[lang == "zh"])
        elif words:
            words[-1] += f" {part}"
        else:
            words.append(part)
    return ("，" if lang == "zh" else ", ").join(words)


def format_value(path: str, value: Any, lang: str, zone: Zone = BEIJING) -> str:
    """Return a field's value in one line; a reference by its id, a time as the round's zone shows it."""
    name = path.rpartition(".")[2]
    if value in (None, "", [], {}):
        return "-"
    match value:
        case bool():
            return {True: ("yes", "是"), False: ("no", "否")}[value][lang == "zh"]
        case {"id": found, "sha256": _}:
            return str(found)
        case dict():
            parts = [
                f"{_name_within(name, key, lang)} {format_value(key, item, lang, zone)}"
                for key, item in value.items()
                if key not in ("remind_review", "invited_at") and item not in (None, "", [], {})
            ]
            return ("；" if lang == "zh" else "; ").join(parts)
        case list():
            return ", ".join(format_value(path, item, lang, zone) for item in value)
        case str() if name in _CODES:
            return name_of(_CODES[name], value, lang)
    return _instant(str(value), lang, zone)


def _name_within(name: str, key: str, lang: str) -> str:
    """Return what a part of a field is called; scores bear the names of the rules' criteria."""
    if name == "scores":
        return key
    return name_of(DEADLINES, key, lang) if name == "deadlines" else name_field(key, lang)


def summarise_changes(found: list[Change], lang: str, limit: int, zone: Zone = BEIJING) -> str:
    """Return changes in one line of so many characters at most, without the quiet fields."""
    parts = [
        name_field(change.field, lang) + (": ", "：")[lang == "zh"] + _describe_move(change, lang, zone)
        for change in found
        if QUIET.isdisjoint(change.field.split("."))
    ]
    line = ("；" if lang == "zh" else "; ").join(parts)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _describe_move(change: Change, lang: str, zone: Zone) -> str:
    if isinstance(change.before, list) and isinstance(change.after, list):
        name = change.field.rpartition(".")[2]
        more = [f"+{_plain(name, item, lang)}" for item in change.after if item not in change.before]
        less = [f"−{_plain(name, item, lang)}" for item in change.before if item not in change.after]
        return " ".join((*more, *less))
    before, after = (format_value(change.field, item, lang, zone) for item in (change.before, change.after))
    return after if before in ("-", "0") else f"{before} → {after}"


def _plain(name: str, item: Any, lang: str) -> str:
    """Return an item of a list as it stands, by its name where it is a code."""
    return name_of(_CODES[name], item, lang) if name in _CODES and isinstance(item, str) else str(item)


def _instant(text: str, lang: str, zone: Zone) -> str:
    if len(text) < len("2024-08-29T00:00Z") or text[10] != "T":
        return text
    try:
        return show_instant(datetime.fromisoformat(text), lang, zone)
    except ValueError:
        return text
