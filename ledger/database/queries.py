"""Named queries out of .sql files.

A query starts with a line `-- name --`; the comment lines after it describe it, the rest is the statement.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

HEADING = re.compile(r"^-- ([a-z_]+) --$", re.MULTILINE)


def sql_folder() -> Traversable:
    """Return the folder of the .sql files, wherever the package is installed."""
    return files("ledger") / "sql"


@cache
def load_queries(file: str) -> dict[str, str]:
    """Return the statements of `sql/queries/<file>.sql` by name, without comments."""
    text = (sql_folder() / "queries" / f"{file}.sql").read_text(encoding="utf-8")
    _, *parts = HEADING.split(text)
    return {name: _statement(part) for name, part in zip(parts[::2], parts[1::2], strict=True)}


def _statement(part: str) -> str:
    # Descriptions must not reach psycopg: a percent sign in prose would read as a parameter.
    return "\n".join(line for line in part.splitlines() if not line.startswith("--")).strip()
