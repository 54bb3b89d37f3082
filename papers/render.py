"""From a paper to its PDF/A. The same paper gives the same bytes: no clock, no chance, no font of the machine."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from papers.code import draw_code, write_code
from papers.fonts import Fonts, load_fonts
from papers.kinds import CONFIDENTIAL, TITLES, Language, Languages
from papers.text import break_long_words, replace_unprintable
from papers.values import Paper
from papers.words import LABELS, SENTENCES
from selection.kernel.hidden_characters import show_code
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.zone import Zone

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A-2, level A: fonts embedded, text selectable, and tagged for who listens to it."""
TEMPLATES = Path(__file__).parent / "templates"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_IN: dict[Languages, tuple[Language, ...]] = {"en": ("en",), "zh": ("zh",), "both": ("zh", "en")}


def render(paper: Paper, language: Languages, fonts: Fonts | None = None) -> bytes:
    """Return a paper as PDF/A in one language, or in both one after the other."""
    import typst

    fonts = fonts or load_fonts()
    compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts.loaded, ignore_system_fonts=True)
    made = compiler.compile(
        input=TEMPLATES / f"{paper.KIND.value}.typ",
        format="pdf",
        sys_inputs={"paper": json.dumps(_describe(paper, language, fonts), ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=paper.cited.at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


def find_missing(paper: Paper, fonts: Fonts | None = None) -> tuple[str, ...]:
    """Return the codes of the characters of a paper that can't be printed, each once, such as `[U+20BB7]`."""
    page = _Page(fonts or load_fonts(), paper.zone)
    page.write(paper.model_dump(exclude={"zone"}))
    return page.list_missing()


def _describe(paper: Paper, language: Languages, fonts: Fonts) -> dict[str, Any]:
    page = _Page(fonts, paper.zone)
    data = page.write(paper.model_dump(exclude={"zone"}))
    code = write_code(paper.cited, paper.letterhead.receipt_url)
    return {
        "languages": _IN[language],
        "kind": paper.KIND.value,
        "title": _pair(*TITLES[paper.KIND]),
        "confidential": paper.KIND in CONFIDENTIAL,
        "data": data,
        "words": _choose_words(paper),
        "serif": fonts.serif,
        "sans": fonts.sans,
        "code": {"svg": draw_code(code), "text": page.write(code)},
        "date": _pair(*_write_day(paper.zone.date_of(paper.cited.at))),
        "missing": " ".join(page.list_missing()),
    }


def _choose_words(paper: Paper) -> dict[str, dict[str, str]]:
    own = {key: (wording.en, wording.zh) for key, wording in paper.letterhead.wording.items()}
    said = {f"say-{key}": pair for key, pair in (SENTENCES | own).items()}
    labels = {key: (label.en, label.zh) for key, label in paper.letterhead.labels.items()}
    return {key: _pair(*pair) for key, pair in (LABELS | labels | said).items()}


class _Page:
    """Turns the values of a paper into what its template shows, and notes what can't be printed."""

    def __init__(self, fonts: Fonts, zone: Zone) -> None:
        self._fonts = fonts
        self._zone = zone
        self._missing: set[str] = set()

    def write(self, value: Any, name: str = "") -> Any:
        match value:
            case str():
                return self._write_text(value)
            case datetime():
                write = format_deadline if name == "until" else show_instant
                return _pair(write(value, "en", self._zone), write(value, "zh", self._zone))
            case date():
                return _pair(*_write_day(value))
            case Decimal():
                return str(value)
            case dict():
                written = {str(key): self.write(inner, str(key)) for key, inner in value.items()}
                return _fill_in(written) if written.keys() == {"en", "zh"} else written
            case tuple() | list():
                return [self.write(inner) for inner in value]
        return value

    def list_missing(self) -> tuple[str, ...]:
        return tuple(show_code(found) for found in sorted(self._missing))

    def _write_text(self, text: str) -> str:
        shown, missing = replace_unprintable(text, self._fonts.covered)
        self._missing.update(missing)
        return break_long_words(shown)


def _pair(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh": chinese}


def _fill_in(words: dict[str, Any]) -> dict[str, Any]:
    return _pair(words["en"] or words["zh"], words["zh"] or words["en"])


def _write_day(day: date) -> tuple[str, str]:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日"
