"""A review as a table to take along: each question in a row with what the draft has; and what was filled in there.

The last rows say what it is of, so that no sheet of another application or of an earlier form is taken for this one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from portal.forms.columns import columns_of, has_rows, is_group, rows_of
from portal.forms.typed import ANSWER, MOST_ROWS, SCORE, Typed, rows_in
from portal.wording.catalogue import say
from reading.models import RoundForm
from selection.forms.choices import options_of
from selection.forms.fields import Asked, ChoiceField, FileField
from selection.kernel.hidden_characters import mark_hidden
from selection.kernel.named import Named
from tables.grid import Grid
from tables.layout import Column, Layout, Words, match_layout
from tables.sentences import describe_fault
from tables.template import template_xlsx

OF, FORM, DRAFT = "application", "form", "draft"
"""What a sheet says of itself: of which application it is, of which form, and of which version of the draft."""
LONGEST_CELL = 32_000
"""Characters that a cell of a spreadsheet takes [D]: a longer answer stays in the draft."""
ROWS_MORE = 3
"""Empty rows of a table behind those that are filled in [D]."""
_NUMBER = re.compile(r"\.[0-9]{1,3}(?=\.|$)")
LAYOUT = Layout(
    "review",
    ("Review", "材料评审"),
    (
        Column("question", ("Question", "项目"), ("What is asked.", "填写项目。"), width=36),
        Column("about", ("About it", "说明"), ("What can be answered.", "填写要求。"), width=48),
        Column("answer", ("Your answer", "您的填写"), ("Type here.", "在此填写。"), width=70),
        Column(
            "field",
            ("Leave as it is", "请勿改动"),
            ("By this the row is known.", "系统据此识别。"),
            True,
            width=24,
        ),
    ),
    ("Example", "0–20", "17", "example"),
)
LAYOUTS = (LAYOUT, replace(LAYOUT, example=("示例", *LAYOUT.example[1:])))
"""The same with its example in English and in Chinese."""
EXAMPLE, PASSED_OVER = LAYOUT.example[3], ("", LAYOUT.example[2])
"""By which the row of the example is known, and what stands there where nobody typed into it."""


class Question(NamedTuple):
    """A row: the name of its field in the page, what is asked, what can be answered, and the options of a choice."""

    name: str
    asked: Words
    about: Words
    options: tuple[Named, ...] = ()
    many: bool = False


class ReadSheet(NamedTuple):
    """What stands in a sheet: answers by field, empty ones too; and the version of the draft that it was made of."""

    answers: dict[str, tuple[str, ...]]
    draft: int


def write_sheet(place: str, form: RoundForm, typed: Typed, version: int, language: str) -> bytes:
    """Return the sheet as XLSX, with what is typed so far."""
    lang = int(language == "zh")
    rows = [
        {
            "question": item.asked[lang],
            "about": item.about[lang],
            "answer": _show(item, typed, item.name, lang),
            "field": item.name,
        }
        for item in list_questions(form, typed)
        if sum(map(len, typed.get(item.name, ()))) < LONGEST_CELL
    ]
    said = say("reviews.offline-own-row", language)
    own = ((OF, place), (FORM, form.form.version), (DRAFT, str(version)))
    rows += [{"question": said, "answer": value, "field": name} for name, value in own]
    return template_xlsx(LAYOUTS[lang], lang, rows=rows)


def read_sheet(grid: Grid, place: str, form: RoundForm, language: str, typed: Typed) -> ReadSheet | list[str]:
    """Return what a sheet says, or in words every fault of it.

    An answer that stands there as the draft's was written is the draft's, with all that no cell holds.
    """
    lang = int(language == "zh")
    matched = match_layout(grid, LAYOUTS[lang], lang)
    if matched.faults:
        return [f"{fault.cell}{':：'[lang]} {describe_fault(fault, lang)}" for fault in matched.faults]
    values = {row.values["field"]: row.values.get("answer", "") for row in matched.rows}
    if len(values) < len(matched.rows):
        return [say("reviews.offline-twice", language)]
    if values.pop(EXAMPLE, "") not in PASSED_OVER:
        return [say("reviews.offline-example", language)]
    of, version, draft = (values.pop(name, "") for name in (OF, FORM, DRAFT))
    if of != place or not (draft.isascii() and draft.isdigit() and len(draft) <= 18):
        return [say("reviews.offline-other", language)]
    if version != form.form.version:
        return [say("reviews.offline-changed", language)]
    known = {_number_none(item.name): item for item in list_questions(form, {})}
    if any(_number_none(name) not in known for name in values):
        return [say("reviews.offline-unknown", language)]
    answers = {name: _read(known[_number_none(name)], typed, name, text) for name, text in values.items()}
    return ReadSheet(answers, int(draft))


def merge(typed: Typed, answers: Mapping[str, tuple[str, ...]]) -> Typed:
    """Return a draft in which the answers of a sheet stand; what the sheet did not ask for stays."""
    kept = {name: values for name, values in typed.items() if name not in answers}
    return {**kept, **{name: values for name, values in answers.items() if values}}


def list_questions(form: RoundForm, typed: Typed) -> Iterator[Question]:
    """Yield the questions of a review in their order, files left out, which no cell holds."""
    for item in form.criteria:
        about = ("forms.scale", {"top": item.top, "step": form.score_step})
        en, zh = (say(about[0], language, about[1]) for language in ("en", "zh"))
        yield Question(f"{SCORE}{item.code}", (item.en, item.zh), (en, zh))
    for field in form.form.fields():
        name = f"{ANSWER}{field.code}"
        if is_group(field):
            yield from _list_parts(form, field, name, "")
        elif has_rows(field):
            filled = [number + 1 for number in rows_in(name, typed)]
            most = min(max([0, *filled]) + ROWS_MORE, rows_of(field)[1], MOST_ROWS)
            for number in range(most):
                yield from _list_parts(form, field, f"{name}.{number}", f" {number + 1}")
        elif not isinstance(field, FileField):
            yield _ask(form, field, name, (field.en, field.zh))


def _list_parts(form: RoundForm, field: Asked, name: str, row: str) -> Iterator[Question]:
    for part in columns_of(field, form):
        if not isinstance(part, FileField):
            asked = (f"{field.en}{row} – {part.en}", f"{field.zh}{row}：{part.zh}")
            yield _ask(form, part, f"{name}.{part.code}", asked)


def _ask(form: RoundForm, field: Asked, name: str, asked: Words) -> Question:
    options = options_of(field, form) if isinstance(field, ChoiceField) else ()
    many = isinstance(field, ChoiceField) and field.many
    return Question(name, asked, (_tell(field, options, 0), _tell(field, options, 1)), tuple(options), many)


def _tell(field: Asked, options: tuple[Named, ...], lang: int) -> str:
    language = ("en", "zh")[lang]
    said = [field.help.zh if lang else field.help.en] if field.help else []
    said += [] if field.required else [say("forms.optional", language)]
    if options:
        between = "；" if lang else "; "
        said.append(
            say("reviews.offline-options", language) + between.join(_name(one, lang) for one in options)
        )
    return "\n".join(said)


def _name(option: Named, lang: int) -> str:
    return option.zh if lang else option.en


def _show(item: Question, typed: Typed, name: str, lang: int) -> str:
    """Return what the draft has of a field, as it is written into the sheet."""
    names = {one.code: _name(one, lang) for one in item.options}
    return "\n".join(names.get(value, value) for value in typed.get(name, ()))


def _read(item: Question, typed: Typed, name: str, text: str) -> tuple[str, ...]:
    """Return an answer as a page sends it: the draft's where nobody touched it, in whichever language."""
    text = text.replace("\r\n", "\n")
    if text in [_put_into_cell(_show(item, typed, name, lang)) for lang in (0, 1)]:
        return tuple(typed.get(name, ()))
    return tuple(_read_anew(item, text))


def _read_anew(item: Question, text: str) -> Iterator[str]:
    """Yield of a choice its codes, by whichever of their names they were written; else the text."""
    codes = {
        _put_into_cell(name).casefold(): one.code
        for one in item.options
        for name in (one.code, one.en, one.zh)
    }
    for line in text.split("\n") if item.many else [text]:
        # A name may have a semicolon of its own.
        whole = not item.many or line.strip().casefold() in codes
        for part in [line] if whole else re.split("[;；]", line):
            if part.strip():
                yield codes.get(part.strip().casefold(), part) if codes else part


def _put_into_cell(text: str) -> str:
    """Return what is read of a cell into which a text was written."""
    return mark_hidden(text).strip()


def _number_none(name: str) -> str:
    return _NUMBER.sub(".#", name)
