"""Checking a beacon leaves the process as it was: what nests too deep is still refused, and ends nothing."""

import subprocess
import sys

import pytest

CHECKED = """
import json, sys
{imported}
assert sys.getrecursionlimit() <= 10_000, sys.getrecursionlimit()
try:
    json.loads("[" * 100_000)
except RecursionError:
    print("refused")
"""


def refuses(imported: str) -> bool:
    ran = subprocess.run(
        [sys.executable, "-c", CHECKED.format(imported=imported)], capture_output=True, text=True, check=False
    )
    return (ran.returncode, ran.stdout) == (0, "refused\n")


@pytest.mark.long
def test_a_text_of_brackets_is_refused_where_a_beacon_was_checked() -> None:
    assert not refuses("import py_ecc"), "the library raises Python's limit, so that this test can fail"
    assert refuses("import selection.kernel.curve")
    assert refuses("from selection.rules.beacon import is_signed; is_signed(1, bytes(48))")
    assert refuses("from audit.rules.panel.beacons import is_own; is_own('1', '00' * 48, '')")
