"""The check of the place that a report names can fail, on either side of the true one."""

import pytest

from audit.claims import Difference, refuted
from tests.tamper.truth import Changed, check_place

TRUTH = Changed(frozenset(), ("r", 5), frozenset({"r"}))


@pytest.mark.parametrize(
    ("place", "span", "right"),
    [
        (5, {}, True),
        (4, {}, False),
        (6, {}, False),
        (3, {"last": "5"}, True),
        (3, {"last": "4"}, False),
        (6, {"last": "9"}, False),
    ],
)
def test_an_entry_is_right_only_where_it_changed_or_where_its_span_reaches(
    place: int, span: dict[str, str], right: bool
) -> None:
    claim = refuted("a", "r", Difference(f"r#{place}", "root-differs", **span))
    try:
        check_place(claim, TRUTH)
    except AssertionError:
        assert not right
    else:
        assert right
