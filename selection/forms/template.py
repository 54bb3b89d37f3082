"""A form as a file to fill in: YAML with a blank for each field, and labels, help and limits as comments."""

from collections.abc import Iterator

from selection.forms.choices import Choices, options_of
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    Pair,
    PeopleField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form
from selection.kernel.counting import number_of
from selection.kernel.named import Named

REQUIRED = "必填 required"
FILE = "{file: PATH}、{ref: ID} 或文字 or a text"


def write_template(form: Form, choices: Choices) -> str:
    """Return the file's text. As it is, it reads as no answers at all."""
    lines = [
        f"# {form.zh} {form.en}",
        f"# 版本 version: {form.version}",
        *_help_of(form.help),
        "# 一字为一汉字或一外文单词；人员信息单独存放，可依法清除。",
        "# A word is a Chinese character or a word of another script. What is about people is kept apart and can be",
        "# erased. `selection apply check` names every fault and sends nothing.",
    ]
    for section in form.sections:
        lines += ["", f"# ==== {section.zh} {section.en} ====", *_help_of(section.help)]
        for field in section.fields:
            lines += ["", *_describe(field, choices), *_blank(field, choices)]
    return "\n".join(lines) + "\n"


def _help_of(pair: Pair | None, indent: str = "") -> list[str]:
    return [] if pair is None else [f"{indent}# {pair.zh}", f"{indent}# {pair.en}"]


def _describe(field: Asked, choices: Choices, indent: str = "") -> list[str]:
    said = [f"{field.zh} {field.en}", *([REQUIRED] if field.required else []), *_limits(field)]
    if field.shown is not None:
        answers = ", ".join(field.shown.one_of)
        said.append(
            f"仅当 {field.shown.field} 为 {answers} 时填写 only where {field.shown.field} is {answers}"
        )
    lines = [f"{indent}# " + "; ".join(said), *_help_of(field.help, indent)]
    if isinstance(field, ChoiceField):
        lines += [_option(option, indent) for option in options_of(field, choices)]
    if isinstance(field, UnitField):
        lines += [_option(kind, indent) for kind in field.kinds]
    return lines


def _option(option: Named, indent: str) -> str:
    return f"{indent}#   {option.code}: {option.zh} {option.en}"


def _limits(field: Asked) -> Iterator[str]:
    match field:
        case TextField():
            if field.words is not None:
                yield f"至多 {field.words} 字 at most {field.words} words"
            if field.least_words is not None:
                yield f"至少 {field.least_words} 字 at least {field.least_words} words"
        case NumberField():
            if field.measure is not None:
                yield f"单位 in: {field.measure.zh} {field.measure.en}"
            if field.places:
                yield f"至多 {field.places} 位小数 at most {number_of(field.places, 'place', 'places')}"
            yield from _between(field.least, field.most)
        case DateField():
            yield "YYYY-MM-DD"
            yield from _between(field.first, field.last)
        case _:
            yield from _form_of(field)


def _form_of(field: Asked) -> Iterator[str]:
    match field:
        case ChoiceField(many=True):
            yield "可多选，写作 several, as: [a, b]"
        case FileField():
            yield f"{FILE}; 至多 at most {field.megabytes} MB"
            if field.types:
                yield ", ".join(field.types)
        case TableField():
            yield f"至多 {field.rows} 行 at most {field.rows} rows"
        case UnitField() | CreditCodeField():
            yield f"编码方式 schemes: {', '.join(field.schemes)}"
        case PeopleField():
            yield f"至多 {field.most} 人，写登记编号 at most {field.most}, by registered id: [a, b]"


def _between(least: object, most: object) -> Iterator[str]:
    if least is not None:
        yield f"≥ {least}"
    if most is not None:
        yield f"≤ {most}"


def _blank(field: Asked, choices: Choices) -> list[str]:
    match field:
        case TableField():
            rows: list[str] = []
            for number, column in enumerate(field.columns):
                start = "  - " if not number else "    "
                rows += [*_describe(column, choices, "    "), f"{start}{column.code}:"]
            return [f"{field.code}:", *rows]
        case UnitField():
            parts = ("code", "kind", "region", "name_zh", "name_en")
            return [f"{field.code}:", *_parts(parts, many=field.many)]
        case PersonField():
            return [f"{field.code}:", *_parts(("name", "person", *field.asks), many=False)]
    return [f"{field.code}:"]


def _parts(names: tuple[str, ...], *, many: bool) -> list[str]:
    first, other = ("  - ", "    ") if many else ("  ", "  ")
    return [f"{other if number else first}{name}:" for number, name in enumerate(names)]
