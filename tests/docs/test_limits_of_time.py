"""No test gives up on what comes at once after a time that a busy machine may take for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.repo

ROOT = Path(__file__).parents[2]
LEAST = 600
"""Seconds that anything is waited for: tests/running/waiting.py."""
FIRST, SECOND = frozenset({"settimeout", "timeout", "wait"}), frozenset({"wait_for", "wait_procs"})
"""Calls whose first argument limits a wait, and whose second does."""
NAMED = frozenset({"connect_timeout", "timeout"})
GIVES_UP = {
    ROOT / "tests/workflows/attacks/test_attacks.py": "an update that nothing answers",
}
"""Where it is the giving up that is meant."""


def _list_limits(call: ast.Call) -> Iterator[float]:
    """Yield the limits of seconds that a call which waits gives as a number; none where it does not wait."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    placed = call.args[:1] if name in FIRST else call.args[1:2] if name in SECOND else []
    for value in (*placed, *(item.value for item in call.keywords if item.arg in NAMED)):
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
            yield value.value


def test_whatever_is_waited_for_has_ten_minutes() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} gives up after {limit} s: take STUCK_AFTER"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path not in GIVES_UP
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for limit in _list_limits(node)
        if 1 <= limit < LEAST
    ]
    assert found == []
