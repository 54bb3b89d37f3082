"""A sheet as it was filled in: rows of text, each cell with the name that spreadsheets give its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROW_LIMIT = 20_000
"""The most rows of a table, the heading among them."""
COLUMN_LIMIT = 200
CELL_LIMIT = 32_767
"""The most characters of a cell, as in Excel."""


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


def column_letters(column: int) -> str:
    """Return a column's letters, `A` for 1 and `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
