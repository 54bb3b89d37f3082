"""Codes of units by scheme: the unified social credit code with its check digit, the LEI, foreign and synthetic ones.

Written `scheme:code`; unified social credit codes and synthetic ones never have their scheme before them. There is one
way to write each, as conflicts of interest are found by comparing codes.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from selection.kernel.unit_codes import SYNTHETIC

BARE = ("uscc:", "synthetic:")
"""Schemes that are never written before a code."""
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH, _MODULUS = 18, 31
_AUTHORITIES = frozenset("123456789ANY")
_WEIGHTS = [pow(3, place, _MODULUS) for place in range(_LENGTH - 1)]


class CodeFault(NamedTuple):
    """What is wrong with a code: a stable code and what the sentence names."""

    code: str
    params: dict[str, str] = {}


def split_scheme(text: str) -> tuple[str, str]:
    """Return scheme and code of a text."""
    scheme, colon, code = text.partition(":")
    if colon:
        return scheme, code
    return ("synthetic" if text.startswith(SYNTHETIC) else "uscc"), text


def find_code_fault(text: str, schemes: tuple[str, ...]) -> CodeFault | None:
    """Return what is wrong with a unit's code, None where nothing is."""
    if text.startswith(BARE):
        return CodeFault("code-prefixed")
    if "any" in schemes and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,99}", text):
        return None
    scheme, code = split_scheme(text)
    if scheme not in schemes:
        return CodeFault("scheme-not-allowed", {"schemes": ", ".join(schemes)})
    return _CHECKS[scheme](code)


def check_digit(first: str) -> str:
    """Return the last character that belongs to the first 17 of a unified social credit code (GB 32100-2015, 5.5)."""
    total = sum(
        _CHARACTERS.index(character) * weight for character, weight in zip(first, _WEIGHTS, strict=True)
    )
    return _CHARACTERS[-total % _MODULUS]


def _check_uscc(code: str) -> CodeFault | None:
    if len(code) != _LENGTH:
        return CodeFault("code-length", {"count": str(len(code)), "wanted": str(_LENGTH)})
    for place, character in enumerate(code, start=1):
        if character not in _CHARACTERS:
            return CodeFault("code-character", {"place": str(place)})
    if code[0] not in _AUTHORITIES:
        return CodeFault("code-authority")
    if not code[2:8].isdecimal():
        return CodeFault("code-division")
    return None if check_digit(code[:-1]) == code[-1] else CodeFault("code-check-digit")


def _check_lei(code: str) -> CodeFault | None:
    """Check a legal entity identifier (ISO 17442): 18 characters and two check digits by ISO 7064, mod 97-10."""
    if len(code) != 20:
        return CodeFault("code-length", {"count": str(len(code)), "wanted": "20"})
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", code):
        return CodeFault("code-form")
    number = int("".join(str(int(character, 36)) for character in code))
    return None if number % 97 == 1 else CodeFault("code-check-digit")


def _check_by(pattern: str) -> Callable[[str], CodeFault | None]:
    compiled = re.compile(pattern)
    return lambda code: None if compiled.fullmatch(code) else CodeFault("code-form")


_CHECKS: dict[str, Callable[[str], CodeFault | None]] = {
    "uscc": _check_uscc,
    "lei": _check_lei,
    "foreign": _check_by(r"[A-Z]{2}-[A-Za-z0-9][A-Za-z0-9./-]{0,59}"),
    "synthetic": _check_by(SYNTHETIC + r"[0-9A-Z]{1,33}"),
    "any": _check_by(r"(?!)"),
}
