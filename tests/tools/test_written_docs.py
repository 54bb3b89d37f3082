"""Documents that a program writes are what it writes now: readers trust them."""

from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.repo
@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("events.md", "tools.format_doc"),
        ("process.md", "tools.process_doc"),
        ("staffing.md", "tools.staffing_doc"),
    ],
)
def test_a_document_is_what_its_program_writes(name: str, program: str) -> None:
    text = import_module(program).document()
    assert (DOCS / name).read_text(encoding="utf-8") == text, f"run: python -m {program} > docs/{name}"
