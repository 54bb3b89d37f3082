"""References to stored contents: inside a leaf as JSON holds it, and inside a command by the types of its fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from selection.kernel.model import Compact, Frozen, Ref, Value, fields_of

Kind = Literal["file", "text"]


@dataclass(frozen=True)
class Asks:
    """The kind of content that a field asks for."""

    kind: Kind


TextRef = Annotated[Ref, Asks("text")]
"""A reference to a text: people read it where it stands. A plain Ref may be to a text or to a file."""
FileRef = Annotated[Ref, Asks("file")]


class Citation(Frozen):
    """A reference in a command, by the path of the field that holds it, and the kind that the field asks for."""

    place: str
    ref: Ref
    kind: Kind | None = None


def citations_in(value: Value) -> Iterator[Citation]:
    """Yield all references in a value at any depth, in the order of its fields.

    A place names fields and positions, never a key, which a sender may have made up.
    """
    for name, field in fields_of(type(value)).items():
        for found in _walk(getattr(value, name), Annotated[field.annotation, *field.metadata, None]):
            yield found.with_(place=f"{name}.{found.place}".rstrip("."))


def _walk(value: Any, hint: Any) -> Iterator[Citation]:
    kind, inner = _unwrap(hint)
    if isinstance(value, Ref):
        yield Citation(place="", ref=value, kind=kind)
    elif isinstance(value, BaseModel | Compact):
        yield from citations_in(value)
    elif isinstance(value, dict | tuple | list):
        items = value.values() if isinstance(value, dict) else value
        # Of a mapping the values' type, of a sequence that of its items.
        of_items = get_args(inner)[1 if isinstance(value, dict) else 0] if get_args(inner) else Any
        for number, item in enumerate(items):
            for found in _walk(item, of_items):
                yield found.with_(place=f"{number}.{found.place}".rstrip("."))


def _unwrap(hint: Any) -> tuple[Kind | None, Any]:
    """Return the kind that a type asks for, and the type without that and without being optional."""
    kind: Kind | None = None
    while get_origin(hint) in (Annotated, Union, UnionType):
        first, *others = (part for part in get_args(hint) if part is not type(None))
        kind = next((part.kind for part in others if isinstance(part, Asks)), kind)
        hint = first
    return kind, hint


def references_in(value: object) -> Iterator[str]:
    """Yield the ids of all references in a value as JSON holds it, at any depth."""
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            yield value["id"]
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)
