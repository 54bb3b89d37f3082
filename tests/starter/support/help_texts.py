"""Every text of the help and of our own usage errors, with the commands that say it."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import typer

import starter
from starter.chinese import (
    before_a_round,
    everywhere,
    for_officers,
    for_operators,
    for_people,
    for_readers,
    for_signers,
)
from starter.chinese.help_texts import paragraphs, reword
from starter.cli.command_table import COMMANDS, LazyGroup, PartsGroup, load_command
from starter.cli.main import app
from tests.starter.support.commands import parts_of

PART_OF_PANEL: dict[str, Any] = {
    "operator": for_operators,
    "register": before_a_round,
    "officer": for_officers,
    "people": for_people,
    "own": for_signers,
    "content": for_readers,
    "reading": for_readers,
}


@cache
def sentences_said() -> dict[str, set[str]]:
    """Return what the help and our usage errors say, by paragraph: the top commands that say it, or `selection`."""
    found: dict[str, set[str]] = defaultdict(set)
    top = typer.main.get_command(app)
    assert isinstance(top, LazyGroup)
    for name in COMMANDS:
        for command in (top.get_command(typer.Context(top), name), load_command(name)):
            _collect(command, name, found)
    _collect(top, "selection", found)
    for text in _bad_parameters():
        found[text].add("selection")
    # The commands of an example stay as they are typed.
    return {text: names for text, names in found.items() if not text.startswith("selection ")}


def to_paste(sentences: dict[str, set[str]]) -> str:
    """Return lines for the catalogue, by module, in which only the Chinese is missing."""
    by_part: dict[str, list[str]] = defaultdict(list)
    for text, names in sorted(sentences.items()):
        parts = {PART_OF_PANEL[COMMANDS[name][0]] if name in COMMANDS else everywhere for name in names}
        part = parts.pop() if len(parts) == 1 else everywhere
        by_part[str(part.__name__).replace(".", "/") + ".py"].append(_line(text))
    return "\n".join(f"in {part}:\n" + "\n".join(lines) for part, lines in by_part.items())


def _line(text: str) -> str:
    words, pieces = text.split(" "), [""]
    for word in words:
        if len(pieces[-1]) + len(word) > 100:
            pieces.append("")
        pieces[-1] += word + " "
    pieces[-1] = pieces[-1].removesuffix(" ")
    return "\n".join("    " + _quote(piece) for piece in pieces) + ': "",'


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _collect(command: Any, name: str, found: dict[str, set[str]]) -> None:
    def note(text: str) -> str:
        for paragraph in paragraphs(text):
            found[paragraph].add(name)
        return text

    reword(command, note)
    if isinstance(command, PartsGroup):
        for part in parts_of(command).values():
            reword(part, note)


def _bad_parameters() -> list[str]:
    assert starter.__file__ is not None
    calls = [
        node
        for file in Path(starter.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "typer.BadParameter"
    ]
    built = [ast.unparse(call) for call in calls if not isinstance(call.args[0], ast.Constant)]
    assert not built, (
        f"What is put together has no Chinese; raise CommandFailed with parameters instead: {built}"
    )
    return [ast.literal_eval(call.args[0]) for call in calls]
