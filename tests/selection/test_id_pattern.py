"""A pattern of ids means what it means as a regular expression."""

import re

import pytest
from hypothesis import given, strategies as st

from selection.rules.id_pattern import ID_LIMIT, match_id, read_pattern

pytestmark = pytest.mark.long

SETS = (*"ab.-", "[a-c]", "[b-]", "[-a-b]", "[.a]", "[A-Z0-9_]", "[-]")
COUNTS = ("", "?", "*", "+", "{0}", "{1}", "{2}", "{2,}", "{0,1}", "{1,3}")
# Few pieces and short ids: a regular expression that goes back stays quick on them.
patterns = st.lists(st.tuples(st.sampled_from(SETS), st.sampled_from(COUNTS)).map("".join), max_size=5).map(
    "".join
)
ids = st.text(alphabet="abcA0-._", min_size=1, max_size=8)


@given(patterns, ids)
def test_a_pattern_matches_as_the_regular_expression_does(pattern: str, round_id: str) -> None:
    assert match_id(pattern, round_id) == (re.fullmatch(pattern, round_id) is not None)


@given(patterns, st.data())
def test_what_a_regular_expression_makes_is_matched(pattern: str, data: st.DataObject) -> None:
    made = data.draw(st.from_regex(re.compile(pattern), fullmatch=True, alphabet="abcA0-._"))
    assert match_id(pattern, made) == (0 < len(made) <= ID_LIMIT)


NO_PIECES = ("(a)", "a|b", "^a", "a$", r"\d", r"\.", "a b", "a\n", "张")
NO_SETS = ("[^a]", "[]", "[a", "a]", "[z-a]", "[a-Z]", "[a-z-9]", "[[a]]", "[a b]")
NO_COUNTS = ("*a", "a**", "a*?", "a++", "a{", "a{}", "a{,3}", "a{3,2}", "a{41}", "a{0,41}", "a{100}", "{2}")


@pytest.mark.parametrize("pattern", NO_PIECES + NO_SETS + NO_COUNTS)
def test_other_regular_expressions_are_no_patterns(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|range|count"):
        read_pattern(pattern)
