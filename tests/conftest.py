import pytest
from hypothesis import settings

from tests.tamper import counts

# CI looks for new examples too: the profile that Hypothesis takes there by itself tries the same ones each time.
settings.load_profile("default")

SLOW_MARKS = ("repo", "bulk", "stack", "kill")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as fast what carries no other of our marks, so that `-m fast` finds it."""
    for item in items:
        if not any(item.get_closest_marker(mark) for mark in SLOW_MARKS):
            item.add_marker(pytest.mark.fast)


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
