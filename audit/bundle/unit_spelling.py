"""How the code of a unit is spelled, so that two spellings of one unit are found to be one.

Written for the auditor apart from the core, character by character, from the rule in docs/format.md ("Spelling").
"""

from collections.abc import Iterator
from functools import lru_cache

from selection.application.submission import Submission

DASHES = {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x2212, 0x30FC, 0xFE58, 0xFE63}
UNSEEN = (
    *((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160)),
    *((0x1680, 0x1680), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x200F), (0x2028, 0x202E)),
    *((0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000), (0x3164, 0x3164), (0xFE00, 0xFE0F)),
    *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF)),
)
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


@lru_cache(maxsize=20_000)
def spell(code: str) -> str:
    """Return the one spelling of a unit's code; empty where it holds nothing but blanks and signs."""
    text = "".join(_normalise(code))
    scheme, colon, rest = text.partition(":")
    while colon and scheme in ("USCC", "SYNTHETIC"):
        text = rest
        scheme, colon, rest = text.partition(":")
    if not text.strip("-./_:"):
        return ""
    if colon and scheme in ("LEI", "FOREIGN"):
        return f"{scheme.lower()}:{rest}"
    if len(text) > 3 and text[2] == "-" and _consists(text[:2], LETTERS):
        return f"foreign:{text}"
    if len(text) == 20 and _consists(text, LETTERS + DIGITS) and _consists(text[18:], DIGITS):
        return text if text[:7] == "99SYNTH" else f"lei:{text}"
    joined = "".join(character for character in text if character not in "-./_")
    return joined if len(joined) == 18 and _consists(joined, LETTERS + DIGITS) else text


def spell_units(submission: Submission) -> frozenset[str]:
    """Return the spellings of the host unit and the co-builders of a version."""
    return frozenset(spell(unit.code) for unit in (submission.host, *submission.co_builders))


def _normalise(code: str) -> Iterator[str]:
    """Yield what can be seen of a code: of full width as of half, small letters as capitals, all dashes as one."""
    for character in code:
        number = ord(character)
        if any(first <= number <= last for first, last in UNSEEN):
            continue
        if number in DASHES:
            number = ord("-")
        if 0xFF01 <= number <= 0xFF5E:
            number -= 0xFEE0
        if ord("a") <= number <= ord("z"):
            number -= 32
        yield chr(number)


def _consists(text: str, of: str) -> bool:
    return all(character in of for character in text)
