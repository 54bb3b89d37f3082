"""Writing XLSX so that a text stays a text, whatever it begins with."""

import io

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

from selection.kernel.hidden_characters import mark_hidden
from tables.grid import CELL_LIMIT

WRAPPED = Alignment(wrap_text=True, vertical="top")
BOLD = Font(bold=True)


def start_book(title: str) -> tuple[Workbook, Worksheet]:
    """Return a new workbook and its first sheet, named so as far as spreadsheets let a sheet be named."""
    book = Workbook()
    book.properties.creator = "center-selection"
    page = book.worksheets[0]
    page.title = INVALID_TITLE_REGEX.sub("_", mark_hidden(title).replace("'", "_"))[:31]
    return book, page


def put_text(page: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text into a cell as a text: never a formula, never a link, controls marked."""
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("a cell inside a merged one")
    cell.value = mark_hidden(text)[:CELL_LIMIT] or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def put_heading(page: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...] = ()) -> None:
    """Write the titles into the first row, which stays in sight; widths are in characters."""
    for column, title in enumerate(titles, 1):
        cell = put_text(page, 1, column, title)
        cell.font = BOLD
        cell.alignment = WRAPPED
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = (
            widths[column - 1] if widths else max(12, min(40, len(title) + 4))
        )
    page.freeze_panes = "A2"


def save_book(book: Workbook) -> bytes:
    """Return the workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
