"""Reads the leaves of a bundle's log: each must be the canonical bytes of a well-formed leaf."""

import json
from typing import NoReturn

from pydantic import ValidationError

from audit.claims import Difference
from selection.leaf import Leaf, leaf_bytes

SAFE = 2**53 - 1
"""The largest whole number that RFC 8785 writes."""


def read_leaf(log: str, seq: int, body: bytes) -> Leaf:
    """Return the leaf that the bytes are. Raises Difference when they are not exactly how it is written."""
    point = f"{log}#{seq}"
    try:
        leaf = Leaf.model_validate(_READER.decode(body.decode()))
        if not _is_written(leaf, body):
            raise Difference(point, "leaf-not-canonical")
    except (ValueError, RecursionError, ValidationError):
        raise Difference(point, "leaf-unreadable") from None
    if not isinstance(leaf.data.get("command_id"), str):
        raise Difference(point, "leaf-unreadable")
    return leaf


def _is_written(leaf: Leaf, body: bytes) -> bool:
    # The library that writes canonical JSON is slow. Without floats, large numbers and characters beyond the
    # basic plane, which alone sort otherwise, Python's own writer gives the same bytes; else the library judges.
    plain = leaf.model_dump(mode="json")
    quick = _WRITER.encode(plain).encode()
    return (quick == body and not any(lead in body for lead in _BEYOND)) or leaf_bytes(leaf) == body


_BEYOND = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > SAFE:
        raise ValueError("a number beyond what canonical JSON writes")
    return number


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} has no place in the record")


_READER = json.JSONDecoder(parse_float=_refuse, parse_int=_whole, parse_constant=_refuse)
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
