"""Which applications of a round are like one of them: a list to look at, no verdict (docs/process-sources.md, stage 4).

Of two applications three things are compared, all of which stand in the list of applications: the units that bid, who
hands in, and the centres' names. Words that many centres of the round have in their names tell nothing; equal names do,
however many have them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from selection.kernel.model import Frozen
from selection.kernel.unit_codes import canonical_code

SHOWN = 8
"""Applications that are like one, at most [D]."""
HALF = 0.5
"""The share of the shorter name that must stand in the other [D]."""
COMMON = 4
"""A word that more than a quarter of the names have is common, once there are so many names [D]."""
LEAST_LETTERS = 4
USUAL = frozenset(
    {"centre", "center", "technology", "innovation", "research", "national"}
    | {"国家", "家技", "技术", "术创", "创新", "新中", "中心"}
)
"""Words of the names that such centres have by what they are, in Chinese by pairs of characters [D]."""
WORD = re.compile(r"[a-z0-9]+")
HAN = re.compile(r"[\u3400-\u9fff]+")


class ComparedApplication(Frozen):
    """What is compared of an application, as a list shows it; what does not show is empty."""

    number: str
    name_en: str = ""
    name_zh: str = ""
    field: str = ""
    host: str = ""
    co_builders: tuple[str, ...] = ()
    agent: str = ""


class Overlap(Frozen):
    """What an application has in common with another: host, other units by code, who hands in, the name or its words.

    `name` tells that a name is the same in English or in Chinese; its words are not told then.
    """

    number: str
    name: bool = False
    host: bool = False
    units: tuple[str, ...] = ()
    agent: bool = False
    words: tuple[str, ...] = ()
    field: bool = False

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much that is: the same name counts most, then the bidders, the words and the field."""
        bidders = 2 * self.host + bool(self.units) + self.agent
        return (5 * self.name + bidders, len(self.words), self.field)


def find_similar(one: ComparedApplication, others: Iterable[ComparedApplication]) -> tuple[Overlap, ...]:
    """Return the applications that are like one, the likest first; that the field is the same is not enough."""
    rows = list(others)
    common = _list_common(rows)
    found = [_compare(one, other, common) for other in rows if other.number != one.number]
    alike = [item for item in found if item.name or item.host or item.units or item.agent or item.words]
    ordered = sorted(alike, key=lambda item: (tuple(-part for part in item.weight), item.number))
    return tuple(ordered[:SHOWN])


def _compare(one: ComparedApplication, other: ComparedApplication, common: frozenset[str]) -> Overlap:
    mine, theirs = _units(one), _units(other)
    same_host = bool(one.host) and canonical_code(one.host) == canonical_code(other.host)
    both = (mine & theirs) - ({canonical_code(one.host)} if same_host else set())
    same_name = _has_same_name(one, other)
    return Overlap(
        number=other.number,
        name=same_name,
        host=same_host,
        units=tuple(sorted(both)),
        agent=bool(one.agent) and one.agent == other.agent,
        words=() if same_name else _share_words(one, other, common),
        field=bool(one.field) and one.field == other.field,
    )


def _units(row: ComparedApplication) -> set[str]:
    return {canonical_code(code) for code in (row.host, *row.co_builders) if code}


def _has_same_name(one: ComparedApplication, other: ComparedApplication) -> bool:
    pairs = ((one.name_en, other.name_en), (one.name_zh, other.name_zh))
    return any(bool(_fold(mine)) and _fold(mine) == _fold(theirs) for mine, theirs in pairs)


def _fold(name: str) -> str:
    """Return a name without case, width, spaces and signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def _share_words(
    one: ComparedApplication, other: ComparedApplication, common: frozenset[str]
) -> tuple[str, ...]:
    """Return the words that two names share in a language in which they share at least half of the shorter one."""
    for mine, theirs, joined in (
        (_words(one.name_en), _words(other.name_en), False),
        (_pairs(one.name_zh), _pairs(other.name_zh), True),
    ):
        left, right = set(mine) - common, set(theirs) - common
        both = left & right
        if both and len(both) >= HALF * min(len(left), len(right)):
            words = [word for word in dict.fromkeys(mine) if word in both]
            return tuple(_join(words) if joined else words)
    return ()


def _join(pairs: Sequence[str]) -> list[str]:
    """Return pairs that overlap as the one word that they are pairs of."""
    found: list[str] = []
    for pair in pairs:
        if found and found[-1][-1] == pair[0]:
            found[-1] += pair[1]
        else:
            found.append(pair)
    return found


def _list_common(rows: Sequence[ComparedApplication]) -> frozenset[str]:
    """Return the words that tell nothing; names that are the same count once, so that copies do not hide each other."""
    english = {_fold(row.name_en): row.name_en for row in rows}.values()
    chinese = {_fold(row.name_zh): row.name_zh for row in rows}.values()
    counts = Counter(word for name in english for word in set(_words(name)))
    counts.update(pair for name in chinese for pair in set(_pairs(name)))
    most = max(len(rows) / COMMON, COMMON)
    return USUAL | {word for word, count in counts.items() if count > most}


def _words(name: str) -> list[str]:
    return [word for word in WORD.findall(name.casefold()) if len(word) >= LEAST_LETTERS]


def _pairs(name: str) -> list[str]:
    """Return a Chinese name as pairs of characters that follow each other: most words are of two."""
    return [run[at : at + 2] for run in HAN.findall(name) for at in range(len(run) - 1)]
