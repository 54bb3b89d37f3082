"""Characters that nobody sees or that steer what shows them, and the one way in which they are marked: by their code.

Controls but tab and line feed; marks that turn the direction of what stands around them or cannot be seen; halves of
pairs, what is no character, tags. No table of Unicode that comes with an interpreter is asked, as the next one has
another: what a text is found to be must be found again by a verifier in twenty years.
"""

import re

HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
    "|["
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_BREAKS = re.compile("[\t\n]")


def find_hidden(text: str, *, lines: bool) -> int | None:
    """Return the place, from 1, of the first character that nobody would see; None where there is none.

    A text of one line has neither breaks nor tabs.
    """
    found = HIDDEN.search(text) or (None if lines else _BREAKS.search(text))
    return found.start() + 1 if found else None


def show_code(character: str) -> str:
    """Return a character's code as it is shown instead of it."""
    return f"[U+{ord(character):04X}]"


def mark_hidden(text: str) -> str:
    """Return a text with its code instead of each character that nobody would see, so that nothing obeys it."""
    return HIDDEN.sub(lambda found: show_code(found[0]), text.replace("\r\n", "\n"))
