"""Fail if a committed file names a package registry's host, an index option, or a path of one machine.

The patterns are written so that they do not match themselves.
"""

import re
import subprocess
import sys
from pathlib import Path

FORBIDDEN = {
    "a registry's host": re.compile(
        r"\bpy[p]i\.org|pythonh[o]sted\.org|registry\.npm[j]s\.org|proxy\.gol[a]ng\.org"
    ),
    "an index option": re.compile(
        r"^\s*--(?:extra-)?ind[e]x-url|^\s*--find-li[n]ks|UV_IND[E]X_URL|PIP_IND[E]X_URL", re.M
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.])/wor[k]/|/opt/whe[e]ls|/hom[e]/\w+|/Use[r]s/\w+|/ro[o]t/"
    ),
}


def main() -> int:
    """Print each finding as file:line and give the exit code."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True)
    found = 0
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = Path(name)
        text = path.read_text(encoding="utf-8", errors="ignore") if path.is_file() else ""
        for what, pattern in FORBIDDEN.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                print(f"{name}:{line}: names {what}: {match.group(0)}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
