"""A filled-in file as a grid, whichever of the two formats it has."""

from tables.csv_reading import read_csv
from tables.grid import Grid

FILE_LIMIT = 20_000_000
"""Bytes of a table's file."""


def read_table(body: bytes, sheet: str | None = None) -> Grid:
    """Return a file's rows: XLSX by its first bytes, else CSV. Raises TableRefused."""
    if not body.startswith(b"PK"):
        return read_csv(body)
    from tables.xlsx_reading import read_xlsx

    return read_xlsx(body, sheet)


def read_sheets(body: bytes) -> tuple[Grid, ...]:
    """Return all sheets of a file in their order; CSV is one sheet. Raises TableRefused."""
    if not body.startswith(b"PK"):
        return (read_csv(body),)
    from tables.xlsx_reading import read_book

    return read_book(body)
