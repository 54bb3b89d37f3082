"""The fonts of the papers: Noto Serif SC and Noto Sans SC from a package, and others that an installation adds.

The fonts of the machine are never used: the same paper has the same bytes everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn as noto

if TYPE_CHECKING:
    # A process that makes no paper does without it and its 7 MB: it is imported where one is made.
    import typst

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"


class FontsMissing(Exception):
    """The folder that an installation names holds no font that could be read."""


@dataclass(frozen=True)
class Fonts:
    """Fonts that are loaded: families by the face that they are for, and the characters that both faces have."""

    loaded: "typst.Fonts"
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    covered: frozenset[int]


@cache
def load_fonts(more: Path | None = None) -> Fonts:
    """Return the fonts, with those of a folder for characters that ours lack. Raises FontsMissing."""
    import typst

    ours = [noto.serif_path().parent]
    folders = ours if more is None else [*ours, more]
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    added = [font for font in loaded.fonts() if font.family not in (SERIF, SANS)]
    if more is not None and not added:
        raise FontsMissing(str(more))
    families = tuple(dict.fromkeys(font.family for font in added))
    both = _read_characters(noto.serif_path()) & _read_characters(noto.sans_path())
    return Fonts(
        loaded=loaded,
        serif=(SERIF, *families),
        sans=(SANS, *families),
        covered=both.union(*_read_all(added)),
    )


def _read_all(fonts: "Iterable[typst.FontInfo]") -> list[frozenset[int]]:
    return [_read_characters(Path(font.path), font.index) for font in fonts if font.path is not None]


def _read_characters(path: Path, index: int = 0) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())
