"""The help of a command in Chinese: what we wrote, from the catalogue; what Typer adds, from here.

docs/decisions/0018 says why gettext does not do it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer

from starter.chinese.catalogue import in_chinese
from starter.chinese.help_texts import reword

USAGE = "用法："
OPTIONS = "[选项]"
COMMAND = "命令 [参数]..."

TYPERS_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}
"""The constants of typer.rich_utils that our help shows."""


class ChineseContext(typer.Context):
    """Shows its command's help with Typer's own words in Chinese."""

    def get_help(self) -> str:
        """Print the help, as Typer does, and return what is left of it to print."""
        with _in_chinese():
            return super().get_help()

    def make_formatter(self) -> Any:
        """Return the formatter of the line that says how a command is typed."""
        made: Any = super().make_formatter()
        made.write_usage = partial(made.write_usage, prefix=USAGE)
        return made


def turn_chinese(command: Any) -> None:
    """Put the help of a command, and of all below it, into Chinese, in place; names and metavars stay."""
    reword(command, in_chinese)
    _set_usage(command)


def _set_usage(command: Any) -> None:
    command.context_class = ChineseContext
    command.options_metavar = OPTIONS
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = COMMAND
    for below in getattr(command, "commands", {}).values():
        _set_usage(below)


@contextmanager
def _in_chinese() -> Iterator[None]:
    # Neither Typer nor rich takes these as arguments, so they are exchanged while one help is printed.
    from rich import text
    from typer import rich_utils

    from starter.chinese.line_breaks import divide_chinese

    with _exchange_words(rich_utils, TYPERS_WORDS), _exchange_words(text, {"divide_line": divide_chinese}):
        yield


@contextmanager
def _exchange_words(module: Any, words: dict[str, Any]) -> Iterator[None]:
    names = vars(module)
    before = {name: names[name] for name in words if name in names}
    names.update({name: words[name] for name in before})
    try:
        yield
    finally:
        names.update(before)
