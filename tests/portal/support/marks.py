"""What stands on a page for people to read, piece by piece, with the elements that it stands in."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
UNREAD = frozenset({"head", "script", "style", "template"})
TYPED = frozenset({"textarea"})
"""What a person typed, or is to type, stands there."""
EXACT = "statement"
"""The id of what is signed to the byte, for programs."""


class Element(NamedTuple):
    """An element with its attributes."""

    tag: str
    attributes: Mapping[str, str | None]


class Piece(NamedTuple):
    """A text between two marks, and the elements around it, from the outside."""

    text: str
    within: tuple[Element, ...]

    @property
    def language(self) -> str:
        """The language that the nearest element gives which gives one."""
        named = [str(item.attributes["lang"]) for item in self.within if "lang" in item.attributes]
        return named[-1] if named else ""

    @property
    def is_technical(self) -> bool:
        """Tell whether it is for programs, and a person opens it first."""
        return any("technical" in (item.attributes.get("class") or "").split() for item in self.within)

    @property
    def is_code(self) -> bool:
        """Tell whether it is what programs exchange."""
        return any(item.tag == "pre" and "data-salt" not in item.attributes for item in self.within)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._within: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        if tag not in VOID:
            self._within.append(element)
        elif tag == "input" and element.attributes.get("type") not in ("hidden", "checkbox", "radio"):
            self.pieces.append(Piece(element.attributes.get("value") or "", (*self._within, element)))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop().tag != tag:
            continue

    def handle_data(self, data: str) -> None:
        tags = {item.tag for item in self._within}
        exact = any(item.attributes.get("id") == EXACT for item in self._within)
        if data.strip() and not (tags & UNREAD or exact):
            self.pieces.append(Piece(data, tuple(self._within)))


def read_pieces(page: str) -> list[Piece]:
    """Return every piece of a page that a person reads, in its order; of fields what stands in them."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.pieces


def is_typed(piece: Piece) -> bool:
    """Tell whether a piece stands in a field."""
    return piece.within[-1].tag in TYPED | {"input"}
