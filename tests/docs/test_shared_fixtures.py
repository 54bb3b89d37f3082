"""A fixture for more than one test is imported nowhere: pytest would make it anew for each module that does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.repo

TESTS = Path(__file__).parents[1]
HOME = TESTS / "conftest.py"
"""Where those stand that all tests share."""
CHEAP = frozenset({"signed_template", "story_template"})
"""These name a database that is made once, however often they are made (tests/running/servers.py)."""


def _list_shared(tree: ast.Module) -> Iterator[str]:
    """Yield the fixtures of a module that live longer than one test."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = [made for made in node.decorator_list if isinstance(made, ast.Call)]
            scopes = {
                ast.unparse(item.value) for made in calls for item in made.keywords if item.arg == "scope"
            }
            if scopes & {"'session'", "'package'", "'module'"}:
                yield node.name


def _name_module(path: Path) -> str:
    return ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)


def test_no_module_has_a_shared_fixture_of_its_own_by_importing_it() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("*.py"))}
    shared = {_name_module(path): frozenset(_list_shared(tree)) for path, tree in trees.items()}
    assert "server" in shared["tests.running.servers"]
    found = [
        f"{path.relative_to(TESTS)} imports {name.name}"
        for path, tree in trees.items()
        if path != HOME
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name in shared.get(node.module or "", frozenset()) - CHEAP
    ]
    assert found == []
