"""Answers as JSON text: read as strictly as they are written, and refused before they can cost anything."""

import json
import re
from collections.abc import Iterator

from selection.forms.faults import AnswerFault, Unreadable
from selection.kernel.canonical import SAFE, canonical_bytes

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
"""Plain JSON without floats."""

LIMIT = 1_000_000
"""Bytes that the answers of a form may have, its files apart."""
DEPTH = 8
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
"""A text, whole or to the end of what there is, or a bracket: passed over once, whatever it holds."""
_DIGITS = 20


def read_json(body: bytes, path: str = "(form)", *, limit: int = LIMIT) -> Json:
    """Return the data of a JSON text. Raises Unreadable.

    Refused are more bytes or levels than answers have, a key that stands twice, numbers with a point or an exponent,
    NaN, numbers that no other reader holds exactly, and what is no UTF-8.
    """
    if len(body) > limit:
        raise Unreadable(AnswerFault(path, "too-large", {"limit": str(limit)}))
    _refuse_depth(body, path)
    try:
        data: Json = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_each_once,
            parse_float=_refuse,
            parse_int=_whole,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError):
        raise Unreadable(AnswerFault(path, "unreadable")) from None
    return data


def read_canonical(body: bytes, path: str = "(form)", *, limit: int = LIMIT) -> Json:
    """Return the data of a JSON text in its canonical spelling (RFC 8785). Raises Unreadable."""
    data = read_json(body, path, limit=limit)
    try:
        same = canonical_bytes(data) == body
    except ValueError:
        same = False
    if not same:
        raise Unreadable(AnswerFault(path, "not-canonical"))
    return data


def texts_in(data: Json) -> Iterator[str]:
    """Yield all texts at any depth, in the order of the data; names of fields are none."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts_in(item)


def list_texts(body: bytes) -> list[str]:
    """Return the texts of answers, without the names of their fields; of what is no JSON the whole as one text."""
    try:
        return list(texts_in(read_json(body)))
    except Unreadable:
        return [body.decode("utf-8", "replace")]


def _refuse_depth(body: bytes, path: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(body):
        depth += (token[0] in (b"[", b"{")) - (token[0] in (b"]", b"}"))
        if depth > DEPTH:
            raise Unreadable(AnswerFault(path, "too-deep"))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _whole(text: str) -> int:
    if len(text) > _DIGITS or abs(number := int(text)) > SAFE:
        raise ValueError("a number beyond 2**53")
    return number


def _refuse(text: str) -> None:
    raise ValueError("not a whole number")
