"""What tests tell the end of a run by pytest's record_property: it comes through from another process as well."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

REACHED_BY_THE_CORE = "reached"
"""Name under which the core's tests tell what they came through: counts by kind."""

Tell = Callable[[str, Any], None]
"""Pytest's record_property."""


def read_properties(config: pytest.Config, name: str) -> Iterator[Any]:
    """Yield what the tests of this run told under a name."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    stats = reporter.stats if reporter else {}
    for outcome in ("passed", "failed"):
        for report in stats.get(outcome, ()):
            yield from (value for key, value in getattr(report, "user_properties", ()) if key == name)
