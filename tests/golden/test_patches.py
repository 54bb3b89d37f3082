"""Every change that the workflows put behind a patch is shown by a golden history that went the new way."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import workflows
from tests.golden.files import goldens

ASKING = ("patched", "deprecate_patch")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(workflows.__path__, "workflows."):
        yield importlib.import_module(found.name)


def patches_of(module: ModuleType) -> Iterator[str]:
    """Yield the change ids that a module asks Temporal for, each a text or a constant of the module."""
    assert module.__file__ is not None
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            asked = node.args[0]
            yield vars(module)[asked.id] if isinstance(asked, ast.Name) else ast.literal_eval(asked)


def test_every_patch_stands_in_a_golden_history() -> None:
    read = list(modules())
    assert any(module.__name__ == "workflows.stream" for module in read)
    asked = {patch for module in read for patch in patches_of(module)}
    lines = {line for golden in goldens() for line in golden.sequence.read_text("utf-8").splitlines()}
    missing = {patch for patch in asked if f"patch {patch}" not in lines}
    assert not missing, "no golden history went this way: let tests/golden/course.py come by it"
