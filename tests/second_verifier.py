"""The second verifier, in Go: built once for each process, and asked about bundles."""

import atexit
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.tamper.hands import KEY
from tests.tamper.rounds import sign_bundle
from tests.whole_round import WholeRound

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/process.md"


def find_fault_of(folder: Path, made: WholeRound) -> str:
    """Sign a round's bundle and return what is found in it first."""
    bundle = folder / "signed.zip"
    sign_bundle(bundle, made).write(bundle)
    return find_fault(bundle, KEY.vkey)


def find_fault(bundle: Path, vkey: str) -> str:
    """Return what it finds first, as KIND: PLACE: WHY; empty if nothing."""
    done = subprocess.run([_build(), vkey, PAGE, bundle], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    told = re.fullmatch(r"refuted: (.+)\n", done.stderr)
    assert told is not None, done.stderr
    return told[1]


@cache
def _build() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    subprocess.run([ROOT / ".ci/independent/build", folder / "check"], check=True)
    return folder / "check"
