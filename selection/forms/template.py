"""A form as a file to fill in: YAML with a blank for each field, and labels, help and limits as comments."""

from collections.abc import Iterator, Sequence

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

Said = tuple[str, str]
"""The same in Chinese and in English."""

REQUIRED: Said = ("必填", "required")
FOR_APPLICANT: Said = ("告知申报单位，不具名", "for the applicant, without your name")
PUBLIC: Said = ("名单公示或发布后公开", "public once it stands in a published list")
KEPT: Said = ("补正时保持不变", "stays as handed in when the application is mended")
FILE: Said = ("{file: PATH}、{ref: ID} 或文字", "{file: PATH}, {ref: ID} or a text")
ABOUT: tuple[Said, ...] = (
    (
        "一字为一汉字或一外文单词；人员信息单独存放，可依法清除。`check` 列出全部问题，不提交任何内容。",
        "A word is a Chinese character or a word of another script. What is about people is kept apart and can be"
        " erased. `check` names every fault and sends nothing.",
    ),
)
EVERY = ("zh", "en")


def write_template(
    form: Form, choices: Choices, languages: Sequence[str] = EVERY, beside: Sequence[str] = ()
) -> str:
    """Return the file's text in these languages, with the lines that ask `beside` the form first.

    As it is, it reads as no answers at all.
    """
    return _Template(choices, languages).write(form, beside)


def say_in(languages: Sequence[str], zh: str, en: str) -> str:
    """Return what is said in those of the languages that a template is in."""
    return " ".join(_spoken(languages, zh, en))


def _spoken(languages: Sequence[str], zh: str, en: str) -> list[str]:
    return [text for language, text in (("zh", zh), ("en", en)) if language in languages]


class _Template:
    """Writes a form in the languages of its round."""

    def __init__(self, choices: Choices, languages: Sequence[str]) -> None:
        self._choices = choices
        self._languages = languages

    def write(self, form: Form, beside: Sequence[str]) -> str:
        lines = [
            f"# {self._say(form.zh, form.en)}",
            f"# {self._say('版本', 'version')}: {form.version}",
            *self._help_of(form.help),
            *(f"# {line}" for zh, en in ABOUT for line in self._spoken(zh, en)),
            *beside,
        ]
        for section in form.sections:
            lines += ["", f"# ==== {self._say(section.zh, section.en)} ====", *self._help_of(section.help)]
            for field in section.fields:
                lines += ["", *self._describe(field), *self._blank(field)]
        return "\n".join(lines) + "\n"

    def _spoken(self, zh: str, en: str) -> list[str]:
        return _spoken(self._languages, zh, en)

    def _say(self, zh: str, en: str) -> str:
        return say_in(self._languages, zh, en)

    def _help_of(self, pair: Pair | None, indent: str = "") -> list[str]:
        return [] if pair is None else [f"{indent}# {line}" for line in self._spoken(pair.zh, pair.en)]

    def _describe(self, field: Asked, indent: str = "") -> list[str]:
        said = [
            self._say(field.zh, field.en),
            *([self._say(*REQUIRED)] if field.required else []),
            *([self._say(*FOR_APPLICANT)] if field.told else []),
            *([self._say(*PUBLIC)] if field.public else []),
            *([self._say(*KEPT)] if field.kept else []),
            *self._limits(field),
        ]
        if field.shown is not None:
            answers = ", ".join(field.shown.one_of)
            asked = field.shown.field
            said.append(self._say(f"仅当 {asked} 为 {answers} 时填写", f"only where {asked} is {answers}"))
        lines = [f"{indent}# " + "; ".join(said), *self._help_of(field.help, indent)]
        options: tuple[Named, ...] = ()
        if isinstance(field, ChoiceField):
            options = tuple(options_of(field, self._choices))
        if isinstance(field, UnitField):
            options = tuple(field.kinds)
        return [
            *lines,
            *(f"{indent}#   {option.code}: {self._say(option.zh, option.en)}" for option in options),
        ]

    def _limits(self, field: Asked) -> Iterator[str]:
        match field:
            case TextField():
                if field.words is not None:
                    yield self._say(f"至多 {field.words} 字", f"at most {field.words} words")
                if field.least_words is not None:
                    yield self._say(f"至少 {field.least_words} 字", f"at least {field.least_words} words")
            case NumberField():
                if field.measure is not None:
                    yield self._say(f"单位：{field.measure.zh}", f"in {field.measure.en}")
                if field.places:
                    places = number_of(field.places, "place", "places")
                    yield self._say(f"至多 {field.places} 位小数", f"at most {places}")
                yield from _between(field.least, field.most)
            case DateField():
                yield "YYYY-MM-DD"
                yield from _between(field.first, field.last)
            case _:
                yield from self._form_of(field)

    def _form_of(self, field: Asked) -> Iterator[str]:
        match field:
            case ChoiceField(many=True):
                yield self._say("可多选，写作 [a, b]", "several, as [a, b]")
            case FileField():
                yield self._say(*FILE)
                yield self._say("至多", "at most") + f" {field.megabytes} MB"
                if field.types:
                    yield ", ".join(field.types)
            case TableField():
                yield self._say(f"至多 {field.rows} 行", f"at most {field.rows} rows")
            case UnitField() | CreditCodeField():
                yield self._say("编码方式", "schemes") + f": {', '.join(field.schemes)}"
                if isinstance(field, UnitField) and field.registered:
                    yield self._say("须为已登记单位", "of the register of units")
            case PeopleField():
                yield self._say(
                    f"至多 {field.most} 人，写登记编号：[a, b]",
                    f"at most {field.most}, by registered id: [a, b]",
                )

    def _blank(self, field: Asked) -> list[str]:
        match field:
            case TableField():
                rows: list[str] = []
                for number, column in enumerate(field.columns):
                    start = "  - " if not number else "    "
                    rows += [*self._describe(column, "    "), f"{start}{column.code}:"]
                return [f"{field.code}:", *rows]
            case UnitField():
                names = self._spoken("name_zh", "name_en")
                return [f"{field.code}:", *_parts(("code", "kind", "region", *names), many=field.many)]
            case PersonField():
                return [f"{field.code}:", *_parts(("name", "person", *field.asks), many=False)]
        return [f"{field.code}:"]


def _between(least: object, most: object) -> Iterator[str]:
    if least is not None:
        yield f"≥ {least}"
    if most is not None:
        yield f"≤ {most}"


def _parts(names: tuple[str, ...], *, many: bool) -> list[str]:
    first, other = ("  - ", "    ") if many else ("  ", "  ")
    return [f"{other if number else first}{name}:" for number, name in enumerate(names)]
