"""Language of parts (WCAG 3.1.2): what a page says in the other language than its own is marked as that.

It is found by its script in the page as it was drawn, whoever wrote it: a filter would have to stand at each place
where people's texts and names are shown, and nobody would see where it is missing.
"""

import re
from typing import NamedTuple

CHINESE, ENGLISH = "zh-CN", "en"
HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LATIN = r"A-Za-zÀ-ɏ"
LOOKED_FOR = {CHINESE: re.compile(rf"[{LATIN}]"), ENGLISH: re.compile(rf"[{HAN}]")}
"""By the language around it, what every text of the other one has."""
A_LETTER = re.compile(rf"[{HAN}{LATIN}]")
PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[{LATIN}][{LATIN}0-9'’_.@-]*)|&\#?\w+;")
AFTER = re.compile(r"(?:\.[A-Za-z0-9]{1,5}\b)?[\u3001-\u3011\uff01-\uff60]*")
"""What ends Chinese: how the name of a file does, and marks."""
WORDS = 2
"""From so many words on they are in another language."""
LONGEST = 5_000
"""Characters of a text up to which each part of it is looked at; of a longer one its beginning tells for all of it."""
TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
NAMED = re.compile(r'\slang="([^"]*)"')
VALUE = re.compile(r'\svalue="([^"]*)"')
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
NOT_READ = frozenset({"script", "style", "code"})
UNDIVIDED = frozenset({"textarea", "option", "svg"})
"""No other element can stand in these, or not this one."""
NOT_TYPED = re.compile(r'\stype="(?:hidden|checkbox|radio|file|submit)"')


class _Open(NamedTuple):
    """An element that is open: where it stands in what was written, its language, and how its text is marked."""

    tag: str
    place: int
    language: str
    read: bool
    divided: bool


def mark_languages(page: str, language: str) -> str:
    """Return a page in which each text of the other language stands in an element that says so."""
    head, body, rest = page.partition("<body")
    if not body or (language != "zh" and LOOKED_FOR[ENGLISH].search(rest) is None):
        return page
    return head + _Marker(CHINESE if language == "zh" else ENGLISH).mark(body + rest)


class _Marker:
    def __init__(self, language: str) -> None:
        self._written: list[str] = []
        self._open = [_Open("", 0, language, read=True, divided=True)]

    def mark(self, body: str) -> str:
        """Return a body with what is in another language marked."""
        tokens = TOKEN.findall(body)
        for place, token in enumerate(tokens):
            if token[0] != "<":
                self._add_text(token, after=tokens[place + 1] if place + 1 < len(tokens) else "")
            elif (tag := TAG.match(token)) is None:
                self._written.append(token)
            elif tag[1]:
                self._end(tag[2].lower(), token)
            else:
                self._begin(tag[2].lower(), token)
        return "".join(self._written)

    def _begin(self, tag: str, token: str) -> None:
        around = self._open[-1]
        if tag == "input":
            token = _mark_value(token, around.language)
        if tag not in VOID and not token.endswith("/>"):
            named = NAMED.search(token) if " lang=" in token else None
            language = (CHINESE if named[1].startswith("zh") else ENGLISH) if named else around.language
            read = around.read and tag not in NOT_READ and not (tag == "pre" and "data-salt" not in token)
            divided = around.divided and tag not in UNDIVIDED
            self._open.append(_Open(tag, len(self._written), language, read, divided))
        self._written.append(token)

    def _end(self, tag: str, token: str) -> None:
        if tag in {item.tag for item in self._open}:
            while self._open.pop().tag != tag:
                continue
        self._written.append(token)

    def _add_text(self, text: str, after: str) -> None:
        around = self._open[-1]
        other = ENGLISH if around.language == CHINESE else CHINESE
        looked_at = around.read and LOOKED_FOR[around.language].search(text)
        found = _find(text, around.language) if looked_at else []
        alone = around.place == len(self._written) - 1 and after.startswith("</")
        opened = self._written[around.place] if found else ""
        if found and alone and " lang=" not in opened and (not around.divided or _covers(found, text)):
            if around.divided or _prevails(found, text):
                self._written[around.place] = f'{opened[:-1]} lang="{other}">'
        elif found and around.divided:
            text = _wrap(text, found, other)
        self._written.append(text)


def _find(text: str, around: str) -> list[tuple[int, int]]:
    """Return where in a text the other language than the one around it stands."""
    find = _find_english if around == CHINESE else _find_chinese
    found = find(text[:LONGEST])
    if len(text) <= LONGEST:
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


def _mark_value(token: str, around: str) -> str:
    """Return a field with the language of what was typed into it."""
    value = VALUE.search(token)
    if value is None or NOT_TYPED.search(token) or NAMED.search(token):
        return token
    found = _find(value[1], around)
    if not found or not _prevails(found, value[1]):
        return token
    return f'{token[:-1]} lang="{ENGLISH if around == CHINESE else CHINESE}">'
