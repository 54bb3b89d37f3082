"""`python -m tables.child`, bounded by runtime.confinement: reads a table from standard input, and writes it as JSON.

It opens nothing, and holds the table of one person alone. What it takes too much of ends it.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from tables.csv_reading import read_csv
from tables.grid import Grid, TableRefused


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


def answer(which: str, sheet: str | None, body: bytes) -> Mapping[str, Any]:
    """Return what is found, or why the file is refused."""
    try:
        grids = (parse_table(body, sheet),) if which == "one" else parse_sheets(body)
    except TableRefused as refused:
        return {"refused": refused.code, "params": refused.params}
    return {"grids": [{"sheet": g.sheet, "rows": g.rows, "lossy": sorted(g.lossy)} for g in grids]}


def main() -> None:
    """Read what is asked for, and the file; write the answer."""
    # What openpyxl would load beside itself takes a tenth of the memory that a table may use, and is used by nothing.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    which, sheet = json.loads(sys.stdin.buffer.readline())
    written = json.dumps(answer(which, sheet, sys.stdin.buffer.read()), ensure_ascii=False)
    # Half of a pair is no character: what is shown for it is what a page would show.
    sys.stdout.buffer.write(written.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
