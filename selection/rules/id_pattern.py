"""Patterns of rounds' ids: the part of regular expressions that is matched without ever going back.

Rules come from outside, and every worker and verifier matches by them. A group, an alternative or a search that goes
back can take time exponential in the length of an id; here each piece passes once over at most 40 characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from string import ascii_letters, digits

ID_LIMIT = 40
"""The most characters of a round's id, and the highest count in a pattern."""
ID_CHARACTERS = frozenset(ascii_letters + digits + "._-")

_SET = r"\[(?!\])-?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Za-z0-9._])*-?\]"
_PIECE = re.compile(rf"([A-Za-z0-9._-]|{_SET})([?*+]|\{{[0-9]{{1,2}}(?:,(?:[0-9]{{1,2}})?)?\}})?")
_MEMBERS = re.compile(r"(.)-(.)|(.)")
_COUNTS = {"": (1, 1), "?": (0, 1), "*": (0, ID_LIMIT), "+": (1, ID_LIMIT)}


@dataclass(frozen=True, slots=True)
class Piece:
    """`low` to `high` characters, each one of these."""

    characters: frozenset[str]
    low: int
    high: int

    def ends(self, text: str, start: int) -> Iterator[int]:
        """Yield every place at which this piece can end that begins at `start`."""
        for count in range(self.high + 1):
            if count >= self.low:
                yield start + count
            if text[start + count : start + count + 1] not in self.characters:
                return


def read_pattern(pattern: str) -> tuple[Piece, ...]:
    """Return the pieces of a pattern. Raises ValueError for what is none.

    A piece is a character of ids, `.` for any of them, or a set such as `[a-z0-9-]`; behind it `?`, `*`, `+`, `{2}`,
    `{2,}` or `{2,8}` may say how often, 40 times at most. All mean what they mean in a regular expression.
    """
    if _PIECE.sub("", pattern):
        raise ValueError("not a pattern of ids")
    return tuple(_piece(*found.groups(default="")) for found in _PIECE.finditer(pattern))


def match_id(pattern: str, round_id: str) -> bool:
    """Say whether a round's id matches the pattern in full."""
    if not 0 < len(round_id) <= ID_LIMIT:
        return False
    places = {0}
    for piece in read_pattern(pattern):
        places = set(chain.from_iterable(piece.ends(round_id, start) for start in places))
    return len(round_id) in places


def _piece(characters: str, count: str) -> Piece:
    low, high = _COUNTS.get(count) or _bounds(count.strip("{}"))
    if not low <= high <= ID_LIMIT:
        raise ValueError("not a count of characters")
    members = ID_CHARACTERS if characters == "." else frozenset(_members(characters.strip("[]")))
    return Piece(members, low, high)


def _bounds(count: str) -> tuple[int, int]:
    low, comma, high = count.partition(",")
    return int(low), int(high or (ID_LIMIT if comma else low))


def _members(characters: str) -> Iterator[str]:
    for first, last, one in _MEMBERS.findall(characters):
        if first > last:
            raise ValueError("not a range")
        yield from one or map(chr, range(ord(first), ord(last) + 1))
