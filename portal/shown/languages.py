"""Language of parts (WCAG 3.1.2): what a page says in the other language than its own is marked as that.

It is found by its script in the page as it was drawn, whoever wrote it: a filter would have to stand at each place
where people's texts and names are shown, and nobody would see where it is missing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

CHINESE, ENGLISH = "zh-CN", "en"
HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LATIN = r"A-Za-zÀ-ɏ"
TEXTS = {
    CHINESE: re.compile(rf">([^<{LATIN}]*[{LATIN}][^<]*)"),
    ENGLISH: re.compile(rf">([^<{HAN}]*[{HAN}][^<]*)"),
}
"""By the language around it, the end of a tag with the text after it, if that has letters of the other one."""
A_LETTER = re.compile(rf"[{HAN}{LATIN}]")
PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[{LATIN}][{LATIN}0-9'’_.@-]*)|&\#?\w+;")
AFTER = re.compile(r"(?:\.[A-Za-z0-9]{1,5}\b)?[\u3001-\u3011\uff01-\uff60]*")
"""What ends Chinese: how the name of a file does, and marks."""
WORDS = 2
"""From so many words on they are in another language."""
LONGEST = 5_000
"""Characters of a text up to which each part of it is looked at; of a longer one its beginning tells for all of it."""
PARTS = 20
"""Parts of a text that are marked one by one; where it changes more often, most of it tells for all."""
NAMED = re.compile(r'\slang="([^"]*)"')
NOT_VOID = r"(?!(?:br|hr|img|input|wbr|col|source)\b)"
APART = re.compile(rf'<{NOT_VOID}(?:(?=(?:script|style|code|pre|svg)\b)|(?=\w[^<>]*\slang="))(\w+)[^<>]*>')
"""Where an element begins in which something else holds than around it."""
OTHERS = re.compile(r"<(?:script|style|code|pre|svg)\b")
NOT_READ = frozenset({"script", "style", "code"})
UNDIVIDED = ("<textarea", "<option")
"""No other element can stand in these; nor does one in a picture."""
OPENED = re.compile(rf"<{NOT_VOID}\w[^>]*(?<!/)>")
INPUT = re.compile(r'<input\b[^>]*\svalue="([^"]*)"[^>]*>')
NOT_TYPED = re.compile(r'\stype="(?:hidden|checkbox|radio|file|submit)"|\slang="')


class _Around(NamedTuple):
    """What holds in a stretch of a page: its language, whether its texts are read, and divided by elements of ours."""

    language: str
    read: bool = True
    divided: bool = True


def mark_languages(page: str, language: str) -> str:
    """Return a page in which each text of the other language stands in an element that says so."""
    start = page.find("<body")
    if start < 0:
        return page
    parts, last = list[str](), 0
    around = _Around(CHINESE if language == "zh" else ENGLISH)
    for begun, end, holds in _divide(page, start, start, len(page), around):
        for place, until, instead in _list_edits(page, begun, end, holds):
            parts += [page[last:place], instead]
            last = until
    return "".join((*parts, page[last:]))


def _divide(
    page: str, start: int, after: int, end: int, around: _Around
) -> Iterator[tuple[int, int, _Around]]:
    """Yield the stretches of a part of a page, in which an element begins `after` a place, and what holds in each."""
    while (found := _find_apart(page, after, end)) is not None:
        yield start, found.start(), around
        start = after = _find_end(page, found, end)
        yield from _divide(page, found.start(), found.end(), start, _find_within(found, around))
    yield start, end, around


def _find_apart(page: str, after: int, end: int) -> re.Match[str] | None:
    """Return the next element in which something else holds: few of a page's tags name a language or are such ones."""
    while True:
        named = page.find('lang="', after, end)
        other = OTHERS.search(page, after, named if named >= 0 else end)
        begun = other.start() if other is not None else page.rfind("<", after, max(named, after))
        found = APART.match(page, begun, end) if begun >= 0 else None
        if found is not None or (other is None and named < 0):
            return found
        after = other.end() if other is not None else named + 1


def _find_end(page: str, opened: re.Match[str], end: int) -> int:
    """Return where the tag begins that ends an element; elements of its kind may stand in it."""
    open_ = 1
    for tag in re.compile(rf"<(/?){opened[1]}\b").finditer(page, opened.end(), end):
        open_ += -1 if tag[1] else 1
        if not open_:
            return tag.start()
    return end


