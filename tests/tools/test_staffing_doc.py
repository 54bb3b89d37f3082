from importlib.resources import files

from selection.sealing import load_rules
from selection.staffing import count_staff
from selection.wording.staffing_words import CASES, name_staff
from tools.staffing_doc import document


def test_it_has_a_line_for_every_need_of_every_example() -> None:
    lines = document().splitlines()
    for name in ("grant/rules.yaml", "quickstart/pilot.yaml", "second_batch/rules.yaml"):
        rules = load_rules(files("examples").joinpath(*name.split("/")).read_text(encoding="utf-8"))
        for need in count_staff(rules).needs:
            english, chinese = name_staff(need, rules)
            start, case = f"| {english} | {chinese} | {need.least} |", CASES[need.case][0]
            assert any(line.startswith(start) and f" | {case} | " in line for line in lines), start
