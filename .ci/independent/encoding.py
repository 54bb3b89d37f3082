"""How docs/format.md writes what is hashed and signed; and how an entry that is not as it must be is told."""

import base64
import hashlib
import json
import re
from datetime import datetime
from typing import Any

Json = dict[str, Any]


class Wrong(Exception):
    """An entry is not as it must be."""


def require(holds: object, why: str) -> None:
    """Raise Wrong unless something holds."""
    if not holds:
        raise Wrong(why)


def canonical(value: Any) -> str:
    """Write RFC 8785, of what a record holds: no fractions; keys in the order of their UTF-16."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    require(not isinstance(value, float), "a fraction")
    return json.dumps(value, ensure_ascii=False)


def sha256(data: bytes) -> bytes:
    """Return the SHA-256."""
    return hashlib.sha256(data).digest()


def unbase64(text: str) -> bytes:
    """Return the bytes of a text in the web's base64."""
    require(re.fullmatch("[A-Za-z0-9_-]*", text), "not base64")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def instant(text: str) -> datetime:
    """Return an instant."""
    require(isinstance(text, str), "not an instant")
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
