"""Codes of units: GB 32100-2015, and the other schemes by name."""

import pytest
from hypothesis import given, strategies as st

from selection.forms.credit_codes import check_digit, find_code_fault

STANDARD = "91350100M000100Y43"
"""The example of GB 32100-2015 itself."""
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def fault(text: str, *schemes: str) -> str:
    found = find_code_fault(text, schemes or ("uscc",))
    return found.code if found else ""


def test_the_example_of_the_standard_has_its_check_digit() -> None:
    assert check_digit(STANDARD[:-1]) == STANDARD[-1]
    assert fault(STANDARD) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "code-length"),
        (STANDARD[:-1], "code-length"),
        (STANDARD + "1", "code-length"),
        (STANDARD.lower(), "code-character"),
        (STANDARD.replace("M", "O"), "code-character"),
        ("０" + STANDARD[1:], "code-character"),
        ("0" + STANDARD[1:], "code-authority"),
        ("91A50100M000100Y43", "code-division"),
        (STANDARD[:-1] + "4", "code-check-digit"),
        ("foreign:DE-HRB1234", "scheme-not-allowed"),
        ("99SYNTH00000000010", "scheme-not-allowed"),
        ("what:1", "scheme-not-allowed"),
    ],
)
def test_each_fault_says_what_is_wrong(text: str, code: str) -> None:
    assert fault(text) == code


@given(st.integers(0, 16), st.sampled_from(CHARACTERS))
def test_one_mistyped_character_is_always_found(place: int, character: str) -> None:
    mistyped = STANDARD[:place] + character + STANDARD[place + 1 :]
    assert (fault(mistyped) == "") is (mistyped == STANDARD)


def test_other_schemes_are_taken_by_name_alone() -> None:
    schemes = ("uscc", "lei", "foreign", "synthetic")
    assert fault("99SYNTH00000000010", *schemes) == ""
    assert fault("foreign:DE-HRB1234", *schemes) == fault("lei:5493001KJTIIGC8Y1R12", *schemes) == ""
    assert fault("lei:5493001KJTIIGC8Y1R13", *schemes) == "code-check-digit"
    assert fault("foreign:HRB1234", *schemes) == fault("99SYNTH-1", *schemes) == "code-form"
    assert fault("91-host", "any") == ""
    assert fault("a b", "any") == "scheme-not-allowed"


@pytest.mark.parametrize("schemes", [("uscc", "synthetic"), ("any",), ("any", "uscc")])
def test_a_unit_is_written_in_one_way_as_conflicts_are_found_by_its_code(schemes: tuple[str, ...]) -> None:
    """Else a co-builder that is named with its scheme has other experts than the same one without."""
    for code in (STANDARD, "99SYNTH00000000010"):
        assert fault(code, *schemes) == ""
    for code in (f"uscc:{STANDARD}", "synthetic:99SYNTH00000000010", "uscc:", f"uscc:uscc:{STANDARD}"):
        assert fault(code, *schemes) == "code-prefixed"
