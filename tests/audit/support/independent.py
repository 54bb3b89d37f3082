"""The independent check of acts: as the command that it is, and in this process, where many logs are to be judged."""

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from audit.bundle.register import LOG as INSTALLATION
from selection.kernel.leaf import Leaf, leaf_bytes
from tests import factories as f

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / ".ci/independent"
PAGE = ROOT / "docs/process.md"


def check(bundle: Path) -> tuple[int, str]:
    """Run the command on a bundle: what it exits with, and what it says."""
    words = [sys.executable, "-Es", str(FOLDER / "acts.py"), str(bundle), str(PAGE)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def find_fault(installation: Sequence[Leaf], log: Sequence[Leaf] = ()) -> str:
    """What it finds wrong in the logs of an installation and a round, empty if nothing."""
    acts, rows = _program()
    logs = {f.ROUND: log, INSTALLATION: installation}
    read = {name: [json.loads(leaf_bytes(leaf)) for leaf in leaves] for name, leaves in logs.items()}
    try:
        list(acts.check_logs(read, rows))
    except acts.Wrong as why:
        return str(why)
    return ""


@cache
def _program() -> tuple[ModuleType, dict[str, str]]:
    """Import it as if it were run, which has its own folder alone to import from."""
    sys.path.insert(0, str(FOLDER))
    try:
        acts = importlib.import_module("acts")
        return acts, importlib.import_module("process_page").rows_of(PAGE.read_text(encoding="utf-8"))
    finally:
        sys.path.remove(str(FOLDER))
