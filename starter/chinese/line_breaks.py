"""Where a line of Chinese may end.

Rich breaks at blanks only: it would end a line wherever a Latin word stands in a Chinese sentence, and cut off, in a
table, what has no blank. Chinese breaks between any two characters, but for punctuation (GB/T 15834-2011):
no line begins with what closes or parts, and none ends with what opens.
"""

import re

from rich.cells import cell_len, chop_cells

_WIDE = "\u2e80-\uffef"
_OPENING = "（《“‘【"
_CLOSING = "，。；：、？！）》”’】`"
_UNIT = re.compile(
    rf"\s*[{_OPENING}]*(?:[^\s{_WIDE}]*[@:=`])?(?:[^\s{_WIDE}]+|\S)[{_CLOSING}]*\s*",
)
"""What stays in one line: a Latin word, or one character of Chinese, with the punctuation that belongs to it.

What is typed together with a sign before it, as in `ref:编号`, belongs to the sign.
"""


def divide_chinese(text: str, width: int, fold: bool = True) -> list[int]:  # noqa: ARG001  rich's signature
    """Return the offsets at which lines begin, as rich's `divide_line` does; `width` counts cells.

    What is wider than a line is folded, whether or not it is asked for: nothing of a help is cut off.
    """
    begins: list[int] = []
    used = 0
    for unit in _UNIT.finditer(text):
        start, word = unit.start(), unit.group()
        # With the blank after it: rich strips a line's last blank by characters, not cells, and would cut a letter.
        wide = cell_len(word)
        if used and used + wide > width:
            begins.append(start)
            used = 0
        if wide > width:
            *before, word = chop_cells(word, width)
            for piece in before:
                start += len(piece)
                begins.append(start)
        used += cell_len(word)
    return begins
