"""Every type of entry has one origin: the proof looks for those of a workflow in its history, and only those."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import selection
from selection.projections.origins import ORIGINS, Origin

pytestmark = pytest.mark.long

ROOT = Path(selection.__file__).parents[1]
WRITERS = ("selection", "ledger", "activities", "workflows", "worker", "starter")
NAME = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v\d+")


def list_types() -> Iterator[str]:
    """The type of every entry that the code defines: `TYPE = "..."` of an event."""
    for folder in WRITERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    value = str(node.value.value)
                    if NAME.fullmatch(value):
                        yield value


def test_every_type_of_entry_in_the_code_has_exactly_one_origin() -> None:
    assert Counter(list_types()) == Counter(list(ORIGINS))


@pytest.mark.parametrize(
    ("kind", "origin"),
    [
        ("act.refused.v1", Origin.WORKFLOW),
        ("application.submitted.v1", Origin.WORKFLOW),
        ("draw.drawn.v1", Origin.WORKFLOW),
        ("histories.archived.v1", Origin.AUDITOR),
        ("letter.settled.v1", Origin.REGISTER),
        ("message.refused.v1", Origin.REGISTER),
        ("person.registered.v1", Origin.REGISTER),
    ],
)
def test_where_an_entry_comes_from(kind: str, origin: Origin) -> None:
    assert ORIGINS[kind] is origin
