"""A copy of a filled-in file in which each fault is marked in red, with what is wrong and what to do beside it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tables.grid import Grid, TableFault
from tables.layout import NOTES
from tables.sentences import describe_fault

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def mark_sheets(sheets: Sequence[tuple[Grid, Sequence[TableFault]]], lang: int) -> bytes:
    """Return the sheets of a file as XLSX, faulty cells in red with a comment, each row's faults in a last column.

    A mended copy can be handed in again as it is: imports pass over the last column. `lang` is 0 for English and 1
    for Chinese. Raises IndexError where there is no sheet.
    """
    from tables.workbook import save_book, start_book

    book, page = start_book(sheets[0][0].sheet or "Sheet1")
    for number, (grid, faults) in enumerate(sheets):
        _mark(page if not number else book.create_sheet(grid.sheet), grid, faults, lang)
    return save_book(book)


def _mark(page: "Worksheet", grid: Grid, faults: Sequence[TableFault], lang: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    from tables.workbook import WRAPPED, put_heading, put_text

    red = PatternFill(start_color="FFFFC7CE", end_color="FFFFC7CE", fill_type="solid")
    last = max((len(row) for row in grid.rows), default=0) + 1
    heading = grid.rows[0] if grid.rows else ()
    put_heading(page, (*heading, *[""] * (last - 1 - len(heading)), NOTES[lang]))
    for number, row in enumerate(grid.rows[1:], 2):
        for column, text in enumerate(row, 1):
            put_text(page, number, column, text)
    by_row: dict[int, list[str]] = defaultdict(list)
    by_cell: dict[tuple[int, int], list[str]] = defaultdict(list)
    for fault in faults:
        number, sentence = max(fault.row, 1), describe_fault(fault, lang)
        by_row[number].append(f"{fault.cell}: {sentence}" if fault.column else sentence)
        by_cell[number, fault.column or last].append(sentence)
    for (number, column), sentences in by_cell.items():
        cell = page.cell(number, column)
        cell.fill = red
        cell.comment = Comment("\n".join(sentences), "center-selection", height=90, width=280)
    for number, sentences in by_row.items():
        lines = [NOTES[lang], *sentences] if number == 1 else sentences
        put_text(page, number, last, "\n".join(lines)).alignment = WRAPPED
    page.column_dimensions[get_column_letter(last)].width = 60
