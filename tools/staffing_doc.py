"""Writes docs/staffing.md from the rules of the examples: `python -m tools.staffing_doc > docs/staffing.md`."""

import sys
from importlib.resources import files

from selection.rules.model import RoundRules
from selection.sealing import load_rules
from selection.staffing import Need, count_staff
from selection.wording.staffing_words import CASES, explain_need, name_staff

_HEAD = """# How many people a round needs

<!-- Written by `python -m tools.staffing_doc > docs/staffing.md` from selection/staffing.py and the examples' rules.
Change those, not this file: a test keeps them equal. -->

So many at least, by its rules: with one fewer the rules are refused, or something that they ask for can't be done.
Tests lead rounds of exactly as many people to their list (`tests/selection/staffing/test_small_office.py`). Your own
rules are counted by `selection rules check FILE`, for another number of applications with `--applications`.

Who is ill, declines or has a conflict of interest is not counted: of every post have one more where you can. Nor is
what a reversal takes, which others decide on than before ([decisions/0070](decisions/0070-decisions-are-reversed.md)),
nor who applies, recommends or objects. "Named" is how many the rules name; the others come later.

What is not needed "always" is needed where that happens: somebody objects, or requests a review of the procedure, or
has their data erased, or the record is taken along to be verified elsewhere.

## What one person may do

- **Whoever holds a post meets every application of the round.** So officers, supervisors, approvers and auditors are
  different people, and none of them reviews, surveys, examines an objection or decides on a request
  ([rules.md](rules.md), A1 and A2).
- **Who registers people may hold another post**, but not an auditor's: nothing is decided by it. They make no draws and
  put nobody into a post. Best is an approver, or somebody without any other post, who alone can register another
  address of somebody who has a part in the round ([decisions/0061](decisions/0061-people-change.md)).
- **An expert may be of the survey team**, also where they review, and examine an objection to an application that they
  neither review nor survey. Whoever decides on a request has no part in any application.
- **The chair is a member of the panel**, and not counted beside it.

What no scheme can lower: two officers and two supervisors, since two sign what can't be undone (A7), an approver who is
neither, and three seats of a panel [N]. So **eight people** are the fewest of all: five in posts and three experts.
"""
_SCHEMES = (
    (
        "grant/rules.yaml",
        "A grant: an office of seven, three reviewers, no survey and no notice",
        (4, 12, 40),
    ),
    ("quickstart/pilot.yaml", "The quickstarts' round: every stage, the smallest panels", (2, 5)),
    ("second_batch/rules.yaml", "The second batch: every stage, panels of seven", (12, 36, 100)),
)
_COLUMNS = "| people | | at least | named | when | | why | |\n|---|---|---:|---:|---|---|---|---|"
_COUNTS = "| applications 申报数 | people in all 总人数 | in posts 任职人员 |\n|---:|---:|---:|"


def document() -> str:
    """Return the whole document as Markdown, ending with a newline."""
    return "\n".join((_HEAD, *(_scheme(*item) for item in _SCHEMES)))


def _scheme(file: str, title: str, numbers: tuple[int, ...]) -> str:
    rules = load_rules(files("examples").joinpath(*file.split("/")).read_text(encoding="utf-8"))
    needs = "\n".join(_line(need, rules) for need in count_staff(rules).needs)
    counts = "\n".join(_count(rules, number) for number in numbers)
    return f"## {title}\n\n{_COLUMNS}\n{needs}\n\n{_COUNTS}\n{counts}\n"


def _line(need: Need, rules: RoundRules) -> str:
    why = (explain_need(need, lang) for lang in ("en", "zh"))
    holders = "–" if need.holders is None else str(need.holders)
    cells = (*name_staff(need, rules), str(need.least), holders, *CASES[need.case], *why)
    return f"| {' | '.join(cells)} |"


def _count(rules: RoundRules, applications: int) -> str:
    staffing = count_staff(rules, applications)
    return f"| {applications} | {staffing.in_all()} | {staffing.in_office} |"


if __name__ == "__main__":
    sys.stdout.write(document())
