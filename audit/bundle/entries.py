"""Reads the leaves of a bundle's log: each must be the canonical bytes of a well-formed leaf."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from audit.claims import Difference
from selection.kernel.leaf import Leaf, leaf_bytes

SAFE = 2**53 - 1
"""The largest whole number that RFC 8785 writes."""


def read_leaf(log: str, seq: int, body: bytes) -> Leaf:
    """Return the leaf that the bytes are. Raises Difference when they are not exactly how it is written."""
    point = f"{log}#{seq}"
    try:
        plain = from_json(body)
        ordered = _in_order(plain)
        leaf = Leaf.model_validate(plain)
        if not (ordered and _is_quickly_seen(leaf, plain, body)) and leaf_bytes(leaf) != body:
            raise Difference(point, "leaf-not-canonical")
    except (ValueError, RecursionError, ValidationError):
        raise Difference(point, "leaf-unreadable") from None
    if not isinstance(leaf.data.get("command_id"), str):
        raise Difference(point, "leaf-unreadable")
    return leaf


def _is_quickly_seen(leaf: Leaf, plain: dict[str, Any], body: bytes) -> bool:
    """Tell whether the bytes are seen to be canonical without the library that writes it, which is slow.

    They are when a writer without spaces gives them back from what was read in its order, the order is the
    canonical one, and the leaf's own fields are written as the leaf writes them; data and command are what was read.
    """
    numbers = (plain["version"], plain["register_size"])
    if to_json(plain) != body or any(type(number) is not int for number in numbers):
        return False
    head = {key: value for key, value in plain.items() if key != "data"}
    if leaf.signed is not None:
        head["signed"] = {key: value for key, value in plain["signed"].items() if key != "command"}
    written: dict[str, Any] = _SERIALIZER.to_python(leaf, mode="json", exclude=_AS_READ)
    return written == head


def _in_order(part: Any) -> bool:
    """Tell whether all keys are seen to stand in order; raise ValueError for what canonical JSON can't hold."""
    kind = type(part)
    if kind is str or kind is bool or part is None:
        return True
    if kind is int:
        if abs(part) > SAFE:
            raise ValueError("a number beyond what canonical JSON writes")
        return True
    if kind is dict:
        keys = list(part)
        # Only beyond ASCII the order of UTF-16, which RFC 8785 asks for, may be another than this one.
        ordered = keys == sorted(keys) and "".join(keys).isascii()
        values = part.values()
    elif kind is list:
        ordered, values = True, part
    else:
        raise ValueError("a fraction has no place in the record")
    for value in values:
        if type(value) is not str and not _in_order(value):
            ordered = False
    return ordered


_SERIALIZER = Leaf.__pydantic_serializer__
_AS_READ: Any = {"data": True, "signed": {"command": True}}
"""What a leaf holds as it was read, whatever it is."""


def parse_leaf(body: bytes, point: str) -> Leaf:
    """Return the leaf that the bytes hold, canonical or not. Raises Difference when they hold none."""
    try:
        return Leaf.model_validate_json(body)
    except ValidationError:
        raise Difference(point, "entry-unreadable") from None
