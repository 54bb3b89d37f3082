"""What the pictures of the portal are made of: templates with all that they take in, and sentences."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, meta

from portal.shown.rendering import TEMPLATES
from portal.wording.catalogue import AREAS

PICTURES = Path(__file__).parents[1] / "docs/images/portal"
MADE_OF = PICTURES / "made-of.json"


def hash_made(templates: Sequence[str], words: Sequence[str]) -> str:
    """Return a hash of these templates, of what they take in, and of these sentences as they are now.

    Raises KeyError for a sentence and OSError for a template that is no longer there.
    """
    digest = hashlib.sha256()
    for name in sorted(set(_with_includes(templates))):
        digest.update(f"{name}\n{_read(name)}\n".encode())
    for key in sorted(words):
        area, _, name = key.partition(".")
        digest.update(f"{key} {AREAS[area][name]}\n".encode())
    return digest.hexdigest()


def _with_includes(templates: Sequence[str]) -> Iterator[str]:
    for name in templates:
        yield name
        found = meta.find_referenced_templates(Environment(autoescape=True).parse(_read(name)))
        yield from _with_includes([one for one in found if one is not None])


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
