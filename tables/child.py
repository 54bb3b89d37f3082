"""`python -m tables.child`, bounded by runtime.confinement: reads a table from standard input, and writes it as JSON.

Each line is a piece of a sheet, so small that whoever reads the lines does other work between two of them. It opens
nothing, and holds the table of one person alone. What it takes too much of ends it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tables.csv_reading import read_csv
from tables.grid import Grid, TableRefused

PIECE = 20_000
"""Cells and their characters that a line has at the most, unless one row has more: milliseconds of whoever reads."""


def parse_table(body: bytes, sheet: str | None = None) -> Grid:
    """Return a file's rows: XLSX by its first bytes, else CSV. Raises TableRefused."""
    if not body.startswith(b"PK"):
        return read_csv(body)
    from tables.xlsx_reading import read_xlsx

    return read_xlsx(body, sheet)


def parse_sheets(body: bytes) -> tuple[Grid, ...]:
    """Return all sheets of a file in their order; CSV is one sheet. Raises TableRefused."""
    if not body.startswith(b"PK"):
        return (read_csv(body),)
    from tables.xlsx_reading import read_book

    return read_book(body)


def answer(which: str, sheet: str | None, body: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield what is found, piece by piece, or why the file is refused."""
    try:
        grids = (parse_table(body, sheet),) if which == "one" else parse_sheets(body)
    except TableRefused as refused:
        yield {"refused": refused.code, "params": refused.params}
        return
    for number, grid in enumerate(grids):
        yield from ({"number": number, "sheet": grid.sheet, **piece} for piece in _cut(grid))


def _cut(grid: Grid) -> Iterator[dict[str, Any]]:
    """Yield a sheet's rows and lossy places in pieces, of a sheet without rows an empty one."""
    places, at = sorted(grid.lossy), 0
    for first, rows in _take_rows(grid.rows):
        begun, end = at, first + len(rows)
        while at < len(places) and (places[at][0] <= end or end == len(grid.rows)):
            at += 1
        yield {"rows": rows, "lossy": places[begun:at]}


def _take_rows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
    """Yield rows that together hold no more than a piece may, unless one does alone, with how many came before."""
    first, size = 0, 0
    for number, row in enumerate(rows):
        more = len(row) + sum(map(len, row))
        if number > first and size + more > PIECE:
            yield first, rows[first:number]
            first, size = number, 0
        size += more
    yield first, rows[first:]


def main() -> None:
    """Read what is asked for, and the file; write the answer."""
    # What openpyxl would load beside itself takes a tenth of the memory that a table may use, and is used by nothing.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    which, sheet = json.loads(sys.stdin.buffer.readline())
    for piece in answer(which, sheet, sys.stdin.buffer.read()):
        # Half of a pair is no character: what is shown for it is what a page would show.
        sys.stdout.buffer.write(json.dumps(piece, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main()
