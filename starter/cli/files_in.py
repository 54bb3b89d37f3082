"""What people hand over in files: YAML or JSON as plain data, checked against a model, echoing no value."""

from collections.abc import Hashable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from selection.kernel.yaml_events import events_of
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from selection.refusals.unreadable import field_names, refuse_unreadable
from starter.cli.failures import CommandFailed

FILE_LIMIT = 4_000_000
"""Bytes of a file of facts; texts and files of their own go through `text put` and `file put`."""

WHOLE_FILE = "(file)"
"""Stands for the file in a refusal: its name may be somebody's, and refusals are recorded."""

DEPTH_LIMIT = 100
"""How deep lists and mappings of a file may stand in each other; the longest form needs eight."""

KEY = "[key]"
"""What pydantic calls a key that does not fit, beside those that hold a value which does not."""

M = TypeVar("M", bound=BaseModel)


class _Facts(yaml.CSafeLoader):
    """YAML without dates or binary floats: a number with a point stays the text that was written."""


_Facts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Typed(_Facts):
    """What people typed, as they typed it: texts, and nothing where they left it blank. A key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key twice", node.start_mark)
        return super().construct_mapping(node, deep)


_Typed.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in _Facts.yaml_implicit_resolvers.items()
}


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
    return _read_yaml(path, _Facts)


def read_typed(path: Path) -> Any:
    """Return what people typed into a YAML or JSON file, all of it as texts. Raises Refused unreadable with the line.

    So that a number with a leading 0, or a word that YAML takes for yes or no, is what was typed.
    """
    return _read_yaml(path, _Typed)


def _read_yaml(path: Path, loader: type[_Facts]) -> Any:
    text = read_text(path)
    try:
        _refuse_unsafe(text)
        return yaml.load(text, Loader=loader)  # noqa: S506  a SafeLoader that allows even less
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise Refused("unreadable", places=f"{WHOLE_FILE} line {line}") from None
    except (yaml.YAMLError, ValueError):
        raise Refused("unreadable", places=WHOLE_FILE) from None


def _refuse_unsafe(text: str) -> None:
    """Refuse aliases, which blow a small text up, and nesting that exhausts the stack. Raises YAMLError, ValueError."""
    for event, depth in events_of(text):
        if isinstance(event, yaml.AliasEvent) or depth > DEPTH_LIMIT:
            raise yaml.YAMLError("an alias, or too deep")


def read_model(path: Path, model: type[M]) -> M:
    """Return the file's data as a model; raises Refused unreadable with every faulty place."""
    return check_data(model, read_facts(path))


def check_data(model: type[M], data: Any) -> M:
    """Return data as a model; raises Refused unreadable with every faulty place.

    A key that the model does not know is told as unknown: it goes into the record, and may be somebody's name.
    """
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        raise refuse_unreadable(fault, _names(model)) from None


@cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    return field_names(model) | {KEY}


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
