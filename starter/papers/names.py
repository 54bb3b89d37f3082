"""What an application calls its centre and its units, as far as its form says it.

A form is one text today; once it is data, these two functions read its fields instead.
"""

import re
from collections.abc import Iterator

from papers.values import BLOCK_LIMIT, Block, Words
from selection.kernel.model import Frozen

CREDIT_CODE = re.compile(r"[（(][0-9A-Z]{18,20}[^（()）]*[）)]$")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOST = {"Host unit": "en", "依托单位": "zh"}
PARTNERS = {"Co-builders": "en", "共建单位": "zh"}
NOBODY = ("none", "无")
NAME_LIMIT = 400
LINE_LIMIT = 20 * NAME_LIMIT
"""Characters of a line that names are looked for in."""
TEXT_LIMIT, LINES_LIMIT = BLOCK_LIMIT, 2_000
"""Characters and lines of one text that a paper prints: some sixty pages. Who wrote more has it in the record."""


class Names(Frozen):
    """The names of a centre, its host unit and its co-builders."""

    centre: Words
    host: Words
    co_builders: tuple[Words, ...] = ()


def find_names(form: str, *, number: str, host: str) -> Names:
    """Return the names that a form gives, or the application's number and the host's code where it gives none."""
    centre: dict[str, str] = {}
    units: dict[str, str] = {}
    partners: dict[str, tuple[str, ...]] = {}
    for line in _list_lines(form)[0]:
        if line.startswith("# "):
            name = line[2:].strip()[:NAME_LIMIT]
            centre.setdefault("zh" if CHINESE.search(name) else "en", name)
        label, said = _part_label(line[:LINE_LIMIT])
        if label in HOST:
            units.setdefault(HOST[label], CREDIT_CODE.sub("", said[:NAME_LIMIT]).strip())
        if label in PARTNERS and said not in NOBODY:
            partners.setdefault(PARTNERS[label], tuple(_part_units(said)))
    return Names(
        centre=Words(**centre) if centre else Words.alike(number),
        host=Words(**units) if units else Words.alike(host),
        co_builders=_pair_units(partners.get("en", ()), partners.get("zh", ())),
    )


def _part_label(line: str) -> tuple[str, str]:
    """Return what an item of a list names before its colon, and what it says of it."""
    label, colon, _ = line.replace("：", ":").partition(":")
    if not (line.startswith("- ") and colon):
        return "", ""
    return label[2:].strip(), line[len(label) + 1 :].strip()


def _part_units(said: str) -> Iterator[str]:
    depth, begun = 0, 0
    for place, character in enumerate(said):
        depth += (character in "(（") - (character in ")）")
        if depth == 0 and character in ",，、;；":
            yield said[begun:place].strip()[:NAME_LIMIT]
            begun = place + 1
    yield said[begun:].strip()[:NAME_LIMIT]


def _pair_units(english: tuple[str, ...], chinese: tuple[str, ...]) -> tuple[Words, ...]:
    if len(english) == len(chinese):
        return tuple(Words(en=en, zh=zh) for en, zh in zip(english, chinese, strict=True))
    return tuple(Words.alike(name) for name in (chinese or english))


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
            blocks[-1] = Block(kind="paragraph", text=_join_lines(blocks[-1].text, line))
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


def _join_lines(first: str, second: str) -> str:
    """Return two lines as one; between Chinese ones there is no blank, and languages do not share a line."""
    last = first.rpartition("\n")[2]
    if bool(CHINESE.search(last)) != bool(CHINESE.search(second)):
        return f"{first}\n{second}"
    wide = ord(first[-1]) >= 0x2E80 and ord(second[0]) >= 0x2E80
    return first + second if wide else f"{first} {second}"
