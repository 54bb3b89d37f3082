"""docs/trust.md leaves out no requirement of ASVS 5.0, level 2, and names no test that is not there."""

import re

import pytest

from selection.decision.command import assurance_of
from selection.kernel.proof import Assurance
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, REGISTER_ACTS, ROUND_ACTS
from tests.docs import references as r

pytestmark = pytest.mark.repo

PAGE = "docs/trust.md"
LEVEL_2 = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2
4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2
7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2
11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4
14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
"""By section, how many requirements are of level 1 or 2: in each section these are the first."""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:(?: to |, )(\d+\.\d+\.\d+))? \| [^|]+ \| (\w+) \|(.*)\|$", re.M)


def rows() -> list[tuple[str, str, str, str]]:
    """First and last requirement of each row, what it says of them, and why."""
    return [(first, last or first, holds, why) for first, last, holds, why in ROW.findall(r.text_of(PAGE))]


def numbers(first: str, last: str) -> list[str]:
    """Every requirement of a row: all are of one section."""
    section, _, begin = first.rpartition(".")
    other, _, end = last.rpartition(".")
    assert section == other, first
    return [f"{section}.{number}" for number in range(int(begin), int(end) + 1)]


def test_every_requirement_stands_there_once_and_in_its_order() -> None:
    counts = [part.split(":") for part in LEVEL_2.split()]
    wanted = [f"{section}.{number}" for section, last in counts for number in range(1, int(last) + 1)]
    assert len(wanted) == 253
    assert [number for first, last, _, _ in rows() for number in numbers(first, last)] == wanted


def test_of_each_it_is_said_whether_it_holds_and_by_what() -> None:
    legend = r.text_of(PAGE).partition("| word | means |")[2].partition("###")[0]
    words = set(re.findall(r"^\| (\w+) \|", legend, re.M))
    assert {holds for _, _, holds, _ in rows()} == words
    assert [
        first for first, _, holds, why in rows() if holds in ("yes", "partly", "no") and not why.strip()
    ] == []


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", r.text_of(PAGE)))
    tests = "\n".join(
        r.text_of(name) for name in r.files() if name.startswith("tests/") and name.endswith(".py")
    )
    assert named
    assert sorted(name for name in named if not re.search(rf"def {name}\b", tests)) == []


def test_the_row_of_two_people_names_each_act_that_two_sign() -> None:
    row = next(
        line for line in r.text_of(PAGE).splitlines() if line.startswith("| two who both hold the role |")
    )
    acts = {**APPLICATION_ACTS, **LIST_ACTS, **ROUND_ACTS, **REGISTER_ACTS}
    by_two = {kind for kind in acts if assurance_of(kind, None) is Assurance.SIGNED_BY_TWO}
    assert set(re.findall(r"`([a-z-]+)`", row)) - {"signed-by-two"} == by_two
