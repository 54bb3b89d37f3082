"""Tells of a failure when it comes: a run that is broken off never reaches its summary."""

import pytest


class Failures:
    """Writes a line for each, beside pytest's own marks; the whole of it stands in the summary."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if terminal is None or not report.failed:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        reason = crash.message.splitlines()[0] if crash else report.longreprtext[-200:]
        terminal.write_line(f"\nFAILED {report.nodeid} ({report.when}): {reason}", red=True)
