"""Canonical bytes (RFC 8785) and hashes of values; decimals are strings, floats are refused."""

import hashlib
from typing import Any

import rfc8785
from pydantic import BaseModel


class FloatRefused(ValueError):
    """A binary float reached canonical form: its decimal text would depend on the platform."""


def canonical_bytes(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a model or of plain JSON data.

    Raises FloatRefused for a float anywhere: scores and money are Decimal, written as strings.
    """
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    _refuse_floats(plain)
    return rfc8785.dumps(plain)


def in_canonical_order(value: Any) -> Any:
    """Return plain JSON data with its keys in canonical order, as a reader of the bytes will find them."""
    if isinstance(value, dict):
        return {key: in_canonical_order(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, list):
        return [in_canonical_order(item) for item in value]
    return value


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _utf16(key: str) -> bytes:
    # RFC 8785 section 3.2.3 sorts by UTF-16 code units.
    return key.encode("utf-16-be", "surrogatepass")


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise FloatRefused("floats have no place in the record; use Decimal")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
