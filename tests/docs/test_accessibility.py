"""The checklist of accessibility names every criterion of WCAG 2.2, A and AA, once, and says by what it is held."""

import re

import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo
PAGE = "docs/accessibility.md"
LAST = {"1.1": 1, "1.2": 5, "1.3": 5, "2.3": 1, "3.1": 2}
"""Of these guidelines every criterion up to the last is of level A or AA."""
OTHERS = (
    *("1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13"),
    *("2.1.1", "2.1.2", "2.1.4", "2.2.1", "2.2.2"),
    *("2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6", "2.4.7", "2.4.11"),
    *("2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.7", "2.5.8"),
    *("3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.6", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.7", "3.3.8"),
    *("4.1.2", "4.1.3"),
)
EVERY = {
    *OTHERS,
    *(f"{guideline}.{number + 1}" for guideline, last in LAST.items() for number in range(last)),
}


def test_each_criterion_stands_once_with_what_holds_it() -> None:
    rows = [line.split(" | ") for line in r.text_of(PAGE).splitlines() if re.match(r"\| \d\.\d\.", line)]
    named: list[str] = []
    for first, _, how, held in rows:
        found = re.findall(r"\d\.\d\.\d+", first)
        if " to " in first:
            guideline, (begin, end) = (
                found[0].rpartition(".")[0],
                (int(one.rpartition(".")[2]) for one in found),
            )
            found = [f"{guideline}.{number}" for number in range(begin, end + 1)]
        named += found
        assert how
        assert re.search(r"axe|by hand|by reading|`tests/", held), first
    assert len(EVERY) == 55
    assert sorted(named) == sorted(EVERY)
