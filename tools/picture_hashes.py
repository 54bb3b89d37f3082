"""What the pictures of the portal are made of: templates with all that they take in, style, scripts, and sentences."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, meta

from portal.shown.rendering import TEMPLATES
from portal.wording.catalogue import AREAS

PICTURES = Path(__file__).parents[1] / "docs/images/portal"
MADE_OF = PICTURES / "made-of.json"
STATIC = TEMPLATES.parent / "static"
NAMED = re.compile(r"(?:/static|[\"']\.)/([a-z_]+\.[a-z]+)")
"""How a page names its style and its scripts, and a script another."""


def hash_made(templates: Sequence[str], words: Sequence[str]) -> str:
    """Return a hash of these templates, of what they take in and load, and of these sentences as they are now.

    Raises KeyError for a sentence and OSError for a template, style or script that is no longer there.
    """
    digest = hashlib.sha256()
    texts = {name: _read(name) for name in _with_includes(templates)}
    for name, text in sorted({**texts, **dict(_find_loaded(texts.values()))}.items()):
        digest.update(f"{name}\n{text}\n".encode())
    for key in sorted(words):
        area, _, name = key.partition(".")
        digest.update(f"{key} {AREAS[area][name]}\n".encode())
    return digest.hexdigest()


def hash_picture(name: str) -> str:
    """Return the hash of a picture's file."""
    return hashlib.sha256((PICTURES / name).read_bytes()).hexdigest()


def _find_loaded(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the files that texts load, and those that these load, each with its text."""
    for name in {name for text in texts for name in NAMED.findall(text)}:
        text = (STATIC / name).read_text(encoding="utf-8")
        yield f"static/{name}", text
        yield from _find_loaded([text])


def _with_includes(templates: Sequence[str]) -> Iterator[str]:
    for name in templates:
        yield name
        found = meta.find_referenced_templates(Environment(autoescape=True).parse(_read(name)))
        yield from _with_includes([one for one in found if one is not None])


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
