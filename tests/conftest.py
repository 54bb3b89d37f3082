import pytest

SLOW_MARKS = ("repo", "bulk", "stack", "kill")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as fast what carries no other of our marks, so that `-m fast` finds it."""
    for item in items:
        if not any(item.get_closest_marker(mark) for mark in SLOW_MARKS):
            item.add_marker(pytest.mark.fast)
