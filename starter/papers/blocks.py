"""A text that somebody wrote, as the pieces that a paper prints."""

import re
from collections.abc import Iterable

from papers.values import BLOCK_LIMIT, Block

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WIDE = 0x2E80
"""The first character of Chinese and of what is printed as wide as it is."""
TEXT_LIMIT, LINES_LIMIT = BLOCK_LIMIT, 2_000
"""Characters and lines of one text that a paper prints: some sixty pages. Who wrote more has it in the record."""
TEXT_BYTES = 4 * (TEXT_LIMIT + 1)
"""Bytes of one text that are read for them, and to know whether there are more: UTF-8 has four at most for each."""


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return a text's headings, paragraphs, items and remarks, in the plain marks that forms are written with.

    Lines that follow each other are one paragraph, as a blank line parts paragraphs. Nothing is left out but what is
    beyond the limits, and that is said.
    """
    blocks: list[Block] = []
    joining = False
    lines, is_whole = _list_lines(text)
    for line in lines:
        if not line:
            joining = False
        elif line.startswith("#"):
            blocks.append(Block(kind="heading", text=line.lstrip("#").strip()))
            joining = False
        elif line.startswith("- "):
            blocks.append(Block(kind="item", text=line[2:].strip()))
            joining = False
        elif line.startswith("> "):
            blocks.append(Block(kind="remark", text=line[2:].strip()))
            joining = False
        elif joining:
            blocks[-1] = Block(kind="paragraph", text=_continue(blocks[-1].text, line))
        else:
            blocks.append(Block(kind="paragraph", text=line))
            joining = True
    return tuple(blocks) if is_whole else (*blocks, CUT)


def _list_lines(text: str) -> tuple[list[str], bool]:
    """Return the lines of a text as far as they are printed, and whether these are all."""
    lines = text[:TEXT_LIMIT].splitlines()
    return [line.strip() for line in lines[:LINES_LIMIT]], len(text) <= TEXT_LIMIT and len(
        lines
    ) <= LINES_LIMIT


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


def _continue(first: str, second: str) -> str:
    """Return a paragraph with its next line; languages do not share a line."""
    last = first.rpartition("\n")[2]
    if bool(CHINESE.search(last)) != bool(CHINESE.search(second)):
        return f"{first}\n{second}"
    return join_lines((first, second))
