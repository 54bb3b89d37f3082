"""Numbers as people type them: with groups of three digits, in full width. What could be two numbers is none."""

import re

_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord("，"): ",",
    ord("．"): ".",
    ord("－"): "-",
    ord("−"): "-",
    **dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u3000"), " "),
}
_GROUPED = re.compile(r"(-?)([1-9][0-9]{0,2}(?:([, ])[0-9]{3})(?:\3[0-9]{3})*)((?:\.[0-9]+)?)", re.ASCII)
AMBIGUOUS_FROM = 3
"""Of so many decimal places on, 1,500 may also be one and a half with a comma for a point, as some write it."""


def narrow_number(text: str, places: int = 0) -> str:
    """Return a typed number in plain digits, without groups; unchanged where it is no number, or may be another one.

    Groups have three digits each and one kind of separator, comma or blank. `places` are the decimals that are asked
    for: of three or more a single group after a comma stays, for nobody knows which number is meant.
    """
    plain = text.strip().translate(_NARROW)
    found = _GROUPED.fullmatch(plain)
    if found is None:
        return plain
    sign, whole, separator, decimals = found.groups()
    if separator == "," and whole.count(",") == 1 and not decimals and places >= AMBIGUOUS_FROM:
        return plain
    return sign + whole.replace(separator, "") + decimals
