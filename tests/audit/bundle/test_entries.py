"""Reading leaves fast says the same as the library that writes canonical JSON, of whatever bytes it is given."""

import json
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from pydantic import ValidationError

from audit.bundle.entries import SAFE, read_leaf
from audit.claims import Difference
from selection.kernel.leaf import Leaf, leaf_bytes
from tests import factories as f

TEXT = st.text(st.characters(exclude_categories=[]), max_size=6)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(
        [SAFE, SAFE + 1, -SAFE, -SAFE - 1, 10**30, 0.0, 1.0, 1.5, 1e300, float("inf"), float("nan")]
    )
    | TEXT
    | st.sampled_from(["\x7f", "\x1f", "\u2028", "é", "\ufb33", "\U0001f600", "\ud800", "/", '"', "\\", "\n"])
)
KEYS = TEXT | st.sampled_from(["a", "Z", "é", "\ufb33", "\U0001f600", "id", "sha256"])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
WRITERS = st.builds(
    json.JSONEncoder,
    ensure_ascii=st.booleans(),
    sort_keys=st.booleans(),
    separators=st.sampled_from([(",", ":"), (",", ":"), (", ", ": ")]),
)
PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
HEADS = st.sampled_from(
    [
        {},
        {"version": True},
        {"version": 2.0},
        {"version": "1"},
        {"register_size": 3.0},
        {"register_size": False},
        {"recorded": "2024-07-15T00:00:00+00:00"},
        {"at": "2024-07-15T00:00:00+00:00"},
        {"at": "2024-07-15T08:00:00+08:00"},
        {"at": "2024-07-15T00:00:00.000000Z"},
        {"at": 1721001600},
        {"rules": None},
        {"more": 1},
        {"actor": {"person": "a", "role": "officer", "authority": "cli"}},
        {"actor": {"reason": None, "person": "a", "role": "officer", "authority": "cli"}},
    ]
)
SPOILS = st.sampled_from(
    [
        (b"", b""),
        (b'"rules"', b'"rules":"","rules"'),
        (b'"officer"', b'"\\u006fficer"'),
        (b":1}", b":-0}"),
        (b"{", b"{ "),
        (b"Z", b"z"),
        (b"}", b"}\n"),
        (b"cli", b"cl\xff"),
    ]
)


def by_the_book(body: bytes) -> Leaf | None:
    """The leaf, if its bytes are those that the library writes of it."""

    def refuse(text: str) -> Any:
        raise ValueError(text)

    def whole(text: str) -> int:
        if abs(int(text)) > SAFE:
            raise ValueError(text)
        return int(text)

    try:
        plain = json.loads(body.decode(), parse_float=refuse, parse_int=whole, parse_constant=refuse)
        leaf = Leaf.model_validate(plain)
        canonical = leaf_bytes(leaf) == body
    except (ValueError, ValidationError):
        return None
    return leaf if canonical and isinstance(leaf.data.get("command_id"), str) else None


def read(body: bytes) -> Leaf | None:
    try:
        return read_leaf("round", 0, body)
    except Difference:
        return None


def write_leaf(data: Any, head: dict[str, Any], writer: json.JSONEncoder) -> bytes:
    leaf = {
        "actor": {"authority": "cli", "person": "officer-1", "reason": None, "role": "officer"},
        "at": "2024-07-15T00:00:00Z",
        "data": {"command_id": "c-1", "more": data},
        "recorded": "2024-07-15T00:00:01Z",
        "register_size": 3,
        "rules": "",
        "stream": f"round/{f.ROUND}",
        "type": "round.opened.v1",
        "version": 1,
    }
    return writer.encode({**leaf, **head}).encode("utf-8", "surrogatepass")


@given(DATA, HEADS, WRITERS, SPOILS)
@example({"\ufb33": 1, "\U0001f600": 2}, {}, PLAIN, (b"", b""))
@example({"b": 1, "a": 2}, {}, PLAIN, (b"", b""))
@example("\x7f\x1f", {}, PLAIN, (b"", b""))
@example([SAFE + 1], {}, PLAIN, (b"", b""))
@example(1.5, {}, PLAIN, (b"", b""))
@example(None, {"version": True}, PLAIN, (b"", b""))
def test_reading_fast_says_what_the_library_says(
    data: Any, head: dict[str, Any], writer: json.JSONEncoder, spoil: tuple[bytes, bytes]
) -> None:
    body = write_leaf(data, head, writer).replace(*spoil, 1)
    assert read(body) == by_the_book(body)


@pytest.mark.parametrize("data", ["plain", 7, None, [1, {"a": "é"}], {"id": "1", "sha256": "2"}])
def test_what_the_library_writes_is_read(data: Any) -> None:
    leaf = Leaf(
        type="round.opened.v1",
        stream=f"round/{f.ROUND}",
        version=1,
        actor=f.OFFICER,
        at=f.OPENED,
        recorded=f.OPENED,
        register_size=3,
        rules="",
        data={"command_id": "c-1", "more": data},
    )
    assert read(leaf_bytes(leaf)) == leaf
