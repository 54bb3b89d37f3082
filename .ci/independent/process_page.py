"""How each act must be signed before rules are sealed, by the tables of docs/process.md."""

WORDS = {"by the session": "session", "by one": "signed", "by two": "signed-by-two"}


def rows_of(page: str) -> dict[str, str]:
    """Return how each act must be signed, by the tables of docs/process.md."""
    found: dict[str, str] = {}
    column: int | None = None
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if "signed" in cells:
            column = cells.index("signed")
        elif column is not None and line.startswith("| `") and len(cells) > column:
            for words, level in WORDS.items():
                if cells[column].startswith(words):
                    found[cells[0].split("`")[1]] = level
    return found
