"""What docs/tampering.md says of each kind."""

import re
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tampering.md"


@cache
def list_documented() -> dict[str, frozenset[str]]:
    """The claims that find each kind, as the page's table has them."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition("\n## Kinds\n")
    rows = [
        line.strip("| ").split(" | ") for line in rest.partition("\n## ")[0].splitlines() if line[:1] == "|"
    ]
    return {row[0]: frozenset(re.findall(r"`([a-z-]+)`", row[-1])) for row in rows[2:]}
