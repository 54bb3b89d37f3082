"""Attacks on the command line find no stack, unless they ask for one."""

import pytest

from tests.sharing import lies_in
from tests.starter.conftest import cli

__all__ = ["cli"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "attacks") and "stack" in getattr(item, "fixturenames", ()):
            item.add_marker("stack")
