"""Links of docs/process.md to rules, decisions, code and tests.

A forge follows what leads out of docs/; on the site, which has nothing else, tools/site_pages.py shows the file's name.
"""

import re
from functools import cache
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
SOURCES = "process-sources.md"
_RULE = re.compile(r"[TASRW]\d+")


def link_code(place: str) -> str:
    """Return a link to code, FILE:NAME, called by the name, or by the file where there is none."""
    file, _, name = place.partition(":")
    return f"[`{name or file.rpartition('/')[2]}`](../{file})"


def link_test(place: str) -> str:
    """Return a link to a test, FILE:NAME, called by the sentence that its name is."""
    file, _, name = place.partition(":")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})"


def link_rule(rule: str) -> str:
    """Return a link to a rule of docs/rules.md by its letter and number, or to a decision by its four digits.

    Raises KeyError for what is neither.
    """
    if _RULE.fullmatch(rule):
        heads = {head.partition(" ")[0]: head for head in _headings("rules.md")}
        return f"[{rule}](rules.md#{_anchor(heads[rule])})"
    found = sorted((DOCS / "decisions").glob(f"{rule}-*.md"))
    if len(rule) != len("0001") or not found:
        raise KeyError(rule)
    return f"[{rule}](decisions/{found[0].name})"


def link_source(heading: str) -> str:
    """Return a link to where docs/process-sources.md has the process's own rules, called by what is before a colon.

    Raises KeyError where there is no such heading.
    """
    if heading not in _headings(SOURCES):
        raise KeyError(heading)
    return f"[{heading.partition(':')[0].lower()}]({SOURCES}#{_anchor(heading)})"


@cache
def _headings(page: str) -> tuple[str, ...]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return tuple(re.findall(r"^#{2,} +(.+)$", text, re.M))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
