"""The empty table that people fill in: titles, help, choices to pick from, and one example."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tables.grid import ROW_LIMIT
from tables.layout import Layout

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HOW = (
    (
        "Fill in a row for each; columns marked * are needed. The grey row is an example and is passed over.",
        "每项填写一行；带 * 的列必填。灰色行为示例，导入时会跳过。",
    ),
    (
        "Columns may stand in any order. Cells are text: type codes and numbers as they are.",
        "列的顺序不限。单元格均为文本格式：代码和数字请原样填写。",
    ),
)
_COLUMNS = (
    ("Column", "Code", "Needed", "What to write", "Choices"),
    ("列", "代码", "是否必填", "填写说明", "可选值"),
)
_YES = ("yes", "是")
HELP = ("Help", "填写说明")
"""What the sheet of help is called; imports of several sheets pass over it."""


def template_xlsx(
    layout: Layout, lang: int, further: Sequence[Layout] = (), rows: Sequence[Mapping[str, str]] = ()
) -> bytes:
    """Return the template as XLSX with a last sheet of help; `lang` is 0 for English and 1 for Chinese.

    `further` are the sheets behind the first. `rows` stand on the first below its example, begun to be filled in.
    """
    from tables.workbook import put_text, save_book, start_book

    book, page = start_book(layout.title[lang])
    _write_page(page, layout, lang)
    for number, row in enumerate(rows, 3):
        for place, column in enumerate(layout.columns, 1):
            put_text(page, number, place, row.get(column.code, ""))
    for sheet in further:
        _write_page(book.create_sheet(sheet.title[lang]), sheet, lang)
    _write_help(book.create_sheet(HELP[lang]), (layout, *further), lang)
    return save_book(book)


def _write_page(page: "Worksheet", layout: Layout, lang: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from tables.workbook import put_heading, put_text

    grey = Font(italic=True, color="FF808080")
    titles = tuple(column.title[lang] + (" *" if column.required else "") for column in layout.columns)
    put_heading(page, titles, tuple(column.width for column in layout.columns))
    for place, (column, text) in enumerate(zip(layout.columns, layout.example, strict=True), 1):
        page.cell(1, place).comment = Comment(column.help[lang], "center-selection", height=120, width=320)
        put_text(page, 2, place, text).font = grey
        letter = get_column_letter(place)
        page.column_dimensions[letter].number_format = "@"
        listed = ",".join(column.choices)
        if column.choices and len(listed) <= 250:
            choices = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            choices.add(f"{letter}2:{letter}{ROW_LIMIT}")
            page.add_data_validation(choices)


def _write_help(page: "Worksheet", layouts: Sequence[Layout], lang: int) -> None:
    from tables.workbook import BOLD, WRAPPED, put_heading, put_text

    put_heading(page, _COLUMNS[lang], (24, 18, 10, 70, 40))
    row = 2
    for layout in layouts:
        if layout is not layouts[0]:
            put_text(page, row, 1, layout.title[lang]).font = BOLD
            row += 1
        for column in layout.columns:
            needed = _YES[lang] if column.required else ""
            texts = (column.title[lang], column.code, needed, column.help[lang], ", ".join(column.choices))
            for place, text in enumerate(texts, 1):
                put_text(page, row, place, text).alignment = WRAPPED
            row += 1
    for number, sentences in enumerate(_HOW, row + 1):
        put_text(page, number, 1, sentences[lang])


def template_csv(layout: Layout, lang: int) -> bytes:
    """Return the template as CSV in UTF-8 with a mark, so that spreadsheets read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.title[lang] + (" *" if column.required else "") for column in layout.columns])
    writer.writerow(layout.example)
    return out.getvalue().encode("utf-8-sig")
