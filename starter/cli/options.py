"""What may be said to every command: who acts, under which id, in which language, on which data."""

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import typer

Language = Literal["en", "zh"]

GLOBAL = {
    "--as": True,
    "--key": True,
    "--for-second": True,
    "--command-id": True,
    "--lang": True,
    "--data": True,
    "--json": False,
}
"""The options that may stand anywhere in a command line, and whether a value follows."""
OWN = {"audit": "--key"}
"""The commands that mean something of their own by such an option: audits check with public keys, and act never."""


@dataclass(frozen=True)
class Options:
    """The global options of one command line. `person` is empty while nobody was named.

    `named` says that the command id was given and not made up, `lang_named` that the language was. `key` is the
    file of the person's key, `for_second` where a signed act goes that another one must sign too.
    """

    person: str = ""
    command_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    named: bool = False
    json: bool = False
    lang: Language = "en"
    lang_named: bool = False
    data: Path | None = None
    key: Path | None = None
    for_second: Path | None = None


def options_of(ctx: typer.Context) -> Options:
    """Return what the command line said to all commands."""
    found = ctx.find_object(Options)
    return found or Options()


def language(asked: str | None, environment: Mapping[str, str] | None = None) -> Language:
    """Return the language asked for, or that of the terminal: Chinese where the locale is, else English."""
    env = os.environ if environment is None else environment
    tag = asked or env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "zh" if tag.lower().startswith("zh") else "en"


def hoist_global_options(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the global options first, so that they may be typed anywhere before `--`."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
            break
        name, equals, _ = word.partition("=")
        if name not in GLOBAL or (rest and OWN.get(rest[0]) == name):
            rest.append(word)
            continue
        front.append(word)
        if GLOBAL[name] and not equals:
            front += [value for value in (next(waiting, None),) if value is not None]
    return front + rest
