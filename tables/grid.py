"""A sheet as it was filled in: rows of text, each cell with the name that spreadsheets give its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FILE_LIMIT = 20_000_000
"""Bytes of a table's file: the longest that a round needs, 2,000 applications, is a tenth of it."""
ROW_LIMIT = 20_000
"""The most rows of a table, the heading among them."""
COLUMN_LIMIT = 200
CELL_LIMIT = 32_767
"""The most characters of a cell, as in Excel."""
FILLED_LIMIT = 500_000
"""Cells of all sheets together that hold something: each is an object of whoever takes the table."""
VISITED_LIMIT = 2_000_000
"""The same with the empty ones, also those that the format of a row reaches over."""
TEXT_LIMIT = 10_000_000
"""Characters of all cells together: one text may stand in each, though the file holds it once."""
SHEETS_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's rows of text, without blanks around it, from the first row on; `sheet` is "" in a CSV file.

    `lossy` holds the places, as (row, column) from 1, at which the file does not hold what was typed: a number of more
    digits than a spreadsheet keeps, or a formula without a result.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    lossy: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong at one place: row and column from 1, 0 for the whole row or table; a code and its parameters.

    `said` is the sentence where who found it has one, in the language that was asked for.
    """

    row: int
    column: int
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    said: str = ""

    @property
    def cell(self) -> str:
        """The place as spreadsheets name it, `B12`; "" for the whole table."""
        return f"{column_letters(self.column) if self.column else ''}{self.row or ''}"


class TableRefused(Exception):
    """A file that cannot be read as a table at all: a stable code and what its sentence is filled with."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Budget:
    """What may still be read of a file, all its sheets together."""

    def __init__(self) -> None:
        self._filled = FILLED_LIMIT
        self._visited = VISITED_LIMIT
        self._text = TEXT_LIMIT

    def visit(self, cells: int) -> None:
        """Take cells off that are looked at, whether they hold something or not. Raises TableRefused."""
        self._visited -= cells
        if self._visited < 0:
            raise TableRefused("table-too-many-cells", cells=str(FILLED_LIMIT))

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Take a sheet's row off, by its number from 1. Raises TableRefused, whose code says what is too much."""
        if number > ROW_LIMIT:
            raise TableRefused("table-too-many-rows", rows=str(ROW_LIMIT))
        if len(cells) > COLUMN_LIMIT:
            raise TableRefused("table-too-many-columns", columns=str(COLUMN_LIMIT))
        lengths = [len(text) for text in cells if text]
        if max(lengths, default=0) > CELL_LIMIT:
            raise TableRefused("table-cell-too-long", row=str(number), characters=str(CELL_LIMIT))
        self._filled -= len(lengths)
        if self._filled < 0:
            raise TableRefused("table-too-many-cells", cells=str(FILLED_LIMIT))
        self._text -= sum(lengths)
        if self._text < 0:
            raise TableRefused("table-too-much-text", characters=str(TEXT_LIMIT))


def column_letters(column: int) -> str:
    """Return a column's letters, `A` for 1 and `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
