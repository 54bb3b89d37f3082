"""Folders, modules and functions that a reader can take in at a glance: no larger than CONTRIBUTING.md says."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo
MODULES_OF_A_FOLDER = 30
LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 40


def list_modules() -> list[str]:
    return sorted(file for file in r.files() if file.endswith(".py"))


def test_no_folder_holds_more_than_thirty_modules() -> None:
    modules = [PurePosixPath(file) for file in list_modules()]
    held = Counter(str(module.parent) for module in modules if module.name != "__init__.py")
    assert {folder for folder, count in held.items() if count > MODULES_OF_A_FOLDER} == set()


def test_each_folder_of_modules_is_a_package() -> None:
    """Else what is built lacks it, which nothing that runs from the sources shows."""
    files = frozenset(list_modules())
    assert [name for name in list_packages(files) if name not in files] == []


def list_packages(files: frozenset[str]) -> list[str]:
    """Return the `__init__.py` that each folder with modules has, and those around it."""
    folders = {
        folder
        for file in files
        for folder in PurePosixPath(file).parents
        if folder.name and not file.startswith(".")
    }
    return sorted(str(folder / "__init__.py") for folder in folders)


def test_no_module_is_longer_than_it_may_be() -> None:
    said = [line for file in list_modules() for line in tell_module(file)]
    assert said == [], "\n".join(said)


def test_no_function_is_longer_than_forty_lines() -> None:
    said = [line for file in list_modules() for line in tell_functions(file)]
    assert said == [], "\n".join(said)


def tell_module(file: str) -> Iterator[str]:
    """Tell of a module that is too long."""
    lines = len(r.text_of(file).split("\n")) - 1
    if lines > LINES_OF_A_MODULE:
        yield f"{file}: {lines} lines, and at most {LINES_OF_A_MODULE}"


def tell_functions(file: str) -> Iterator[str]:
    """Tell of each function of a module that is too long, at its line."""
    for function in find_long(ast.parse(r.text_of(file), file)):
        place = f"{file}:{function.lineno}: {function.name}"
        yield f"{place}: {lines_of(function)} lines, and at most {LINES_OF_A_FUNCTION}"


def find_long(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield functions that are too long. Whatever holds one is as long itself: nothing shorter is looked into."""
    for child in ast.iter_child_nodes(node):
        if lines_of(child) > LINES_OF_A_FUNCTION:
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield child
            yield from find_long(child)


def lines_of(node: ast.AST) -> float:
    """Return how many lines a node has; what has no place of its own, as the case of a match, may have any number."""
    if isinstance(node, ast.stmt | ast.expr | ast.excepthandler | ast.pattern):
        return (node.end_lineno or node.lineno) - node.lineno + 1
    return float("inf")
