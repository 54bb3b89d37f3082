"""What a table is to hold: its columns by code, with titles and help in both languages, and the rows under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tables.grid import Grid, TableFault

Words = tuple[str, str]
"""English and Chinese."""
NOTES: Words = ("# To mend", "# 需更正")
"""The column of a marked copy that says what is wrong; imports pass over columns whose title begins so."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: by its code it is known to programs, by either title to people. `choices` limit what it may hold."""

    code: str
    title: Words
    help: Words
    required: bool = False
    choices: tuple[str, ...] = ()
    width: int = 20

    def names(self) -> frozenset[str]:
        """Return what its heading may be called, in lower case."""
        return frozenset(name.casefold() for name in (self.code, *self.title))


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of table, with one example row that templates show and imports pass over."""

    code: str
    title: Words
    columns: tuple[Column, ...]
    example: tuple[str, ...]

    def __post_init__(self) -> None:
        """Raise ValueError where two columns could be taken for each other, or the example has other columns."""
        names = [name for column in self.columns for name in column.names()]
        if len(names) != len(set(names)) or len(self.example) != len(self.columns):
            raise ValueError(self.code)


class FilledRow(NamedTuple):
    """A row with something in it: its number in the sheet, and its texts by the column's code."""

    number: int
    values: dict[str, str]


class MatchedRows(NamedTuple):
    """The rows found under a layout's columns, which column of the sheet each code is, and what is wrong."""

    rows: tuple[FilledRow, ...]
    columns: dict[str, int]
    faults: tuple[TableFault, ...]


def match_layout(grid: Grid, layout: Layout, lang: int = 0) -> MatchedRows:
    """Return the rows of a grid by the layout's columns, which may stand in any order, and every fault.

    A missing, unknown or doubled column is a fault of the heading; rows are then not judged. `lang` is 0 for English
    and 1 for Chinese: in which language faults name columns.
    """
    heading = grid.rows[0] if grid.rows else ()
    columns, faults = _match_heading(heading, layout, lang)
    faults = [*_find_untitled(grid), *faults]
    if faults:
        return MatchedRows((), columns, tuple(faults))
    rows = tuple(_fill_rows(grid, layout, columns))
    found = [fault for row in rows for fault in _judge(row, grid, layout, columns)]
    return MatchedRows(rows, columns, tuple(found))


def _match_heading(
    heading: Sequence[str], layout: Layout, lang: int
) -> tuple[dict[str, int], list[TableFault]]:
    names = {name: column.code for column in layout.columns for name in column.names()}
    columns: dict[str, int] = {}
    faults: list[TableFault] = []
    for place, title in enumerate(heading, 1):
        code = names.get(title.rstrip("* ").casefold())
        if not title or title.startswith("#"):
            continue
        if code is None:
            faults.append(TableFault(1, place, "column-unknown"))
        elif code in columns:
            faults.append(TableFault(1, place, "column-twice"))
        else:
            columns[code] = place
    missing = [item for item in layout.columns if item.required and item.code not in columns]
    faults += [TableFault(1, 0, "column-missing", {"column": item.title[lang]}) for item in missing]
    return columns, faults


def _find_untitled(grid: Grid) -> Iterator[TableFault]:
    """Yield a fault for every column that holds something under no title, or under one that the file has lost."""
    heading = grid.rows[0] if grid.rows else ()
    filled = {place for row in grid.rows[1:] for place, text in enumerate(row, 1) if text}
    for place in sorted(filled | {place for row, place in grid.lossy if row == 1}):
        if (1, place) in grid.lossy:
            yield TableFault(1, place, "cell-lossy")
        elif place > len(heading) or not heading[place - 1]:
            yield TableFault(1, place, "column-unknown")


def _fill_rows(grid: Grid, layout: Layout, columns: dict[str, int]) -> Iterator[FilledRow]:
    lossy = {row for row, place in grid.lossy if place in columns.values()}
    for number, cells in enumerate(grid.rows[1:], 2):
        values = {code: cells[place - 1] if place <= len(cells) else "" for code, place in columns.items()}
        example = tuple(values.get(column.code, "") for column in layout.columns) == layout.example
        if (any(values.values()) or number in lossy) and not example:
            yield FilledRow(number, values)


def _judge(row: FilledRow, grid: Grid, layout: Layout, columns: dict[str, int]) -> Iterator[TableFault]:
    for column in layout.columns:
        place = columns.get(column.code)
        if place is None:
            continue
        text = row.values[column.code]
        if (row.number, place) in grid.lossy:
            yield TableFault(row.number, place, "cell-lossy")
        elif not text:
            if column.required:
                yield TableFault(row.number, place, "cell-missing")
        elif column.choices and text not in column.choices:
            yield TableFault(row.number, place, "cell-choice", {"choices": ", ".join(column.choices)[:200]})
