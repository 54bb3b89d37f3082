from datetime import UTC, datetime, timedelta

import pytest

from selection.transparency.schedule import GATES, LONGEST_UNSIGNED, MOST_UNSIGNED, UnsignedEntries

AT = datetime(2025, 3, 1, tzinfo=UTC)


def take_entries(*types: str, at: datetime = AT) -> UnsignedEntries:
    unsigned = UnsignedEntries()
    for type_ in types:
        unsigned = unsigned.after(type_, at)
    return unsigned


def test_nothing_new_is_never_due() -> None:
    assert not UnsignedEntries().is_due(AT + timedelta(days=365))


def test_a_log_is_due_after_its_limit_of_time() -> None:
    unsigned = take_entries("x", "x")
    assert not unsigned.is_due(AT + LONGEST_UNSIGNED - timedelta(microseconds=1))
    assert unsigned.is_due(AT + LONGEST_UNSIGNED)


def test_the_oldest_entry_counts_even_when_it_comes_late() -> None:
    late = take_entries("x").after("x", AT - LONGEST_UNSIGNED)
    assert late.is_due(AT)


def test_a_log_is_due_after_its_limit_of_entries() -> None:
    assert not take_entries(*["x"] * (MOST_UNSIGNED - 1)).is_due(AT)
    assert take_entries(*["x"] * MOST_UNSIGNED).is_due(AT)


@pytest.mark.parametrize("gate", sorted(GATES))
def test_a_gate_is_due_at_once_whatever_follows_it(gate: str) -> None:
    assert take_entries("x", gate, "x").is_due(AT)


def test_the_gates_are_those_of_the_design() -> None:
    assert {
        "round.opened.v1": "call sealed",
        "round.intake-closed.v1": "intake closed",
        "draw.committed.v1": "inputs of a draw fixed",
        "draw.voided.v1": "a draw given up, never to be opened",
        "draw.drawn.v1": "panels drawn",
        "round.stage-finished.v1": "scores frozen, and every other stage finished",
        "round.shortlist-fixed.v1": "shortlist fixed",
        "round.proposed.v1": "list proposed",
        "round.notice-opened.v1": "notice opened",
        "round.list-issued.v1": "list issued",
        "histories.archived.v1": "histories kept",
        "papers.recorded.v1": "papers that leave",
    }.keys() == GATES
