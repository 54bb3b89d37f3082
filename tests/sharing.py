"""Which tests one process runs, where several share them, and in which order they begin.

By file, as `--dist loadfile` does, but for what is said here. (`--dist loadgroup` would do the same by marks; it does
not with pytest 9.2.)
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("selection", "leaks")
"""Folders whose tests share what lasts long or is counted: one process runs them all."""
APART = ("workflows/healing/test_cold_equals_warm.py", "rounds/test_many_rounds.py")
"""Files whose tests take up to half a minute each and share nothing: each test is apart."""
ON_ONE_STACK = (
    "starter/test_up.py",
    "starter/test_signed.py",
    "starter/test_audit_archive.py",
    "starter/words/test_parts.py",
)
"""Files whose tests ask the stack of tests/starter/conftest.py: each process that runs one of them starts it."""
LONGEST_FIRST = (
    "kill/",
    "browser/round/test_whole_round.py",
    *APART,
    "demo/test_demo.py",
    "browser/test_accessibility.py",
    "leaks/",
    "starter/test_by_hand.py",
    "starter/test_quickstarts.py",
    "starter/test_up.py",
    "starter/test_up_without_workers.py",
    "workflows/proof/test_tampered_histories.py",
    "tamper/test_insiders.py",
    "starter/test_acts.py",
    "workflows/",
    "starter/",
    "runtime/",
    "selection/",
)
"""Begun first, so that no process is left alone with one of them at the end; those first that wait the most."""


def lies_in(item: pytest.Item, folder: str) -> bool:
    """Tell whether a test stands in a folder of tests/, or below; by its id, as comparing paths took long."""
    return item.nodeid.startswith(f"tests/{folder}/")


def turn(file: str) -> int:
    """Return the turn of a file, given by its path within the folder of the tests."""
    return next(
        (turn for turn, name in enumerate(LONGEST_FIRST) if file.startswith(name)), len(LONGEST_FIRST)
    )


def share(nodeid: str) -> str:
    """Return the name of what one process runs together with this test."""
    file = nodeid.partition("::")[0].removeprefix("tests/")
    folder = file.partition("/")[0]
    if file in ON_ONE_STACK:
        return ON_ONE_STACK[0]
    return nodeid if file in APART else folder if folder in TOGETHER else file


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Shares the tests between the processes."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
