"""What an application comes near to: directions that are held already, and other forms that were handed in.

A list to look at, no verdict: whether a direction or a form is the same is a person's ruling (docs/process-sources.md,
stage 4). No table of Unicode is asked, as a verifier must find the same in twenty years.
"""

import re
from collections.abc import Iterable, Iterator

from selection.kernel.named import Named

NEAR = 6
"""How many in ten of a direction's words must stand in one sentence of an application [D]."""
SAME = 9
"""How many in ten of the shorter form's pieces must stand in the other [D]."""
PIECE = 8
"""Characters of a piece [D]."""
USUAL = frozenset({"technology", "research", "service", "application", "技术", "研究", "服务", "应用"})
"""Words that tell nothing of a direction, in Chinese by pairs of characters [D]."""

_SENTENCE = re.compile(r"[\n。；;！？!?]|\.[ \n\t]")
_WORD = re.compile(r"[a-z0-9]{4,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SIGNS = re.compile(
    r"[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]"
)
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def name_near(texts: Iterable[str], directions: Iterable[Named]) -> tuple[str, ...]:
    """Return the codes of the directions that a sentence of these texts comes near to, in their order."""
    sentences = [_words(sentence) for text in texts for sentence in _SENTENCE.split(text)]
    return tuple(
        item.code
        for item in directions
        if any(_is_near(_words(name), sentence) for name in (item.en, item.zh) for sentence in sentences)
    )


def is_same_form(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether the answers of two forms are nearly the same, whatever one of them has beside the other's."""
    mine, theirs = set(_pieces(one)), set(_pieces(other))
    least = min(len(mine), len(theirs))
    return least > 0 and 10 * len(mine & theirs) >= SAME * least


def _is_near(wanted: frozenset[str], sentence: frozenset[str]) -> bool:
    return bool(wanted) and 10 * len(wanted & sentence) >= NEAR * len(wanted)


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that tell something: of Chinese the pairs of characters that follow each other."""
    pairs = (run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1))
    return frozenset((*_WORD.findall(text.translate(_SMALL)), *pairs)) - USUAL


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield each run of so many characters of each text, without spaces, signs and capitals."""
    for text in texts:
        letters = _SIGNS.sub("", text.translate(_SMALL))
        for at in range(max(1, len(letters) - PIECE + 1)) if letters else ():
            yield letters[at : at + PIECE]
