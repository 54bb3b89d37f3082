"""Numbers as people type them, and what may be two numbers."""

import pytest

from selection.kernel.typed_numbers import narrow_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("21,000,000", "21000000"),
        ("21，000，000", "21000000"),
        ("２１，０００，０００", "21000000"),
        ("21 000 000", "21000000"),
        ("21\u202f000\u202f000", "21000000"),
        ("1,234,567.5", "1234567.5"),
        ("-1,500", "-1500"),
        ("－１，５００．２５", "-1500.25"),
        ("1,500", "1500"),
        ("８５．５", "85.5"),
        (" 12 ", "12"),
    ],
)
def test_groups_of_three_digits_and_full_width_are_understood(typed: str, number: str) -> None:
    assert narrow_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["1,5", "1,50", "1，5", "12,34,567", "1,2345", "0,500", "1,000 000", "1.000,5", "1,000,00", ",500"],
)
def test_what_may_be_another_number_stays_and_is_none(typed: str) -> None:
    """Whoever reads it next takes digits alone, and says what to do."""
    assert {",", " "} & {*narrow_number(typed)}


def test_one_group_is_left_where_three_decimals_are_asked_for() -> None:
    assert narrow_number("1,500", 3) == "1,500"
    assert (narrow_number("1,500.0", 3), narrow_number("1,500,000", 3)) == ("1500.0", "1500000")
    assert narrow_number("1 500", 3) == "1500"
