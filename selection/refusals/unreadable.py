"""What cannot be read, told by its places: names of fields and positions, never a value, which may be personal."""

from collections.abc import Container
from functools import cached_property

from pydantic import TypeAdapter, ValidationError

from selection.refusals.refused import Refused

UNNAMED = "(unknown)"


def field_names(model: object) -> frozenset[str]:
    """Return every field's name and every kind that messages of this model may hold, at any depth."""
    adapter: TypeAdapter[object] = TypeAdapter(model)  # type: ignore[arg-type]  # a union made at run time is one too
    schema = adapter.json_schema(mode="validation")
    found: set[str] = set()

    def walk(part: object) -> None:
        for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            walk(item)
        if isinstance(part, dict):
            found.update(part.get("properties", ()) if isinstance(part.get("properties"), dict) else ())
            found.update(part.get("discriminator", {}).get("mapping", {}) if "oneOf" in part else ())

    walk(schema)
    return frozenset(found)


class FieldNames(Container[str]):
    """The field names of a model, found when first asked for: that takes long, and most messages can be read."""

    def __init__(self, model: object) -> None:
        self._model = model

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return field_names(self._model)


def refuse_unreadable(fault: ValidationError, names: Container[str] | None = None) -> Refused:
    """Return the refusal that names the places of a validation fault and echoes no value.

    A key that the sender made up is a value too: with `names`, only positions and these names are told.
    """

    def name_part(part: int | str) -> str:
        return str(part)[:40] if names is None or isinstance(part, int) or part in names else UNNAMED

    places = sorted(
        {".".join(name_part(part) for part in error["loc"]) or "(body)" for error in fault.errors()}
    )
    return Refused("unreadable", places=", ".join(places)[:300])
