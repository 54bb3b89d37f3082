"""The check of the place that a report names can fail, on either side of the true one."""

import pytest

from audit.bundle.layout import history_of
from audit.claims import Claim, Difference, refute
from tests.tamper.truth import Truth, check_events, check_place

TRUTH = Truth(frozenset(), ("r", 5), frozenset({"r"}))


def accepts(claim: Claim, truth: Truth) -> bool:
    try:
        check_place(claim, truth)
    except AssertionError:
        return False
    return True


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
    claim = refute("a", "r", Difference(f"r#{place}", "root-differs", **span))
    assert accepts(claim, TRUTH) is right


@pytest.mark.parametrize(("workflow", "right"), [("application/r/1", True), ("application/r/2", False)])
def test_an_entry_without_its_event_is_right_only_in_a_stream_whose_history_changed(
    workflow: str, right: bool
) -> None:
    lines = {"r": [b'{"stream":"application/r/1"}'] * 6}
    truth = TRUTH._replace(workflows=frozenset({workflow}), lines=lines)
    claim = refute("a", "r", Difference("r#3", "entry-without-event"))
    assert accepts(claim, truth) is right


@pytest.mark.parametrize(
    ("named", "exact", "right"),
    [
        ((7,), True, True),
        ((9, 7), True, True),
        ((9,), False, True),
        ((), False, True),
        ((6,), False, False),
        ((9, 6), False, False),
        ((9,), True, False),
        ((), True, False),
    ],
)
def test_an_event_is_right_only_from_the_changed_one_on_and_an_exact_one_only_there(
    named: tuple[int, ...], exact: bool, right: bool
) -> None:
    truth = TRUTH._replace(events={history_of("round/r", "one"): 7})
    claims = [refute("a", "r", Difference(f"round/r@one#{number}", "input-differs")) for number in named]
    claims.append(refute("a", "r", Difference("round/r@other#1", "input-differs")))
    try:
        check_events(claims, truth, exact=exact)
    except AssertionError:
        assert not right
    else:
        assert right
