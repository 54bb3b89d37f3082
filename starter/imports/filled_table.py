"""A file that somebody filled in: every row as what it stands for, or every fault at once and nothing done."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import typer
from pydantic import ValidationError

from selection.kernel.counting import number_of
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_bytes
from starter.cli.files_out import write_bytes
from starter.cli.output import Output
from tables.grid import FILE_LIMIT, Grid, TableFault, TableRefused
from tables.layout import FilledRow, Layout, match_layout
from tables.marking import mark_sheets
from tables.reading import read_table
from tables.sentences import describe_fault, describe_refusal

T = TypeVar("T")
Sheet = Annotated[str | None, typer.Option(help="The sheet to read; default: the first that is not hidden.")]
Marked = Annotated[
    Path | None, typer.Option(help="Where a copy goes with each fault marked, if there are any.")
]
SHOWN_AT_MOST = 50
"""Faults shown on a terminal; programs and the marked copy get all."""


@dataclass(frozen=True, slots=True)
class FilledTable(Generic[T]):
    """A file's grid, what its rows stand for with the row's number, and what is wrong, in the order of the sheet."""

    grid: Grid
    items: tuple[tuple[int, T], ...]
    faults: tuple[TableFault, ...]

    def places(self, layout: Layout) -> dict[str, int]:
        """Return by its code in which column of the sheet each of a layout's columns stands, 0 where it has none."""
        heading = self.grid.rows[0] if self.grid.rows else ()
        titles = {title.rstrip("* ").casefold(): place for place, title in enumerate(heading, 1)}
        found = {
            column.code: [titles[name] for name in column.names() if name in titles]
            for column in layout.columns
        }
        return {code: min(places, default=0) for code, places in found.items()}


async def read_filled(
    body: bytes, layout: Layout, make: Callable[[FilledRow], T], lang: int = 0, sheet: str | None = None
) -> FilledTable[T]:
    """Return what a file's rows stand for, as `fill_rows`. Raises TableRefused for a file that is no table.

    `make` is called in a thread, so that others are answered meanwhile.
    """
    return await asyncio.to_thread(fill_rows, await read_table(body, sheet), layout, make, lang)


def fill_rows(grid: Grid, layout: Layout, make: Callable[[FilledRow], T], lang: int = 0) -> FilledTable[T]:
    """Return what a grid's rows stand for. `make` raises ValidationError for a row that stands for nothing.

    `lang` is 0 for English and 1 for Chinese.
    """
    matched = match_layout(grid, layout, lang)
    faults = list(matched.faults)
    faulty = {fault.row for fault in faults}
    items: list[tuple[int, T]] = []
    for row in matched.rows:
        try:
            item = make(row)
        except ValidationError as error:
            known = {fault.column for fault in faults if fault.row == row.number}
            found = _unfit(error, row.number, layout, matched.columns, lang)
            faults += [fault for fault in found if fault.column not in known]
            continue
        if row.number not in faulty:
            items.append((row.number, item))
    if not (matched.rows or faults):
        faults.append(TableFault(0, 0, "table-empty"))
    return FilledTable(grid, tuple(items), tuple(sorted(faults, key=lambda fault: (fault.row, fault.column))))


def _unfit(
    error: ValidationError, number: int, layout: Layout, columns: dict[str, int], lang: int
) -> list[TableFault]:
    """Return one fault for each column that a validation names, by the outermost name that is a column."""
    helps = {column.code: column.help[lang] for column in layout.columns}
    codes = {next((str(part) for part in fault["loc"] if part in columns), "") for fault in error.errors()}
    return [
        TableFault(number, columns.get(code, 0), "cell-unfit", {"help": helps.get(code, "")})
        for code in sorted(codes)
    ]


def find_repeated(rows: Iterable[tuple[int, str]], column: int) -> list[TableFault]:
    """Return a fault for every row whose value stood in an earlier one."""
    first: dict[str, int] = {}
    return [
        TableFault(number, column, "cell-repeated", {"row": str(first[value])})
        for number, value in rows
        if first.setdefault(value, number) != number
    ]


async def take_filled(
    out: Output, file: Path, layout: Layout, make: Callable[[FilledRow], T], options: "ImportOptions"
) -> Sequence[T]:
    """Return what the rows of a file stand for, all or none.

    Raises CommandFailed `table-unreadable`, or `table-faulty` after every fault was shown and, where a path is given,
    a marked copy of the file was written.
    """
    lang = int(out.lang == "zh")
    try:
        read = await read_filled(read_bytes(file, FILE_LIMIT), layout, make, lang, options.sheet)
    except TableRefused as refused:
        text = describe_refusal(refused.code, refused.params, lang)
        raise CommandFailed("table-unreadable", text=text) from None
    faults = [*read.faults, *_find_repeated_keys(read, options.key)]
    if faults:
        show_faults(out, [(read.grid, faults)], lang, options.marked)
        raise CommandFailed("table-faulty", count=str(len(faults)))
    return [item for _, item in read.items]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The sheet to read, where a marked copy goes, and what must not stand twice: an item's attribute, its column."""

    sheet: str | None = None
    marked: Path | None = None
    key: tuple[str, int] | None = None


def _find_repeated_keys(read: FilledTable[Any], key: tuple[str, int] | None) -> list[TableFault]:
    if key is None:
        return []
    name, column = key
    return find_repeated(((number, getattr(item, name)) for number, item in read.items), column)


def show_faults(
    out: Output, sheets: Sequence[tuple[Grid, Sequence[TableFault]]], lang: int, marked: Path | None
) -> None:
    """Show every fault of a file's sheets and, where a path is given, write a copy in which they are marked."""
    rows = [
        {"sheet": grid.sheet, "cell": fault.cell, "code": fault.code, "text": describe_fault(fault, lang)}
        for grid, faults in sheets
        for fault in faults
    ]
    shown = rows if out.as_json else rows[:SHOWN_AT_MOST]
    columns = ("cell", "code", "text")
    named = any(grid.sheet for grid, _ in sheets)
    out.rows("faults", ("sheet", *columns) if named or out.as_json else columns, shown)
    if len(rows) > len(shown):
        left = len(rows) - len(shown)
        out.say(f"and {number_of(left, 'more fault', 'more faults')}.", f"另有 {left} 处错误。")
    if marked is not None:
        write_bytes(marked, mark_sheets(sheets, lang))
        out.say(f"A copy with each fault marked is in {marked}.", f"已标出各处错误的副本在 {marked}。")
    out.finish()
