"""docs/tampering.md names every kind that the suite does, and only these, by claims that there are."""

import pytest

from audit.report.sentences import CLAIMS
from tests.tamper.counts import ASKED, IN_HISTORIES, count_asked
from tests.tamper.hands import (
    ACCOMPLICE,
    ANOTHER_KEY,
    BACKUP,
    HISTORY_CASES,
    INSIDER,
    NO_KEY,
    RECORD_CASES,
    TRUE_KEY,
)
from tests.tamper.page import PAGE, list_documented

pytestmark = pytest.mark.repo


def test_every_kind_is_documented_and_nothing_else() -> None:
    assert sorted(list_documented()) == sorted({case.id for case in (*RECORD_CASES, *HISTORY_CASES)})
    assert all(codes and codes <= CLAIMS.keys() for codes in list_documented().values())


def test_every_hand_is_documented() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("\n## Who could do it\n")[2].partition("\n## ")[0]
    named = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    assert named[2:] == [NO_KEY, ANOTHER_KEY, TRUE_KEY, INSIDER, ACCOMPLICE, BACKUP]


def test_the_cases_come_to_what_is_asked_for() -> None:
    deep = IN_HISTORIES * len(HISTORY_CASES)
    assert sum(map(count_asked, RECORD_CASES)) + deep >= ASKED
    # A replay takes its time: of the 2,000 in CI at most 300.
    assert deep <= ASKED * 15 // 100
