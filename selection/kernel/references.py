"""References to stored contents: inside a leaf as JSON holds it, and inside a command by the types of its fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

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
    kind = type(value)
    if kind not in _SLOTS:
        _SLOTS[kind] = _list_slots(kind)
    for name, slot in _SLOTS[kind]:
        for found in _walk(getattr(value, name), slot):
            yield found.with_(place=f"{name}.{found.place}".rstrip("."))


@dataclass(frozen=True)
class _Slot:
    """What a type asks for: the kind of content, and the same of the items of a collection."""

    kind: Kind | None = None
    items: "_Slot | None" = None


_ANY = _Slot()
_SLOTS: dict[type[Value], tuple[tuple[str, _Slot], ...]] = {}
"""What each field of a model asks for, as it was read off its types."""


def _list_slots(kind: type[Value]) -> tuple[tuple[str, _Slot], ...]:
    return tuple(
        (name, _slot_of(Annotated[field.annotation, *field.metadata, None]))
        for name, field in fields_of(kind).items()
    )


def _slot_of(hint: object) -> _Slot:
    kind, inner = unwrap_hint(hint)
    args, mapping = get_args(inner), get_origin(inner) is dict
    # Of a mapping the values' type, of a sequence that of its items.
    return _Slot(kind, _slot_of(args[1 if mapping else 0]) if args else None)


def _walk(value: object, slot: _Slot) -> Iterator[Citation]:
    if isinstance(value, Ref):
        yield Citation(place="", ref=value, kind=slot.kind)
    elif isinstance(value, BaseModel | Compact):
        yield from citations_in(value)
    elif isinstance(value, dict | tuple | list):
        items = value.values() if isinstance(value, dict) else value
        for number, item in enumerate(items):
            for found in _walk(item, slot.items or _ANY):
                yield found.with_(place=f"{number}.{found.place}".rstrip("."))


def unwrap_hint(hint: object) -> tuple[Kind | None, object]:
    """Return the kind that a type asks for, and the type without that and without being optional."""
    kind: Kind | None = None
    while get_origin(hint) in (Annotated, Union, UnionType):
        first, *others = (part for part in get_args(hint) if part is not type(None))
        kind = next((part.kind for part in others if isinstance(part, Asks)), kind)
        hint = first
    return kind, hint


def references_in(value: object) -> Iterator[str]:
    """Yield the ids of all references in a value as JSON holds it, at any depth."""
    parts: Iterable[object] = ()
    if isinstance(value, dict):
        if len(value) == 2 and "id" in value and "sha256" in value:
            yield value["id"]
        parts = value.values()
    elif isinstance(value, list):
        parts = value
    for part in parts:
        if isinstance(part, dict | list):
            yield from references_in(part)
