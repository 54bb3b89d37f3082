"""The texts of a command's help: where they are, and what their paragraphs are."""

from collections.abc import Callable
from typing import Any

import typer


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs, each in one line."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]


def join_lines(text: str) -> str:
    """Return a text whose paragraphs break where the terminal ends, not where our source does."""
    return "\n\n".join(paragraphs(text))


def reword(command: Any, change: Callable[[str], str]) -> None:
    """Change, in place, every text that people read in the help of a command and of all below it."""
    for attribute in ("help", "short_help", "epilog", "rich_help_panel"):
        text = getattr(command, attribute, None)
        if text:
            setattr(command, attribute, change(text))
    # The option --help is none of `params`: it is made when it is first asked for, and then kept.
    for param in command.get_params(typer.Context(command)):
        if getattr(param, "help", None):
            param.help = change(param.help)
    for below in getattr(command, "commands", {}).values():
        reword(below, change)
