"""Text that others wrote, made safe to print: what steers a terminal is shown as its code instead of obeyed.

To people it is the code, as in PDFs. To programs it is JSON's own escape of the character, so that printing an answer
steers nothing and parsing it gives back exactly what was written.
"""

import json
from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook
from rich.segment import Segment

from selection.kernel.hidden_characters import HIDDEN, mark_hidden


def printable_json(document: Any, *, indent: int | None = None) -> str:
    """Return a document as JSON in which each character that `mark_hidden` marks is escaped."""
    written = json.dumps(document, ensure_ascii=False, indent=indent)
    # Outside of strings JSON has none of these, so what is escaped stands in a string.
    return HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], written)


class Printable(RenderHook):
    """Lets through a console only what is printable; styles of our own are no text and stay."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return what is to be printed, held to it."""
        return [_Filter(item) for item in renderables]


class _Filter:
    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(mark_hidden(segment.text), segment.style)
