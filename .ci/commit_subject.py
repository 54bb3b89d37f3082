"""Fail if a commit's subject is longer than 72 characters, or its body is missing: the why goes there."""

import sys
from pathlib import Path

LIMIT = 72


def main(message: str) -> int:
    """Print what is wrong with a commit message and give the exit code."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject, body = (lines or [""])[0], [line for line in lines[1:] if line.strip()]
    if subject.startswith(("Merge ", "Revert ", "fixup! ", "squash! ")):
        return 0
    faults = []
    if len(subject) > LIMIT:
        faults.append(f"the subject has {len(subject)} characters; {LIMIT} at most")
    if not body:
        faults.append("the body is missing: say why")
    for fault in faults:
        print(f"commit message: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).read_text(encoding="utf-8")))
