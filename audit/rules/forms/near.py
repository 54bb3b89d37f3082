"""What a form comes near to, as the verifier finds it: character by character, apart from the core."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from selection.kernel.named import Named

ENDS = "\n。；;！？!?"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
LARGE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SAYS_NOTHING = ("technology", "research", "service", "application", "技术", "研究", "服务", "应用")
SIGNS = ((0x2000, 0x206F), (0x3000, 0x303F), (0xFF00, 0xFF0F), (0xFF1A, 0xFF20))


def read_texts(body: bytes) -> list[str]:
    """Return the texts among answers, at any depth."""
    try:
        return list(_gather(json.loads(body.decode("utf-8"))))
    except (ValueError, RecursionError):
        return [body.decode("utf-8", "replace")]


def find_near(texts: Iterable[str], directions: Iterable[Named]) -> tuple[str, ...]:
    """Return the directions of which six in ten words, in either language, stand together in one sentence."""
    sentences = [_tell_words(sentence) for text in texts for sentence in _cut(text)]
    found = []
    for item in directions:
        wanted = [words for words in (_tell_words(item.en), _tell_words(item.zh)) if words]
        if any(10 * len(words & sentence) >= 6 * len(words) for words in wanted for sentence in sentences):
            found.append(item.code)
    return tuple(found)


def are_twins(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether nine in ten pieces of eight characters of the shorter form stand in the other."""
    few, many = sorted((_cut_up(one), _cut_up(other)), key=len)
    return bool(few) and 10 * len(few & many) >= 9 * len(few)


def _gather(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _gather(item)
    elif isinstance(data, dict):
        yield from _gather(list(data.values()))


def _cut(text: str) -> Iterator[str]:
    sentence = ""
    for place, sign in enumerate(text):
        following = text[place + 1 : place + 2]
        if sign in ENDS or (sign == "." and following in (" ", "\n", "\t")):
            yield sentence
            sentence = ""
        else:
            sentence += sign
    yield sentence


def _tell_words(text: str) -> set[str]:
    found, word, before = set[str](), "", ""
    for sign in f"{text} ":
        small = sign.lower() if sign in LARGE else sign
        if small in LETTERS:
            word += small
        else:
            found |= {word} if len(word) >= 4 else set()
            word = ""
        chinese = "\u3400" <= sign <= "\u9fff"
        if chinese and before:
            found.add(before + sign)
        before = sign if chinese else ""
    return found - {*SAYS_NOTHING}


def _cut_up(texts: Iterable[str]) -> set[str]:
    found = set[str]()
    for text in texts:
        kept = "".join(sign.lower() if sign in LARGE else sign for sign in text if not _is_sign(sign))
        if kept:
            found |= {kept[place : place + 8] for place in range(max(len(kept) - 7, 1))}
    return found


def _is_sign(sign: str) -> bool:
    code = ord(sign)
    if code < 0xC0:
        return sign not in LETTERS and sign not in LARGE
    return any(first <= code <= last for first, last in SIGNS)
