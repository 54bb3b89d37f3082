"""Answers written into the table of their form, as somebody fills in the template."""

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from selection.forms.choices import Choices
from selection.forms.form import Form
from starter.imports.form_layouts import KEY, sheets_of
from tables.layout import Layout
from tables.workbook import put_heading, put_text, save_book, start_book


def write_book(form: Form, choices: Choices, typed: Mapping[str, Mapping[str, Any]], lang: int = 0) -> bytes:
    """Return XLSX with a row for each application, by its row id; files are given as {file: PATH}."""
    sheets = sheets_of(form, choices)
    book, page = start_book(sheets.main.title[lang])
    rows = [{KEY: key, **_flat(answers, sheets.further)} for key, answers in typed.items()]
    _write(page, sheets.main, rows, lang)
    for code, layout in sheets.further.items():
        below = [{KEY: key, **row} for key, answers in typed.items() for row in answers.get(code, ())]
        _write(book.create_sheet(layout.title[lang]), layout, below, lang)
    return save_book(book)


def _flat(answers: Mapping[str, Any], further: Iterable[str]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for code, answer in answers.items():
        if code in further:
            continue
        if isinstance(answer, dict) and not {"file", "ref"} & answer.keys():
            cells |= {f"{code}.{part}": value for part, value in answer.items()}
        else:
            cells[code] = answer
    return cells


def _write(page: Worksheet, layout: Layout, rows: Iterable[Mapping[str, Any]], lang: int) -> None:
    put_heading(page, tuple(column.title[lang] for column in layout.columns))
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(layout.columns, 1):
            put_text(page, number, place, _text(row.get(column.code, "")))


def _text(answer: Any) -> str:
    match answer:
        case list():
            files = any(isinstance(item, dict) for item in answer)
            return ("\n" if files else " ").join(map(_text, answer))
        case {"file": path}:
            return str(path)
        case {"ref": content}:
            return f"ref:{content}"
    return str(answer)
