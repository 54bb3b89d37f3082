"""Text that others wrote, made fit to print: what has no glyph, or is no character, stands as its code.

Nothing is left out and nothing obeys: a control or a mark that turns the direction of writing shows as `[U+202E]`, a
character that no font has likewise, so that no box and no gap ever stands for it in silence.
"""

import re
import unicodedata
from collections.abc import Container

from selection.kernel.hidden_characters import show_code

NO_CHARACTERS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
MARKS = frozenset({"Mn", "Me"})
MARKS_AT_MOST = 2
"""Marks that one letter may carry; more of them would run over the lines above and below."""
LONGEST_WORD = 16
"""Characters that may stand without a place to break the line: what fits into the narrowest column."""
LONGEST_CHAIN = 40
"""The same for words that hyphens and slashes join, where a line breaks by itself unless digits follow."""
PIECE = 6
BREAK = "\u200b"
_WIDE = "\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff"
_LONG = re.compile(rf"[^\s{_WIDE}]{{{LONGEST_CHAIN + 1},}}|[^\s/{_WIDE}-]{{{LONGEST_WORD + 1},}}")


def replace_unprintable(text: str, covered: Container[int]) -> tuple[str, tuple[str, ...]]:
    """Return a text with codes instead of what can't be printed, and those characters in order.

    `covered` holds the characters that the fonts have.
    """
    shown: list[str] = []
    missing: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "):
        category = unicodedata.category(character)
        marks = marks + 1 if category in MARKS else 0
        if character == "\n" or (
            category not in NO_CHARACTERS and marks <= MARKS_AT_MOST and ord(character) in covered
        ):
            shown.append(character)
        else:
            shown.append(show_code(character))
            missing.append(character)
    return "".join(shown), tuple(missing)


def break_long_words(text: str) -> str:
    """Return a text in which a line can be broken within what has no blank for long, such as an address."""
    return _LONG.sub(lambda found: _in_pieces(found[0]), text)


def _in_pieces(word: str) -> str:
    return BREAK.join(word[start : start + PIECE] for start in range(0, len(word), PIECE))
