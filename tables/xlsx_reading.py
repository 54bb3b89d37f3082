"""XLSX as a grid, row by row, so that no file makes more of itself than its limits allow."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from tables.grid import COLUMN_LIMIT, ROW_LIMIT, SHEETS_LIMIT, Budget, Grid, TableRefused
from tables.xlsx_parts import count_parts

BLANK_LIMIT = 1_000
"""So many blank rows in succession end a table: spreadsheets keep the format of rows that nobody filled in."""
_DIGITS_KEPT = 10**15

_UNREADABLE = (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, AttributeError,
               OverflowError, EOFError, RuntimeError, OSError, AssertionError)  # fmt: skip
"""What the reader raises at files that are no workbook or a broken one; it has no error of its own for them."""


def read_xlsx(body: bytes, sheet: str | None = None) -> Grid:
    """Return the rows of one sheet, unless named the first one that people see.

    Raises TableRefused `table-malformed`, `table-no-sheet` with the names there are, or by what is too much.
    """

    def choose(pages: dict[str, ReadOnlyWorksheet]) -> Iterable[ReadOnlyWorksheet]:
        seen = (page for page in pages.values() if page.sheet_state == "visible")
        page = pages.get(sheet) if sheet else next(seen, None)
        if page is None:
            raise TableRefused("table-no-sheet", sheets=", ".join(pages)[:200])
        return (page,)

    return _read(body, choose)[0]


def read_book(body: bytes) -> tuple[Grid, ...]:
    """Return the rows of every sheet in their order. Raises TableRefused as `read_xlsx`."""
    return _read(body, dict.values)


def _read(
    body: bytes, choose: Callable[[dict[str, ReadOnlyWorksheet]], Iterable[ReadOnlyWorksheet]]
) -> tuple[Grid, ...]:
    has_formulas = count_parts(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE:
        raise TableRefused("table-malformed", row="1") from None
    try:
        pages = {page.title: cast("ReadOnlyWorksheet", page) for page in book.worksheets}
        if len(pages) > SHEETS_LIMIT:
            raise TableRefused("table-too-many-sheets", sheets=str(SHEETS_LIMIT))
        left = Budget()
        grids = [_read_page(page, left) for page in choose(pages)]
    finally:
        book.close()
    if has_formulas:
        grids = [_mark_unanswered(body, grid) for grid in grids]
    return tuple(grids)


def _mark_unanswered(body: bytes, grid: Grid) -> Grid:
    lossy = grid.lossy | _find_unanswered(body, grid)
    # Of a row with nothing but formulas that have no result there would be nothing left to tell of.
    missing = max((row for row, _ in lossy), default=0) - len(grid.rows)
    return replace(grid, rows=(*grid.rows, *((),) * missing), lossy=lossy)


def _find_unanswered(body: bytes, grid: Grid) -> frozenset[tuple[int, int]]:
    """Return the places of formulas whose result the file does not hold."""
    book = load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
    try:
        page = cast("ReadOnlyWorksheet", book[grid.sheet])
        page.reset_dimensions()
        rows = enumerate(page.iter_rows(max_row=ROW_LIMIT, max_col=COLUMN_LIMIT), 1)  # type: ignore[misc]
        formulas = {
            (row, place)
            for row, cells in rows
            for place, cell in enumerate(cells, 1)
            if cell.data_type == "f"
        }
    except _UNREADABLE:
        raise TableRefused("table-malformed", row="1") from None
    finally:
        book.close()
    answered = {
        (row, place) for row, cells in enumerate(grid.rows, 1) for place, text in enumerate(cells, 1) if text
    }
    return frozenset(formulas - answered)


def _read_page(page: ReadOnlyWorksheet, left: Budget) -> Grid:
    rows: list[tuple[str, ...]] = []
    lossy: set[tuple[int, int]] = set()
    try:
        page.reset_dimensions()
        for row in _iterate_rows(page, left):
            cells = [_text(value) for value in row]
            texts = tuple(text for text, _ in cells)
            left.take(len(rows) + 1, texts)
            rows.append(texts)
            lossy.update((len(rows), column) for column, (_, lost) in enumerate(cells, 1) if lost)
    except _UNREADABLE:
        raise TableRefused("table-malformed", row=str(len(rows) + 1)) from None
    return Grid(sheet=page.title, rows=tuple(rows), lossy=frozenset(lossy))


def _iterate_rows(page: ReadOnlyWorksheet, left: Budget) -> Iterator[tuple[object, ...]]:
    """Yield rows up to the last that holds something; a row ends with its own last cell."""
    blank: list[tuple[object, ...]] = []
    for row in page.iter_rows(values_only=True):  # type: ignore[misc]
        left.visit(len(row))
        if all(value is None for value in row):
            blank.append(())
            if len(blank) > BLANK_LIMIT:
                return
            continue
        if any(value is not None for value in row[COLUMN_LIMIT:]):
            raise TableRefused("table-too-many-columns", columns=str(COLUMN_LIMIT))
        yield from blank
        blank.clear()
        yield row[:COLUMN_LIMIT]


def _text(value: object) -> tuple[str, bool]:
    """Return a value as it was typed, and whether the file has lost a part of it."""
    match value:
        case None:
            return "", False
        case bool():
            return ("true" if value else "false"), False
        case datetime() if value.time() == time():
            return value.date().isoformat(), False
        case datetime() | date() | time():
            return value.isoformat(), False
        case int() | float():
            return (str(int(value)) if value == int(value) else repr(value)), abs(value) >= _DIGITS_KEPT
        case _:
            text = str(value).strip()
            return text, text in ERROR_CODES
