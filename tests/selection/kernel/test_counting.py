import pytest

from selection.kernel.counting import fill, number_of


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (21, "21 entries"), ("1", "1 entry")],
)
def test_the_word_goes_with_the_count(count: object, shown: str) -> None:
    assert number_of(count, "entry", "entries") == shown
    assert fill("{count:entry|entries}", {"count": count}) == shown


def test_other_parameters_are_filled_in_as_format_does() -> None:
    assert fill("{a} of {b:item was|items were} {{lost}}", {"a": "x", "b": 1}) == "x of 1 item was {lost}"
    with pytest.raises(KeyError):
        fill("{a}", {})
