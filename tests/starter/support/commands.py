"""Every command of the CLI, and how a test runs one in this process."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import typer

from starter.cli.command_table import COMMANDS, load_command
from starter.cli.main import run
from starter.cli.options import Options


class Answer(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


class Cli:
    """Runs command lines in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        self._capsys.readouterr()
        code = run(arguments)
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)


def every_command() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the words and the command of everything that acts or reads, groups left out."""
    for name in COMMANDS:
        yield from _commands_below((name,), load_command(name))


def _commands_below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    parts = parts_of(command)
    if not parts:
        yield words, command
    for inner, found in parts.items():
        yield from _commands_below((*words, inner), found)


def parts_of(command: Any) -> dict[str, Any]:
    """Return the commands of a group, also those that are loaded only when they are called; none of another."""
    context = typer.Context(command, obj=Options(lang="en"))
    names = command.list_commands(context) if hasattr(command, "list_commands") else ()
    return {name: command.get_command(context, name) for name in names}
