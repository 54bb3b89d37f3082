"""What can be wrong with a rules file: each fault has a place, a stable code and a sentence to read."""

from dataclasses import dataclass, field
from typing import Literal

from selection.forms.definition import SENTENCES as FORM_SENTENCES
from selection.kernel.counting import fill

SENTENCES: dict[str, tuple[str, str]] = {
    "bad_pattern": (
        "may hold letters, digits, `.`, `_`, `-` and sets such as [a-z0-9-], each with ?, *, + or a count of at most 40"
        " such as {{2,8}} behind it; no groups, alternatives or escapes",
        "只可使用字母、数字、“.”、“_”、“-”和 [a-z0-9-] 之类的字符集，其后可加 ?、*、+ 或 {{2,8}} 之类的次数（至多 40)；"
        "不得使用分组、多选和转义",
    ),
    "before_the_officer": (
        "comes before the officer is told: give it as many days or more",
        "早于告知经办人员之日：天数不得少于后者",
    ),
    "below_least": (
        "asks for less than the act does by itself, which is {least}",
        "低于该操作自身的要求（{least}）",
    ),
    "calendar_unpublished": (
        "is missing: no working days are published for {years}. Choose `weekends`, so that Monday to Friday"
        " are worked there",
        "缺失：{years} 年的工作日尚未公布。请选择 `weekends`，即按周一至周五为工作日计算",
    ),
    "choice": ("is not one of the allowed choices", "不在允许的取值之内"),
    "clashing_roles": ("holds roles that may not meet in one person", "身兼不得由一人兼任的角色"),
    "dated_kind": (
        "is no kind of task that is due so many days after it began: leave it out",
        "不是以开始后若干日为期的待办事项：请删去",
    ),
    "dates_out_of_order": ("must be {relation} {other}", "必须{relation_zh} {other}"),
    "duplicate_code": ("has a code that stands in this list already", "代码在本列表中重复"),
    "duplicate_key": ("is written twice in one mapping", "同一映射中键名重复"),
    "duplicate_language": ("names a language twice", "重复列出同一语言"),
    "duplicate_person": ("names a person twice", "重复列出同一人"),
    "float_refused": (
        "is a binary float, which is not exact: put it in quotes",
        "是二进制浮点数，不精确：请加引号",
    ),
    **FORM_SENTENCES,
    "hidden_character": (
        "has a line break, a tab or a character that nobody sees: write it in one line, and delete that character",
        "含有换行、制表符或不可见字符：请写成一行，并删除该字符",
    ),
    "invalid": ("is not valid here", "此处取值无效"),
    "left_out": (
        "belongs to a stage that `stages` leaves out: remove one of the two",
        "属于 `stages` 中已省略的阶段：请删去其一",
    ),
    "malformed": ("has the wrong form", "格式不正确"),
    "missing": ("is missing", "缺失"),
    "needed_above_approvers": (
        "asks for more approvals than the level has approvers",
        "要求的同意人数多于该级审批人数",
    ),
    "no_region": ("needs a region: its route is regional", "其推荐渠道按地区划分，必须写明地区"),
    "not_a_date": ("is not a date (write YYYY-MM-DD)", "不是日期（请写 YYYY-MM-DD）"),
    "not_a_list": ("is not a list", "不是列表"),
    "not_a_mapping": ("is not a mapping of keys to values", "不是键值映射"),
    "not_a_moment": ("is not an instant with a time zone", "不是带时区的时刻"),
    "not_a_number": ("is not a number", "不是数"),
    "not_a_text": ("is not a text (put it in quotes)", "不是文本（请加引号）"),
    "not_a_whole_number": ("is not a whole number", "不是整数"),
    "not_true_or_false": ("is neither true nor false", "不是 true 或 false"),
    "not_ascending": ("must be in ascending order, each once", "必须由小到大排列且不重复"),
    "not_descending": ("must be in descending order, each once", "必须由大到小排列且不重复"),
    "other_offsets": (
        "states offsets that the time zone does not have: leave them out, they are filled in",
        "所列时差与该时区不符：请删去，读取时自动填入",
    ),
    "out_of_range": ("must be {relation} {limit}", "必须{relation_zh} {limit}"),
    "region_on_unregional": ("has a region, but its route is not regional", "其推荐渠道不分地区，不得写地区"),
    "step_does_not_divide": ("is not a whole number of score steps", "不是评分步长的整数倍"),
    "syntax": ("is not YAML that can be read", "不是可读的 YAML"),
    "too_few_to_approve": (
        "names fewer than {least:person|people}, and two must sign {acts}, the second of whom has not agreed yet",
        "不足 {least} 人，而 {acts} 须双人签名，第二人须为尚未同意者",
    ),
    "too_few_to_draw": (
        "leaves too few for another draw once one is voided: one officer and one supervisor at least who are no "
        "administrators, and three of both together",
        "人数不足以在一次抽取作废后另行抽取：非管理员的经办人员和监督人员各至少一名，合计至少三名",
    ),
    "too_few_to_sign": (
        "names fewer than two people, and two must sign {acts}",
        "不足两人，而以下操作须双人签名：{acts}",
    ),
    "too_large": (
        "is larger than a rules file may be ({limit} bytes)",
        "超过规则文件的大小上限（{limit} 字节）",
    ),
    "too_few_outcomes": (
        "can come out in {count:way|ways} only; name numbers with {limit:result|results} at least, as nobody may know "
        "them beforehand",
        "仅有 {count} 种可能结果；任何人不得事先知悉号码，请采用至少有 {limit} 种可能结果的号码",
    ),
    "too_long": ("has more than {limit:character or item|characters or items}", "超过 {limit} 个字符或条目"),
    "too_precise": ("has more digits or places than are kept", "位数超出允许的精度"),
    "too_short": (
        "has fewer than {limit:character or item|characters or items}",
        "少于 {limit} 个字符或条目",
    ),
    "trim_leaves_nothing": ("drops all scores there are at that count", "按该数目去除后不剩任何评分"),
    "unknown_act": ("is no act that people do in a round", "不是人员在轮次中的操作"),
    "unknown_code": ("is a code that {other} does not list", "代码未列于 {other}"),
    "unknown_key": ("is not a key that the rules know", "不是规则中的键名"),
    "unknown_zone": (
        "is no time zone of the tz database; write a name such as Asia/Shanghai",
        "不是 tz 数据库中的时区；请写 Asia/Shanghai 之类的名称",
    ),
    "unspoken": (
        "is in a language that `languages` does not list: remove it, or list the language",
        "所用语言未列于 `languages`：请删去此项，或列入该语言",
    ),
    "valid_above_seats": ("asks for more valid scores than there are seats", "要求的有效评分数多于席位数"),
    "weights_off": ("have weights that do not sum to the full marks, {full}", "权重之和不等于满分 {full}"),
    "yaml_alias": (
        "uses a YAML alias or tag, which rules files may not",
        "使用了规则文件不允许的 YAML 别名或标签",
    ),
}


@dataclass(frozen=True, slots=True)
class RulesFault:
    """One fault: where (a path such as `panel.seats`), which, and the line of the file where known."""

    path: str
    code: str
    params: dict[str, str] = field(default_factory=dict)
    line: int | None = None

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """Return what is wrong, to be read after the path; never a value out of the file."""
        return fill(SENTENCES[self.code][lang == "zh"], self.params)


class RulesFaults(ValueError):
    """A rules text that cannot be used, with every fault found in it, in the order of the file's lines."""

    def __init__(self, faults: tuple[RulesFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{path}: {sentence}" for path, sentence in self.list_faults()))

    def list_faults(self, lang: Literal["en", "zh"] = "en") -> list[tuple[str, str]]:
        """Return (path, sentence) of every fault."""
        return [(fault.path, fault.sentence(lang)) for fault in self.faults]
