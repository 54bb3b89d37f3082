"""A text that somebody wrote, as the pieces that a paper prints."""

from collections.abc import Iterable

from papers.values import BLOCK_LIMIT, Block

WIDE = 0x2E80
"""The first character of Chinese and of what is printed as wide as it is."""
TEXT_LIMIT, LINES_LIMIT = BLOCK_LIMIT, 2_000
"""Characters and lines of one text that a paper prints: some sixty pages. Who wrote more has it in the record."""
TEXT_BYTES = 4 * (TEXT_LIMIT + 1)
"""Bytes of one text that are read for them, and to know whether there are more: UTF-8 has four at most for each."""


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return a text as its paragraphs, which blank lines part, each line as it was typed: no sign in it is a mark.

    More blank lines than one stay at the beginning of what follows. Nothing is left out but blanks at the ends of lines
    and what is beyond the limits, and that is said.
    """
    blocks: list[Block] = []
    lines, is_whole = _list_lines(text)
    blanks, joining = 0, False
    for line in lines:
        if not line:
            blanks, joining = blanks + 1, False
        elif joining:
            blocks[-1] = Block(kind="paragraph", text=f"{blocks[-1].text}\n{line}")
        else:
            blocks.append(Block(kind="paragraph", text="\n" * (blanks - 1 if blocks else 0) + line))
            blanks, joining = 0, True
    return tuple(blocks) if is_whole else (*blocks, CUT)


def _list_lines(text: str) -> tuple[list[str], bool]:
    """Return the lines of a text as far as they are printed, and whether these are all."""
    lines = text[:TEXT_LIMIT].splitlines()
    is_whole = len(text) <= TEXT_LIMIT and len(lines) <= LINES_LIMIT
    return [line.rstrip() for line in lines[:LINES_LIMIT]], is_whole


CUT = Block(
    kind="remark",
    text="以下部分过长，未予打印；全文见记录。\n"
    "The rest of this text is too long to be printed; the record has all of it.",
)
"""Stands at the end of a text that is longer than what is printed."""


def join_lines(lines: Iterable[str]) -> str:
    """Return lines, of which none is empty, as one: with a blank between two unless both are Chinese there."""
    joined: list[str] = []
    for line in lines:
        if joined and not (ord(joined[-1][-1]) >= WIDE and ord(line[0]) >= WIDE):
            joined.append(" ")
        joined.append(line)
    return "".join(joined)
