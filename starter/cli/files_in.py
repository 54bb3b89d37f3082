"""What people hand over in files: YAML or JSON as plain data, checked against a model, echoing no value."""

from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.files.facts import WHOLE_FILE as WHOLE_FILE, check_data as check_data, parse_facts, parse_typed

FILE_LIMIT = 4_000_000
"""Bytes of a file of facts; texts and files of their own go through `text put` and `file put`."""

M = TypeVar("M", bound=BaseModel)


def read_bytes(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """Return a file's bytes. Raises CommandFailed file-missing, or Refused message-too-large."""
    try:
        with path.open("rb") as file:
            # What it says of its size may be wrong: a device or a pipe has none.
            body = file.read(limit + 1)
    except OSError as fault:
        raise CommandFailed("file-missing", text=f"{path.name}: {fault.strerror}") from None
    if len(body) > limit:
        raise Refused("message-too-large", limit=str(limit))
    return body


def find_beside(folder: Path, named: Path) -> Path:
    """Return a file that another one in a folder names: in the folder or below, and nothing hidden.

    Raises CommandFailed file-outside. The other file may come from a stranger, and what it names goes into the record.
    """
    try:
        beneath = (folder / named).resolve().relative_to(folder.resolve())
        within = not named.is_absolute() and not any(
            part.startswith(".") for part in (*named.parts, *beneath.parts)
        )
    except (OSError, ValueError, RuntimeError):
        # It lies elsewhere, or is a circle of links, or no name at all.
        within = False
    if not within:
        raise CommandFailed("file-outside", text=named.name or ".")
    return folder / named


def read_text(path: Path, limit: int = FILE_LIMIT) -> str:
    """Return a text file's content; raises Refused unreadable when it is not UTF-8."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("unreadable", places=f"{WHOLE_FILE} (not UTF-8)") from None


def read_facts(path: Path) -> Any:
    """Return the data of a YAML or JSON file. Raises Refused unreadable with the line."""
    return parse_facts(read_text(path))


def read_typed(path: Path) -> Any:
    """Return what people typed into a YAML or JSON file, all of it as texts. Raises Refused unreadable with the line.

    So that a number with a leading 0, or a word that YAML takes for yes or no, is what was typed.
    """
    return parse_typed(read_text(path))


def read_model(path: Path, model: type[M]) -> M:
    """Return the file's data as a model; raises Refused unreadable with every faulty place."""
    return check_data(model, read_facts(path))


def instant(text: str, place: str, zone: Zone = BEIJING) -> datetime:
    """Return a point in time as typed, by the wall clock of a zone where none is named. Raises Refused unreadable."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("unreadable", places=place) from None
    return found if found.tzinfo else zone.read_local(found)


def pairs(given: list[str] | None, place: str) -> dict[str, str]:
    """Return NAME=VALUE arguments as a mapping; raises Refused unreadable."""
    found: dict[str, str] = {}
    for item in given or []:
        name, equals, value = item.partition("=")
        if not (name and equals and value) or name in found:
            raise Refused("unreadable", places=place)
        found[name] = value
    return found
