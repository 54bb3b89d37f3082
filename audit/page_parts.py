"""What every page to read and print is made of: no script, nothing loaded from elsewhere, Chinese and English."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template


def document(title: str, sections: Iterable[str]) -> str:
    """Return the whole page; empty sections are left out."""
    template = Template(files("audit").joinpath("report_page.html").read_text(encoding="utf-8"))
    return template.substitute(title=escape(title), body="\n".join(part for part in sections if part))


def heading(chinese: str, english: str) -> str:
    """Return the heading of a section."""
    return f'<h2>{escape(chinese)} <span class="en">{escape(english)}</span></h2>'


def both(chinese: str, english: str) -> str:
    """Return a sentence in both languages as a paragraph."""
    return f'<p>{escape(chinese)}<br><span class="en">{escape(english)}</span></p>'
