"""Rules whose pattern of ids takes a worker, and every verifier, longer than anybody waits."""

import pytest

from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.rules.id_pattern import ID_LIMIT, match_id, read_pattern
from selection.streams import round_stream
from tests import factories as f
from tests.desk import Desk

LONG = "a" * ID_LIMIT
EXPONENTIAL = (
    "(a|a)*b",
    "(a*)*b",
    "(a+)+b",
    "(?:a?){40}a{39}b",
    "(a|aa)*b",
    "(.*)*b",
    "((a{0,40}){0,40}){0,40}b",
)
"""Twice as long for each character of an id, or worse."""
POLYNOMIAL = ("a*" * 49 + "b", ".*" * 49 + "b", "[a-z]*" * 16 + "b", "a?" * 49 + "b", "a{0,40}" * 14 + "b")
"""Longer by a power of an id's length: with 49 pieces, for ever too."""


def open_by(pattern: str, round_id: str) -> str:
    """The code with which a round of this id is refused whose officer wrote this pattern."""
    rules = {**f.RULES.model_dump(mode="json"), "round_pattern": pattern}
    command = f.open_round(rules=rules, rules_hash=sha256_hex(canonical_bytes(rules)))
    return Desk(round_stream(round_id), f.facts(), f.OPENED).refuse(command, f.OFFICER)


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_what_can_go_back_without_end_is_no_pattern(pattern: str) -> None:
    assert open_by(pattern, LONG) == "rules-faulty"
    with pytest.raises(ValueError, match="pattern"):
        read_pattern(pattern)


@pytest.mark.parametrize("pattern", POLYNOMIAL)
def test_the_worst_of_patterns_comes_to_its_end(pattern: str) -> None:
    assert open_by(pattern, LONG) == "unknown-value"
    assert match_id(pattern, LONG[1:] + "b")


def test_a_long_id_is_not_looked_at() -> None:
    assert open_by("[a-z]*", LONG + "a") == "unknown-value"
    assert not match_id(".*", "a" * 10**6)


@pytest.mark.parametrize("round_id", ["a/b", "a b", "张三", "a\n", "", "a\x00", "a'b"])
def test_no_pattern_lets_an_id_have_other_characters(round_id: str) -> None:
    assert not match_id(".*", round_id)
