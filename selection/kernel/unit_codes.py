"""One spelling for the code of a unit, whoever typed it: two codes name the same unit if their spellings are equal.

Recusal, confirmations and the register of units compare codes by this, so that no trailing blank, other case, digit of
full width or scheme makes a second unit of one. No table of Unicode that comes with an interpreter is asked.
"""

import re
from functools import lru_cache

SYNTHETIC = "99SYNTH"
"""How a synthetic code begins: no registration authority of GB 32100-2015 has the number 99."""
UNWRITTEN = ("USCC:", "SYNTHETIC:")
"""Schemes that are never written before a code."""
NO_UNIT = "NONE"
"""What stands for the employer of somebody whom no unit employs: nothing is not the same, as it may be forgotten."""
_WRITTEN = {"LEI:": "lei:", "FOREIGN:": "foreign:"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u30fc\ufe58\ufe63\uff0d"
_ALIKE = {
    **{0xFEE0 + plain: chr(plain) for plain in range(0x21, 0x7F)},
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **{ord(small): chr(ord(small) - 32) for small in "abcdefghijklmnopqrstuvwxyz"},
    **{0xFF41 + number: chr(0x41 + number) for number in range(26)},
}
_UNSEEN = re.compile(
    "[\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_FOREIGN = re.compile(r"[A-Z]{2}-.+")
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_BETWEEN = re.compile(r"[-./_]")
_SAYS = re.compile(r"[^-./_:]")
_USCC = re.compile(r"[0-9A-Z]{18}")


@lru_cache(maxsize=20_000)
def canonical_code(text: str) -> str:
    """Return the one spelling of a unit's code; empty where it holds nothing but blanks and signs.

    It says nothing of whether there is such a code: `find_code_fault` does.
    """
    code = _UNSEEN.sub("", text).translate(_ALIKE)
    while code.startswith(UNWRITTEN):
        code = code.partition(":")[2]
    if not _SAYS.search(code):
        return ""
    for prefix, scheme in _WRITTEN.items():
        if code.startswith(prefix):
            return scheme + code.removeprefix(prefix)
    if _FOREIGN.fullmatch(code):
        return "foreign:" + code
    if _LEI.fullmatch(code) and not code.startswith(SYNTHETIC):
        return "lei:" + code
    bare = _BETWEEN.sub("", code)
    return bare if _USCC.fullmatch(bare) else code


def spell_employer(text: str) -> str:
    """Return an employer's code in its one spelling. Raises ValueError for one with letters that no code has.

    Letters of other scripts look like those of a code, and would make another unit of it.
    """
    code = canonical_code(text)
    if not code.isascii():
        raise ValueError("a code has letters, digits and signs of ASCII only")
    return code


def same_unit(one: str, other: str) -> bool:
    """Tell whether two codes are of the same unit; where there is no code, there is no unit."""
    return canonical_code(one) == canonical_code(other) != ""
