"""What to write into a form's column, in both languages, with one example."""

from collections.abc import Iterator
from decimal import Decimal

from selection.forms.choices import Choices, options_of
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    TextField,
)
from selection.kernel.counting import number_of
from selection.kernel.named import Named
from tables.layout import Words

OPTIONS_AT_MOST = 60
PART_HELP: dict[str, Words] = {
    "code": (
        "The unified social credit code, or scheme:code.",
        "统一社会信用代码，或“编码方式:代码”。",
    ),
    "region": ("ISO 3166-2, such as CN-BJ.", "ISO 3166-2 代码，如 CN-BJ。"),
    "born": ("YYYY-MM.", "按 YYYY-MM 填写。"),
    "person": ("Only of who is registered.", "仅填已登记人员。"),
}


def help_of(field: Asked, choices: Choices) -> Words:
    """Return what a field's own help says, and what may be written."""
    said = [(field.help.en, field.help.zh)] if field.help else []
    said += [*_form_of(field, choices)]
    if field.shown is not None:
        answers = ", ".join(field.shown.one_of)
        said.append(
            (
                f"Only where {field.shown.field} is {answers}.",
                f"仅当 {field.shown.field} 为 {answers} 时填写。",
            )
        )
    if not said:
        return "A text.", "文本。"
    return " ".join(english for english, _ in said), "".join(chinese for _, chinese in said)


def tell_options(options: tuple[Named, ...]) -> Words:
    """Return the codes of a choice, each with what it means."""
    first = options[:OPTIONS_AT_MOST]
    return (
        "One of: " + "; ".join(f"{item.code} ({item.en})" for item in first) + ".",
        "可选：" + "；".join(f"{item.code}（{item.zh}）" for item in first) + "。",
    )


def example_of(field: Asked, choices: Choices) -> str:
    """Return what somebody might write."""
    match field:
        case ChoiceField():
            return next((option.code for option in options_of(field, choices)), "")
        case DateField():
            return "2026-03-31"
        case NumberField():
            return str(field.least or 1)
        case FileField():
            return "files/example.pdf"
        case CreditCodeField():
            return "91110000600037341L"
    return ""


def _form_of(field: Asked, choices: Choices) -> Iterator[Words]:
    match field:
        case TextField():
            yield from _of_text(field)
        case NumberField():
            yield from _of_number(field)
        case DateField():
            yield "A day, YYYY-MM-DD.", "日期，按 YYYY-MM-DD 填写。"
            yield from _between(field.first, field.last)
        case ChoiceField():
            yield tell_options(options_of(field, choices))
            if field.many:
                yield "Several codes are parted by blanks.", "可多选，代码之间用空格分隔。"
        case FileField():
            yield from _of_file(field)
        case CreditCodeField():
            yield PART_HELP["code"]
        case PeopleField():
            yield (
                f"Registered ids, parted by blanks, at most {field.most}.",
                f"登记编号，以空格分隔，至多 {field.most} 个。",
            )


def _of_text(field: TextField) -> Iterator[Words]:
    if field.least_words is not None:
        yield f"At least {field.least_words} words.", f"至少 {field.least_words} 字。"
    if field.words is not None:
        yield f"At most {field.words} words.", f"至多 {field.words} 字。"
    if field.lines:
        yield "May have several lines.", "可分行。"


def _of_number(field: NumberField) -> Iterator[Words]:
    if field.measure is not None:
        yield f"In {field.measure.en}.", f"单位：{field.measure.zh}。"
    if field.places:
        places = number_of(field.places, "decimal place", "decimal places")
        yield f"At most {places}.", f"至多 {field.places} 位小数。"
    else:
        yield "A whole number.", "整数。"
    yield from _between(field.least, field.most)


def _between(least: object, most: object) -> Iterator[Words]:
    if least is not None:
        yield f"From {_plain(least)} on.", f"不小于 {_plain(least)}。"
    if most is not None:
        yield f"Up to {_plain(most)}.", f"不大于 {_plain(most)}。"


def _plain(limit: object) -> str:
    return format(limit, "f") if isinstance(limit, Decimal) else str(limit)


def _of_file(field: FileField) -> Iterator[Words]:
    yield (
        f"The path of a file in the folder of this table or below it, or ref:ID; at most {field.megabytes} MB.",
        f"本表所在文件夹内文件的相对路径，或 ref:编号；至多 {field.megabytes} MB。",
    )
    if field.types:
        yield f"{', '.join(field.types)}.", f"{'、'.join(field.types)}。"
    if field.many:
        yield "Several files each in a line of the cell.", "多个文件在单元格内各占一行。"
