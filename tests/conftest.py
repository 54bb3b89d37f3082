import gc
import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from runtime.importing import without_collecting
from tests.rounds import counts as rounds
from tests.run_properties import REACHED_BY_THE_CORE, read_properties
from tests.running.failures import Failures
from tests.running.in_memory import keep_in_memory
from tests.running.servers import server
from tests.sharing import Sharing, turn
from tests.tamper import counts

# CI looks for new examples too: the profile that Hypothesis takes there by itself tries the same ones each time.
# No example has a deadline: the machine may be busy.
settings.register_profile(
    "new",
    settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("new")

__all__ = ["server"]
SLOW_MARKS = ("repo", "bulk", "long", "stack", "browser", "kill")
NONE_FAST = re.compile(rf"^pytestmark = \[?pytest\.mark\.({'|'.join(SLOW_MARKS)})\b", re.MULTILINE)
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    keep_in_memory()
    # Temporal's servers look for garbage when they hold five times what they held after the last search, not two.
    os.environ.setdefault("GOGC", "400")
    config.pluginmanager.register(Failures(config))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import nothing of a file that says of all its tests that they are not fast, where only fast ones are wanted."""
    if config.option.markexpr != "fast" or collection_path.suffix != ".py":
        return None
    return bool(NONE_FAST.search(collection_path.read_text("utf-8"))) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as fast what carries no other of our marks, so that `-m fast` finds it; the longest come first."""
    for item in items:
        if not any(item.get_closest_marker(mark) for mark in SLOW_MARKS):
            item.add_marker(pytest.mark.fast)
    items.sort(key=lambda item: turn(item.path.relative_to(HERE).as_posix()))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    with without_collecting():
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage: a tenth of the time went into it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    """Share the tests as tests/sharing.py says, where `-n` or `--dist loadscope` asks for several processes."""
    return Sharing(config, log) if config.getoption("dist") in ("load", "loadscope") else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what the core's tests came through, and how many tamperings were done and found, where any were."""
    for reached in read_properties(config, REACHED_BY_THE_CORE):
        for kind, found in reached.items():
            listed = ", ".join(f"{name} {count}" for name, count in sorted(found.items()))
            terminalreporter.write_line(f"{kind} ({len(found)}): {listed}")
    tampered, short = counts.counts(config), counts.short_of(config)
    if tampered or short:
        terminalreporter.section("tamperings")
        for line in counts.table(tampered):
            terminalreporter.write_line(line)
    if short:
        terminalreporter.write_line(f"Too few: {short}", red=True)
    if found := rounds.count_rounds(config):
        terminalreporter.section("rounds led by chance")
        for line in rounds.table(found):
            terminalreporter.write_line(line)
    for lack in rounds.find_lacks(config):
        terminalreporter.write_line(f"Too few: {lack}", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run that did fewer tamperings than it was asked for, or whose rounds did not reach everything."""
    config = session.config
    if not hasattr(config, "workerinput") and (counts.short_of(config) or rounds.find_lacks(config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
