"""Counts what the core's tests come through, and asks for all of it when the whole folder has run."""

from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
LAST = "test_the_run_reached_everything"

# One machine of many tests: no deadline of its own, and the same examples in every run.
settings.register_profile("core", deadline=None, derandomize=True)
settings.load_profile("core")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the check of what was reached after everything that reaches."""
    items.sort(key=lambda item: item.name == LAST)


def ran_whole(session: pytest.Session) -> bool:
    """Tell whether every module that drives an aggregate was selected, and no single tests."""
    option = session.config.option
    narrowed = option.keyword or option.markexpr not in ("", "fast") or option.maxfail
    named = any("::" in argument for argument in session.config.args)
    selected = {item.path for item in session.items}
    return not (narrowed or named) and set(HERE.glob("*/test_*.py")) <= selected
