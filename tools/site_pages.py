"""Lays out the pages of docs/ for MkDocs, whose Markdown is stricter than a forge's (see mkdocs.yml).

A forge lets a list or a table follow a line of text at once, and indents what belongs to an item by two or three
blanks. MkDocs wants an empty line between and four blanks. The pages are written for people and forges, so they stay.
A forge also follows links to code, which the site does not have: there the file's name shows over the link's words.
"""

import re
from pathlib import PurePosixPath
from typing import Any

_ITEM = re.compile(r"( *)(?:[-*]|\d+\.) +")
_FENCE = re.compile(r" *```")
_UPWARD = re.compile(r"\[([^\]\n]+)\]\(((?:\.\./)+)([^)\s#]+)\)")
"""A link to a file in a folder above: its words, the way up, and the way down from there."""


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Return the page as MkDocs reads it; called by MkDocs for each page."""
    return lay_out(name_code(markdown, page.file.src_uri))


def name_code(markdown: str, page: str) -> str:
    """Return the same text with the file's name in place of each link out of docs/; `page` is the page's path there."""
    depth = len(PurePosixPath(page).parents)

    def show(link: re.Match[str]) -> str:
        words, up, file = link.groups()
        return f'<abbr title="{file}">{words}</abbr>' if up.count("/") == depth else link.group()

    return _UPWARD.sub(show, markdown)


def lay_out(markdown: str) -> str:
    """Return the same text with an empty line around lists, tables and code, and four blanks for each level."""
    lines: list[str] = []
    items: list[int] = []  # how far the text of each open item is indented
    kind, fenced = "", False
    for line in markdown.splitlines():
        if fenced:
            lines.append(_shift(line, items))
            fenced = not _FENCE.match(line)
            continue
        if not line.strip():
            lines.append("")
            kind = ""
            continue
        before, kind = kind, _kind_of(line)
        items = _open_items(line, items, kind, after_empty=not before)
        if before and kind != before and not (before == "item" and kind == "text"):
            lines.append("")
        fenced = kind == "code"
        kind = "item" if kind == "text" and before == "item" else kind
        lines.append(_shift(line, items[:-1] if kind == "item" and _ITEM.match(line) else items))
    return "\n".join(lines) + "\n"


def _kind_of(line: str) -> str:
    if _FENCE.match(line):
        return "code"
    if line.lstrip().startswith("|"):
        return "table"
    if line.startswith("#"):
        return "heading"
    return "item" if _ITEM.match(line) else "text"


def _open_items(line: str, items: list[int], kind: str, *, after_empty: bool) -> list[int]:
    indent = len(line) - len(line.lstrip())
    if kind == "text" and not after_empty:
        return items
    still_open = [item for item in items if item <= indent]
    found = _ITEM.match(line)
    return [*still_open, found.end()] if found else still_open


def _shift(line: str, items: list[int]) -> str:
    """Return a line of an item's text, indented by four blanks for each item it is in."""
    if not items or not line.strip():
        return line
    depth = min(items[-1], len(line) - len(line.lstrip()))
    return " " * 4 * len(items) + line[depth:]
