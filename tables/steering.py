"""Text of others in a cell: what a spreadsheet would run is shown, and what nobody would see is marked."""

import re

from selection.kernel.hidden_characters import mark_hidden

FORMULA = re.compile(
    r"""(?:\A|(?<=[;\t\n]))(?=[\s"\u00ad\u200b-\u200d\u2060-\u2064\ufeff]*[-=+@＝＋－＠﹦﹢﹣﹫\u2212])|\A(?=[\t\n])"""
)
"""Where a spreadsheet would begin to read a formula: at a sign that it takes for an operator, also after what it skips.

A cell begins at its start; in places where semicolons or tabs part cells, also after those and in each line.
"""


def inert(text: str) -> str:
    """Return a text as a cell of a CSV file that a spreadsheet shows and never runs; `'` stands before a formula."""
    return FORMULA.sub("'", mark_hidden(text))
