"""Fail if a commit's subject is longer than 72 characters, or its body is missing: the why goes there.

With a file, as git's hook gives it, that message is looked at; without one, the last commits of this clone.
"""

import subprocess
import sys
from pathlib import Path

LIMIT = 72
BEGIN = "40750c88f246a3a5d97a44bc5cac55ccfc5dbdd5"
"""Commits after this one are looked at."""
LAST = 50


def find_faults(message: str) -> list[str]:
    """Return what is wrong with a commit message."""
    lines = [line for line in message.strip().splitlines() if not line.startswith("#")]
    subject, body = (lines or [""])[0], [line for line in lines[1:] if line.strip()]
    if subject.startswith(("Merge ", "Revert ", "fixup! ", "squash! ")):
        return []
    faults = []
    if len(subject) > LIMIT:
        faults.append(f"the subject has {len(subject)} characters; {LIMIT} at most: {subject}")
    if not body:
        faults.append(f"the body is missing: say why: {subject}")
    return faults


def list_last_messages() -> list[str]:
    """Return the messages of the last commits after BEGIN; a shallow clone that lacks it has later ones alone."""
    known = subprocess.run(["git", "cat-file", "-e", f"{BEGIN}^{{commit}}"], check=False, capture_output=True)
    after = [] if known.returncode else [f"^{BEGIN}"]
    command = ["git", "log", "--no-merges", f"--max-count={LAST}", "--format=%B%x00", "HEAD", *after]
    output = subprocess.run(command, check=True, capture_output=True).stdout.decode(errors="replace")
    return [message for message in output.split("\0") if message.strip()]


def main(paths: list[str]) -> int:
    """Print what is wrong with the messages and give the exit code."""
    messages = [Path(path).read_text(encoding="utf-8") for path in paths] or list_last_messages()
    faults = [fault for message in messages for fault in find_faults(message)]
    for fault in faults:
        print(f"commit message: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
