"""What can be wrong with answers: each fault has a place, a stable code, and a sentence that says what to do."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from selection.kernel.counting import fill

SENTENCES: dict[str, tuple[str, str]] = {
    "code-authority": (
        "is no credit code: its first character names no registration authority; copy it from the certificate",
        "不是有效的统一社会信用代码：首位不是登记管理部门代码，请按证照照录",
    ),
    "code-character": (
        "is no credit code: its character {place} is none that such a code has (no I, O, S, V, Z, no lower case)",
        "不是有效的统一社会信用代码：第 {place} 位字符不在允许范围（无 I、O、S、V、Z 及小写字母），请核对",
    ),
    "code-check-digit": (
        "has a last character that does not go with the others: one of them is mistyped; compare with the certificate",
        "的校验码与其他各位不符，其中必有一位有误，请对照证照核对",
    ),
    "code-division": (
        "is no credit code: its characters 3 to 8, the administrative division, are digits; copy it anew",
        "不是有效的统一社会信用代码：第 3 至 8 位（行政区划）应为数字，请照录",
    ),
    "code-form": (
        "has not the form of its scheme (foreign:DE-HRB1234, lei: 20 characters, 99SYNTH and digits); correct it",
        "不符合所属编码方式的格式（foreign:DE-HRB1234；lei 为 20 位；99SYNTH 加数字），请改正",
    ),
    "code-length": (
        "has {count:character|characters} instead of {wanted}; copy it from the certificate",
        "有 {count} 位，应为 {wanted} 位，请按证照照录",
    ),
    "code-prefixed": (
        "has its scheme before a code that is written without one; leave out what stands before the colon",
        "此类代码不写编码方式，请去掉冒号及其前面的内容",
    ),
    "empty": ("is empty; write something, or leave the field out", "为空；请填写，或不填该项"),
    "file-too-large": (
        "is larger than {limit} MB; hand in a smaller file",
        "超过 {limit} MB，请提交较小的文件",
    ),
    "file-type": (
        "is a file of another type; hand in one of {types}",
        "文件类型不符，请提交以下类型之一：{types}",
    ),
    "file-unnamed": (
        "are files that no answer names, or answers name files that were not handed in; name each file once",
        "有文件未被任何答案引用，或答案引用了未提交的文件；请逐一对应",
    ),
    "file-outside": (
        "is outside of the folder of the filled-in file, or hidden in it; put it beside that file or below, or store it"
        " with `file put` and write {{ref: ID}}",
        "不在所填文件所在文件夹内，或为其中的隐藏文件；请放入该文件夹或其下级文件夹，"
        "或先以 `file put` 存入再写 {{ref: 编号}}",
    ),
    "file-unread": (
        "is no file that can be read here (a text, {{text: ...}}, {{file: PATH}} or {{ref: ID}}, at most 20 MB);"
        " correct the path",
        "不是此处可读取的文件（应为文字、{{text: ...}}、{{file: 路径}} 或 {{ref: 编号}}，至多 20 MB），请核对路径",
    ),
    "formula": (
        "begins like the formula of a spreadsheet; put a word or a space with a digit in front",
        "开头形似电子表格公式；请在前面加上文字",
    ),
    "hidden-character": (
        "has a character at place {place} that cannot be seen or turns the text around; write it anew",
        "第 {place} 个字符不可见或会改变文字方向，请重新键入",
    ),
    "malformed": (
        "has not the form that is asked for (an id: letters, digits, . _ -; a month: YYYY-MM); correct it",
        "格式不符（编号只含字母、数字和 . _ -；年月写作 YYYY-MM），请改正",
    ),
    "missing": ("not answered yet: fill it in", "未填写，请补充"),
    "missing-file": ("not there yet: add the file", "未上传，请上传文件"),
    "not-a-choice": (
        "is not one of the options; write one of their codes",
        "不在选项之内，请填写选项代码",
    ),
    "not-a-date": (
        "is not a date; write YYYY-MM-DD",
        "不是日期，请按 YYYY-MM-DD 填写",
    ),
    "not-a-number": (
        "is not a number with at most {places:place|places}; write it like 1234.5 or 1,234.5, without unit: a comma "
        "only stands between groups of three digits, and nowhere where three or more places are asked for",
        "不是数字，或小数超过 {places} 位；请写作 1234.5 或 1,234.5，不加单位；逗号仅可用作千位分隔符，"
        "要求三位以上小数时请勿用逗号",
    ),
    "not-whole": (
        "must be a whole number; write it like 21000000 or 21,000,000, without unit: a comma only stands between "
        "groups of three digits",
        "应为整数；请写作 21000000 或 21,000,000，不加单位；逗号仅可用作千位分隔符",
    ),
    "not-a-step": ("must be a multiple of {step}", "应为 {step} 的倍数"),
    "not-asked": (
        "is not asked here, as another answer stands; leave it out, or change {field}",
        "在当前答案下不须填写；请删去，或修改 {field}",
    ),
    "not-canonical": (
        "is stored in another spelling than the canonical one; hand it in with `selection`",
        "未按规范形式存储；请用 `selection` 提交",
    ),
    "other-version": (
        "was filled in under another version of the form; fill in version {version}",
        "所填表单版本不符，请按 {version} 版填写",
    ),
    "out-of-range": ("must be {relation} {limit}", "应{relation_zh} {limit}"),
    "mail-form": (
        "is no mail address; write one, such as li.hua@univ.example",
        "不是电子邮箱地址；请填写一个邮箱，如 li.hua@univ.example",
    ),
    "phone-form": (
        "is no telephone number; write its digits with area or country code, such as +49 30 1234567 ext. 12",
        "不是电话号码；请填写数字并带区号或国家代码，如 010-66554321 转 12、+49 30 1234567",
    ),
    "parts-differ": (
        "is not kept where the form keeps it: personal answers apart, the others together; use `selection`",
        "未按表单规定存放：个人信息应单独存放，其余集中存放；请用 `selection` 提交",
    ),
    "repeated": ("stands twice; name it once", "重复，请只写一次"),
    "scheme-not-allowed": (
        "has a code of a scheme that is not taken here; use one of {schemes}, such as lei:CODE",
        "所用编码方式不被接受；请使用 {schemes} 之一，如 lei:代码",
    ),
    "too-deep": ("is nested too deeply to be read; write it as the template does", "嵌套过深，请按模板填写"),
    "too-few": ("has fewer than {limit:entry|entries}; add what is missing", "少于 {limit} 项，请补充"),
    "too-large": (
        "is larger than {limit} bytes; shorten it, or hand in files",
        "超过 {limit} 字节；请精简，或改交文件",
    ),
    "too-long": ("has more than {limit:character|characters}; shorten it", "超过 {limit} 个字符，请精简"),
    "too-many": ("has more than {limit:entry|entries}; leave some out", "超过 {limit} 项，请删减"),
    "too-many-words": (
        "has {count} words (each Chinese character is one), more than {limit}; shorten it",
        "有 {count} 字（每个汉字、每个外文单词计一字），超过 {limit} 字，请精简",
    ),
    "too-few-words": (
        "has {count} words (each Chinese character is one), fewer than {limit}; say more",
        "有 {count} 字（每个汉字、每个外文单词计一字），少于 {limit} 字，请补充",
    ),
    "unit-renamed": (
        "is called {name} in the register of units; correct the name or the code, or leave it if both are meant",
        "与单位登记中的名称（{name}）不一致；请核对名称和代码，确认无误可保留",
    ),
    "unit-unregistered": (
        "is the code of no unit in force in the register; correct it, or have an administrator register the unit",
        "不是单位登记中的有效单位；请核对代码，或请管理员登记该单位",
    ),
    "unknown-field": (
        "is no field of the form; remove it, or see how it is spelt in the template",
        "不是表单中的项目；请删去，或按模板核对名称",
    ),
    "unreadable": (
        "cannot be read as JSON with each key once and whole numbers only; write it with `selection`",
        "不是可读的 JSON（键名不得重复，只可用整数）；请用 `selection` 提交",
    ),
    "wrong-type": ("must be {wanted}", "应为{wanted_zh}"),
}
"""What is wrong and what to do: code -> (English, Chinese), to be read after the place."""

TYPES: dict[str, tuple[str, str]] = {
    "array": ("a list", "列表"),
    "integer": ("a whole number", "整数"),
    "object": ("a mapping of fields to answers", "项目与答案的映射"),
    "string": ("a text", "文本"),
}
"""What a JSON type is called."""


class AnswerFault(NamedTuple):
    """One fault: where (a path such as `team[2].name`), which, and what the sentence names. Never an answer itself.

    Where a sentence of its own says it better, `said_as` names that; the record keeps the code.
    """

    path: str
    code: str
    params: dict[str, str] = {}

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """Return what is wrong and what to do, to be read after the place."""
        said = self.params.get("said_as", self.code)
        return fill(SENTENCES[said][lang == "zh"], self.params)

    @property
    def for_record(self) -> str:
        """The fault as a record keeps it: place and code."""
        return f"{self.path} {self.code}"


class Unreadable(Exception):
    """A text that holds no answers: refused before anything is built of it."""

    def __init__(self, fault: AnswerFault) -> None:
        self.fault = fault
        super().__init__(fault.for_record)


def path_of(place: Iterable[str | int]) -> str:
    """Return a place as people write it, `team[2].name`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else ("." if text else "") + part
    return text or "(form)"
