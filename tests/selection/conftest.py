"""Counts what the core's tests come through, and asks for all of it when the whole folder has run."""

from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
LAST = "test_the_run_reached_everything"

# One machine of many tests: no deadline of its own, and the same examples in every run.
settings.register_profile("core", deadline=None, derandomize=True)
settings.load_profile("core")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the check of what was reached after everything that reaches, or not at all where only a part was selected."""
    items.sort(key=lambda item: item.name == LAST)
    last = [item for item in items if item.name == LAST]
    if last and not runs_whole(config, items):
        items.remove(*last)
        config.hook.pytest_deselected(items=last)


def runs_whole(config: pytest.Config, items: list[pytest.Item]) -> bool:
    """Tell whether every module that drives an aggregate was selected, and no single tests."""
    option = config.option
    narrowed = option.keyword or option.markexpr not in ("", "fast") or option.maxfail
    named = any("::" in argument for argument in config.args)
    return not (narrowed or named) and set(HERE.glob("*/test_*.py")) <= {item.path for item in items}
