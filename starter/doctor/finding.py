from collections.abc import Sequence
from typing import NamedTuple

Words = tuple[str, str]
"""English and Chinese."""
NAMED = 10


class Finding(NamedTuple):
    """One answer: the part, what was found, whether it is fine, and what to do if not, in English and Chinese."""

    part: str
    found: Words
    fine: bool
    cure: Words = ("", "")


def same(text: str) -> Words:
    """Return what reads alike in both languages: a code, a place, a number."""
    return text, text


def list_names(names: Sequence[str]) -> Words:
    """Return the first of these names."""
    more = len(names) > NAMED
    return ", ".join(names[:NAMED]) + ", …" * more, "、".join(names[:NAMED]) + "等" * more
