"""CSV as a grid: UTF-8, UTF-16 or GB 18030, parted by commas, semicolons or tabs."""

import csv
import io

from tables.grid import Budget, Grid, TableRefused

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(body: bytes) -> Grid:
    """Return the rows of a CSV file. Raises TableRefused `table-not-text`, `table-malformed`, or as `Budget`."""
    text = _decode(body)
    heading = text.split("\n", 1)[0]
    parted_by = max(",;\t", key=heading.count)
    rows: list[tuple[str, ...]] = []
    left = Budget()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True):
            left.take(len(rows) + 1, row)
            left.visit(len(row))
            rows.append(tuple(_clean_cell(cell) for cell in row))
    except csv.Error:
        raise TableRefused("table-malformed", row=str(len(rows) + 1)) from None
    return Grid(sheet="", rows=tuple(rows))


def _decode(body: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), "utf-8")
    for name in (encoding, "gb18030"):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableRefused("table-not-text")


def _clean_cell(cell: str) -> str:
    """Return what was typed: the quote before a formula, which our own files carry, is none of it."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") else text