def _find_within(opened: re.Match[str], around: _Around) -> _Around:
    """Return what holds within an element."""
    tag, named = opened[1], NAMED.search(opened[0])
    language = around.language if named is None else CHINESE if named[1].startswith("zh") else ENGLISH
    hidden = tag in NOT_READ or (tag == "pre" and "data-salt" not in opened[0])
    return _Around(language, around.read and not hidden, around.divided and tag != "svg")


def _list_edits(page: str, start: int, end: int, around: _Around) -> list[tuple[int, int, str]]:
    """Return what stands instead of which parts of a stretch, in their order."""
    if not around.read:
        return []
    texts = (_mark_text(page, text, around) for text in TEXTS[around.language].finditer(page, start, end))
    values = (_mark_value(field, around.language) for field in INPUT.finditer(page, start, end))
    return sorted(edit for edit in (*texts, *values) if edit is not None)


def _mark_text(page: str, text: re.Match[str], around: _Around) -> tuple[int, int, str] | None:
    """Mark a text: the element of which it is all, or each part that is in the other language."""
    found = _find(text[1], around.language)
    if not found:
        return None
    other = _other(around.language)
    opened = page[page.rfind("<", 0, text.start(1)) : text.start(1)]
    divided = around.divided and not opened.startswith(UNDIVIDED)
    alone = OPENED.match(opened) is not None and page.startswith("</", text.end())
    if alone and " lang=" not in opened and (not divided or _covers(found, text[1])):
        whole = divided or _prevails(found, text[1])
        return (text.start(), text.start(1), f' lang="{other}">') if whole else None
    return (*text.span(1), _wrap(text[1], found, other)) if divided else None


def _other(language: str) -> str:
    return ENGLISH if language == CHINESE else CHINESE


def _find(text: str, around: str) -> list[tuple[int, int]]:
    """Return where in a text the other language than the one around it stands."""
    find = _find_english if around == CHINESE else _find_chinese
    found = find(text[:LONGEST])
    if len(text) <= LONGEST and len(found) <= PARTS:
        return found
    return [(0, len(text))] if _prevails(found, text[:LONGEST]) else []


def _find_chinese(text: str) -> list[tuple[int, int]]:
    """Return where Chinese stands. A single word within belongs to it, as a name or a unit of measure does."""
    found, words = list[tuple[int, int]](), 0
    for piece in PIECE.finditer(text):
        if piece["han"]:
            start = found.pop()[0] if found and words < WORDS else piece.start()
            found.append((start, piece.end()))
            words = 0
        elif piece["word"]:
            words += 1
    return [(start, AFTER.match(text, end).end()) for start, end in found]  # type: ignore[union-attr]  # of any length


def _find_english(text: str) -> list[tuple[int, int]]:
    """Return where words stand with blanks between them: one alone may be a name, an abbreviation or an id."""
    found, begun, end, words = list[tuple[int, int]](), 0, 0, 0
    for piece in PIECE.finditer(text):
        if piece["word"]:
            if not words:
                begun = piece.start()
            apart = not words or any(letter.isspace() for letter in text[end : piece.start()])
            words += apart and len(piece["word"]) > 1
            words = max(words, 1)
            end = piece.end()
        elif piece["han"]:
            if words >= WORDS:
                found.append((begun, end))
            words = 0
    return [*found, (begun, end)] if words >= WORDS else found


def _covers(found: list[tuple[int, int]], text: str) -> bool:
    """Tell whether a text is in the other language from its first letter to the last."""
    (start, end), *more = found
    return not (more or A_LETTER.search(text[:start] + text[end:]))


def _prevails(found: list[tuple[int, int]], text: str) -> bool:
    """Tell whether most of a text is in the other language."""
    inside = sum(len(A_LETTER.findall(text[start:end])) for start, end in found)
    return 2 * inside > len(A_LETTER.findall(text))


def _wrap(text: str, found: list[tuple[int, int]], language: str) -> str:
    parts, last = list[str](), 0
    for start, end in found:
        parts += [text[last:start], f'<span lang="{language}">{text[start:end]}</span>']
        last = end
    return "".join((*parts, text[last:]))


def _mark_value(field: re.Match[str], around: str) -> tuple[int, int, str] | None:
    """Give a field the language of what was typed into it."""
    if NOT_TYPED.search(field[0]):
        return None
    found = _find(field[1], around)
    prevails = bool(found) and _prevails(found, field[1])
    return (field.end() - 1, field.end(), f' lang="{_other(around)}">') if prevails else None
