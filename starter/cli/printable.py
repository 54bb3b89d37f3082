"""Text that others wrote, made safe to print: what steers a terminal is shown as a mark instead of obeyed."""

import re
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderHook
from rich.segment import Segment

MARK = "\N{REPLACEMENT CHARACTER}"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""C0 and C1 controls but tab and line feed, line separators, and what turns the direction of writing."""


def printable(text: str) -> str:
    """Return a text with a mark for each character that could move the cursor, colour, erase or reorder."""
    return STEERING.sub(MARK, text.replace("\r\n", "\n"))


class Printable(RenderHook):
    """Lets through a console only what is printable; styles of our own are no text and stay."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return what is to be printed, held to it."""
        return [_Held(item) for item in renderables]


class _Held:
    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)
