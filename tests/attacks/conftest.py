"""Attacks on the command line find no stack, unless they ask for one."""

from pathlib import Path

import pytest

from tests.starter.conftest import cli

__all__ = ["cli"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and "stack" in getattr(item, "fixturenames", ()):
            item.add_marker("stack")
