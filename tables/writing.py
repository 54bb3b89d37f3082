"""What somebody may see, to take away: XLSX, CSV or JSON, each with what its columns mean."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any, TextIO

from tables.layout import Column
from tables.steering import inert

_DICTIONARY = ("Columns", "列说明")
_HEADINGS = (("Code", "Title", "Meaning"), ("代码", "标题", "含义"))

Row = dict[str, Any]


def write_csv(target: TextIO, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Write rows under their columns' codes, for programs and spreadsheets alike; no cell is ever run."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([column.code for column in columns])
    for row in rows:
        writer.writerow([inert(cell_text(row.get(column.code))) for column in columns])


def export_xlsx(title: str, columns: Sequence[Column], rows: Sequence[Row], lang: int) -> bytes:
    """Return rows under their columns' titles as XLSX, with a second sheet that says what each column means."""
    from tables.workbook import WRAPPED, put_heading, put_text, save_book, start_book

    book, page = start_book(title)
    put_heading(
        page, tuple(column.title[lang] for column in columns), tuple(column.width for column in columns)
    )
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(columns, 1):
            put_text(page, number, place, cell_text(row.get(column.code))).alignment = WRAPPED
    page.auto_filter.ref = page.dimensions
    meaning = book.create_sheet(_DICTIONARY[lang])
    put_heading(meaning, _HEADINGS[lang], (24, 24, 80))
    for number, column in enumerate(columns, 2):
        for place, text in enumerate((column.code, column.title[lang], column.help[lang]), 1):
            put_text(meaning, number, place, text).alignment = WRAPPED
    return save_book(book)


def export_json(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Return rows as JSON with a data dictionary in both languages beside them."""
    dictionary = [
        {
            "code": column.code,
            "title": {"en": column.title[0], "zh": column.title[1]},
            "meaning": {"en": column.help[0], "zh": column.help[1]},
        }
        for column in columns
    ]
    kept = [{column.code: row[column.code] for column in columns if column.code in row} for row in rows]
    document = {"columns": dictionary, "rows": kept}
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def export_table(suffix: str, title: str, columns: Sequence[Column], rows: Sequence[Row], lang: int) -> bytes:
    """Return rows as the file that a name's ending asks for: `.xlsx`, `.json`, else CSV."""
    if suffix == ".xlsx":
        return export_xlsx(title, columns, rows, lang)
    if suffix == ".json":
        return export_json(columns, rows)
    written = StringIO()
    write_csv(written, columns, rows)
    # With a mark, so that spreadsheets read the Chinese as UTF-8.
    return written.getvalue().encode("utf-8-sig")


def cell_text(value: Any) -> str:
    """Return a value as a cell's text; several values are parted by blanks."""
    if isinstance(value, list | tuple):
        return " ".join(cell_text(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
