from importlib.resources import files
from pathlib import Path

import pytest

from selection.sealing import load_rules
from selection.staffing import count_staff
from selection.wording.staffing_words import CASES, name_staff
from tools.staffing_doc import document

DOCUMENT = Path(__file__).parents[2] / "docs" / "staffing.md"


@pytest.mark.repo
def test_the_document_is_what_is_counted_of_the_examples() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), (
        "docs/staffing.md differs from what selection/staffing.py counts, and offices plan by it;"
        " run: python -m tools.staffing_doc > docs/staffing.md"
    )


def test_it_has_a_line_for_every_need_of_every_example() -> None:
    lines = document().splitlines()
    for name in ("grant/rules.yaml", "quickstart/pilot.yaml", "second_batch/rules.yaml"):
        rules = load_rules(files("examples").joinpath(*name.split("/")).read_text(encoding="utf-8"))
        for need in count_staff(rules).needs:
            english, chinese = name_staff(need, rules)
            start, case = f"| {english} | {chinese} | {need.least} |", CASES[need.case][0]
            assert any(line.startswith(start) and f" | {case} | " in line for line in lines), start
