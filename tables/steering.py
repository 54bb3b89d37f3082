"""Text of others in a cell: what a spreadsheet would run is shown, and what steers a screen is marked."""

import re

MARK = "\N{REPLACEMENT CHARACTER}"
STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""C0 and C1 controls but tab and line feed, line separators, what turns the direction of writing, and no characters."""

FORMULA = re.compile(
    r"""(?:\A|(?<=[;\t\n]))(?=[\s"\u00ad\u200b-\u200d\u2060-\u2064\ufeff]*[-=+@＝＋－＠﹦﹢﹣﹫\u2212])|\A(?=[\t\n])"""
)
"""Where a spreadsheet would begin to read a formula: at a sign that it takes for an operator, also after what it skips.

A cell begins at its start; in places where semicolons or tabs part cells, also after those and in each line.
"""


def printable(text: str) -> str:
    """Return a text with a mark for each character that could move a cursor, colour, erase or reorder."""
    return STEERING.sub(MARK, text.replace("\r\n", "\n"))


def inert(text: str) -> str:
    """Return a text as a cell of a CSV file that a spreadsheet shows and never runs; `'` stands before a formula."""
    return FORMULA.sub("'", printable(text))
