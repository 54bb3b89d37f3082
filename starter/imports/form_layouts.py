"""A form as a table: one sheet with a row for each application, and one for each field that has rows of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from selection.forms.choices import Choices, option_codes
from selection.forms.fields import (
    Asked,
    ChoiceField,
    FileField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form
from selection.kernel.hidden_characters import mark_hidden
from starter.imports.form_help import PART_HELP, example_of, help_of, tell_options
from starter.papers.part_names import PARTS
from tables.layout import Column, Layout, Words
from tables.template import HELP

KEY = "row-id"
"""The column by which rows belong together; no field can be called so."""
UNIT_PARTS = ("code", "kind", "region", "name_zh", "name_en")
_TAB = 31
"""The most characters of a sheet's name."""

_ID = Column(
    KEY,
    ("Row id", "行编号"),
    (
        "A name of your own for the application, of at most 40 characters; further sheets say by it where they belong.",
        "自定的申报行编号，至多 40 个字符；其余工作表据此对应。",
    ),
    required=True,
    width=14,
)


@dataclass(frozen=True)
class FormSheets:
    """The first sheet, and the further ones by the field whose rows they hold."""

    main: Layout
    further: Mapping[str, Layout]

    def field_of(self, sheet: str) -> str | None:
        """Return which field's rows a sheet holds by its name, in either language or as the field's code."""
        wanted = sheet.casefold()
        for code, layout in self.further.items():
            if wanted in {name.casefold() for name in (layout.code, *layout.title)}:
                return code
        return None


def sheets_of(form: Form, choices: Choices) -> FormSheets:
    """Return the sheets that a form is filled in on for many applications."""
    main = [
        column for field in form.fields() if not _has_sheet(field) for column in _columns_of(field, choices)
    ]
    tabled = [field for field in form.fields() if _has_sheet(field)]
    first = _layout("applications", ("Applications", "申报"), main)
    shorts = _shorten([field.code for field in tabled])
    counts = Counter(name.casefold() for name in (*first.title, *HELP))
    for field in tabled:
        counts.update({tab.casefold() for tab in (*_tabs(field), shorts[field.code])})
    further = {}
    for field in tabled:
        tabs, short = _tabs(field), shorts[field.code]
        clear = all(tab and counts[tab.casefold()] == 1 for tab in tabs)
        further[field.code] = _layout(
            short, tabs if clear else (short, short), list(_row_columns(field, choices))
        )
    return FormSheets(first, further)


def _has_sheet(field: Asked) -> bool:
    return isinstance(field, TableField) or (isinstance(field, UnitField) and field.many)


def _shorten(codes: list[str]) -> dict[str, str]:
    """Return a name of a sheet for each code, as short as one may be."""
    begun = Counter(code[:_TAB] for code in codes)
    return {
        code: code[:_TAB] if begun[code[:_TAB]] == 1 else f"{code[: _TAB - 4]}-{number}"
        for number, code in enumerate(codes)
    }


def _tabs(field: Asked) -> Words:
    english, chinese = (re.sub(r"[\[\]:*?/\\'#]", " ", mark_hidden(title)) for title in (field.en, field.zh))
    return " ".join(english.split())[:_TAB].strip(), " ".join(chinese.split())[:_TAB].strip()


def _layout(code: str, title: Words, columns: list[tuple[Column, str]]) -> Layout:
    """Return a layout whose columns can't be taken for each other: where titles could be, codes stand for them."""
    every = [(_ID, "example"), *columns]
    names = Counter(name for column, _ in every for name in column.names())
    clear = tuple(
        column
        if all(names[name] == 1 for name in column.names())
        else replace(column, title=(column.code,) * 2)
        for column, _ in every
    )
    return Layout(code, title, clear, tuple(example for _, example in every))


def _row_columns(field: Asked, choices: Choices) -> Iterator[tuple[Column, str]]:
    if isinstance(field, TableField):
        for column in field.columns:
            yield from _columns_of(column, choices)
    elif isinstance(field, UnitField):
        for part in UNIT_PARTS:
            title = (PARTS[part][0].capitalize(), PARTS[part][1])
            yield _part(field, part, part, title, needed=part in UNIT_PARTS[:3])


def _columns_of(field: Asked, choices: Choices) -> Iterable[tuple[Column, str]]:
    needed = field.required and field.shown is None
    parts: tuple[str, ...]
    always: tuple[str, ...]
    match field:
        case UnitField():
            parts, always = UNIT_PARTS, UNIT_PARTS[:3]
        case PersonField():
            parts, always = ("name", "person", *field.asks), ("name", *field.asks)
        case _:
            several = isinstance(field, ChoiceField) and field.many
            codes = option_codes(field, choices) if isinstance(field, ChoiceField) and not several else ()
            width = 40 if isinstance(field, TextField | FileField) else 18
            title = (_clean_heading(field.en, field.code), _clean_heading(field.zh, field.code))
            column = Column(field.code, title, help_of(field, choices), needed, codes, width)
            return [(column, example_of(field, choices))]
    titles = {part: (f"{field.en}: {PARTS[part][0]}", f"{field.zh}：{PARTS[part][1]}") for part in parts}
    return [
        _part(field, part, f"{field.code}.{part}", titles[part], needed=needed and part in always)
        for part in parts
    ]


def _part(field: Asked, part: str, code: str, title: Words, *, needed: bool) -> tuple[Column, str]:
    kinds = field.kinds if isinstance(field, UnitField) and part == "kind" else ()
    help_ = tell_options(kinds) if kinds else PART_HELP.get(part, ("A text.", "文本。"))
    if field.help is not None and part in ("code", "name"):
        help_ = (f"{field.help.en} {help_[0]}", f"{field.help.zh}{help_[1]}")
    cleared = (_clean_heading(title[0], code), _clean_heading(title[1], code))
    codes = tuple(kind.code for kind in kinds)
    return Column(code, cleared, help_, needed, codes, 22), codes[0] if codes else ""


def _clean_heading(title: str, code: str) -> str:
    """Return a title as a heading is read again: no marks that a heading may not begin or end with."""
    return " ".join(mark_hidden(title).split()).strip("*# ") or code
