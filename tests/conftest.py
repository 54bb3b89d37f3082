from pathlib import Path

import pytest
from hypothesis import settings

from tests.tamper import counts

# CI looks for new examples too: the profile that Hypothesis takes there by itself tries the same ones each time.
settings.load_profile("default")

SLOW_MARKS = ("repo", "bulk", "stack", "kill")
HERE = Path(__file__).parent
TOGETHER = ("selection", "leaks")
"""Folders whose tests share what lasts long or is counted: one process runs them all. Of others, each file is apart."""
APART = ("workflows/test_cold_equals_warm.py",)
"""Files whose tests take a minute each and share nothing: each test is apart."""
LONGEST_FIRST = (
    *APART,
    "demo/test_demo.py",
    "leaks",
    "starter/test_by_hand.py",
    "starter/test_up.py",
    "starter/test_up_without_workers.py",
    "workflows/test_tampered_histories.py",
    "starter/test_acts.py",
    "selection",
)
"""Begun first where several processes share the tests, so that none of them is left alone with one at the end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as fast what carries no other of our marks, and say which tests belong together, in which order."""
    for item in items:
        if not any(item.get_closest_marker(mark) for mark in SLOW_MARKS):
            item.add_marker(pytest.mark.fast)
        place = item.path.relative_to(HERE)
        folder, file = place.parts[0], place.as_posix()
        item.add_marker(
            pytest.mark.xdist_group(
                item.name if file in APART else folder if folder in TOGETHER else file.replace("/", ".")
            )
        )
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    place = item.path.relative_to(HERE).as_posix()
    return next(
        (turn for turn, name in enumerate(LONGEST_FIRST) if place.startswith(name)), len(LONGEST_FIRST)
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell how many tamperings were done and found, where any were."""
    found, short = counts.counts(config), counts.short_of(config)
    if found or short:
        terminalreporter.section("tamperings")
        for line in counts.table(found):
            terminalreporter.write_line(line)
    if short:
        terminalreporter.write_line(f"Too few: {short}", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run that did fewer tamperings than it was asked for."""
    if not hasattr(session.config, "workerinput") and counts.short_of(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
