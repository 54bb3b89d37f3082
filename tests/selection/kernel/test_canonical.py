"""What was decided and what is read from the record have their keys in one order, so they fold alike."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given, strategies as st

from selection.application.events import PanelSeated
from selection.application.state import initial
from selection.decision.aggregate import event_of, leaf_of
from selection.kernel.actor import SYSTEM
from selection.kernel.canonical import FloatRefused, canonical_bytes, in_canonical_order
from selection.kernel.leaf import Leaf, leaf_bytes

pytestmark = pytest.mark.long

NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


@given(VALUES)
def test_a_reader_finds_keys_in_canonical_order(value: Any) -> None:
    assert keys_of(in_canonical_order(value)) == keys_of(json.loads(canonical_bytes(value)))


def test_keys_beyond_the_basic_plane_sort_by_utf_16() -> None:
    value = {"a\ue000": 1, "a\U00010000": 2}
    assert keys_of(in_canonical_order(value)) == keys_of(json.loads(canonical_bytes(value)))


def test_a_leaf_holds_its_data_in_the_order_of_its_bytes() -> None:
    event = PanelSeated(
        draw="1",
        revision=1,
        seats={"2": "b", "1": "a"},
        alternates=(),
        employers={"z": "E-1", "a": "E-2"},
        lot="0",
        respond_by=NOON,
        review_by=NOON,
    )
    state = initial("application/r/0001")
    leaf = leaf_of(event, state=state, offset=1, actor=SYSTEM, at=NOON, command_id="r/draw")
    read = Leaf.model_validate_json(leaf_bytes(leaf))
    assert keys_of(leaf.data) == keys_of(read.data)
    assert event_of(leaf).model_dump_json() == event_of(read).model_dump_json()


def keys_of(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, keys_of(item)) for key, item in value.items()]
    return [keys_of(item) for item in value] if isinstance(value, list) else None


_KEYS = st.text() | st.text(alphabet="abcZ_-é\U0001f600")
_LEAVES = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text()
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner), max_leaves=20)


@given(_VALUES)
def test_the_bytes_are_those_of_the_library_for_canonical_json(value: object) -> None:
    try:
        expected: object = rfc8785.dumps(value)  # type: ignore[arg-type]
    except ValueError as fault:
        expected = type(fault)
    try:
        found: object = canonical_bytes(value)
    except ValueError as fault:
        found = type(fault)
    assert found == expected


def test_a_float_behind_what_is_not_plain_is_refused() -> None:
    with pytest.raises(FloatRefused):
        canonical_bytes({"é": 2**53, "b": [1.5]})
