"""What every page to read and print is made of: no script, nothing loaded from elsewhere, Chinese and English."""

from collections.abc import Iterable
from html import escape as escape_html
from importlib.resources import files
from string import Template

from selection.kernel.hidden_characters import mark_hidden


def escape(text: str, *, quote: bool = True) -> str:
    """Return a text of a bundle to stand in a page: neither a browser nor a reader's eye takes it for anything else."""
    return escape_html(mark_hidden(text), quote=quote)


def document(title: str, sections: Iterable[str], style: str = "") -> str:
    """Return the whole page; empty sections are left out, `style` is added to what all pages have."""
    template = Template(files("audit").joinpath("report_page.html").read_text(encoding="utf-8"))
    body = "\n".join(part for part in sections if part)
    return template.substitute(title=escape(title), style=style, body=body)


def write_heading(chinese: str, english: str) -> str:
    """Return the heading of a section."""
    return f'<h2>{_escape(chinese)} <span class="en" lang="en">{_escape(english)}</span></h2>'


def both(chinese: str, english: str) -> str:
    """Return a sentence in both languages as a paragraph."""
    return f'<p>{_escape(chinese)}<br><span class="en" lang="en">{_escape(english)}</span></p>'


def _escape(text: str) -> str:
    # Between tags a quotation mark is one: pages are searched for what they say.
    return escape(text, quote=False)
