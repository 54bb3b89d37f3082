"""The fields of a sheet, derived from its command's types."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from portal.sheets.sheet import Ask, Kind, Sheet
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Ref
from selection.kernel.references import unwrap_hint
from selection.kernel.unfinished import Unfinished
from selection.timeline.people import PEOPLE

BECAUSE = "because"
"""The field of a sheet that says why for the record."""
PEOPLE_OF = dict.fromkeys(("change-post", "agree-on-post"), frozenset({"add", "remove"}))
"""By the kind of an act, its fields that hold ids of people and that hold something else in other acts."""


@dataclass(frozen=True)
class Field:
    """One field: how it is asked for, whether it must be given, and the values that its type names, if any."""

    name: str
    kind: Kind
    ask: Ask
    required: bool
    values: tuple[str, ...] = ()
    whole: bool = False


def fields_of(sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields of a sheet in the order of its command, without what the engine knows.

    Raises Unfinished for one whose type says nothing of how to ask for it.
    """
    asked = tuple(
        _derive(sheet, name, info)
        for name, info in sheet.command.model_fields.items()
        if name != "kind" and _ask(sheet, name).known is None
    )
    if not sheet.because:
        return asked
    return (*asked, Field(BECAUSE, "text", Ask(), required=sheet.because == "always"))


def holds_people(sheet: Sheet, name: str) -> bool:
    """Tell whether what is typed into a field of a sheet is ids of people."""
    return name in PEOPLE or name in PEOPLE_OF.get(sheet.kind, ())


def list_known(sheet: Sheet) -> Iterator[tuple[str, Ask]]:
    """Yield the fields that the engine fills in, with what does."""
    for name in sheet.command.model_fields:
        ask = _ask(sheet, name)
        if ask.known is not None:
            yield name, ask


def _ask(sheet: Sheet, name: str) -> Ask:
    return sheet.asks.get(name, Ask())


def _derive(sheet: Sheet, name: str, info: FieldInfo) -> Field:
    ask = _ask(sheet, name)
    if ask.imports is not None:
        return Field(name, "table", ask, required=True)
    content, base = unwrap_hint(Annotated[info.annotation, *info.metadata, None])
    kind = ask.kind or _kind_of(base, content, ask)
    if kind is None:
        raise Unfinished(f"nothing says how {sheet.kind} asks for {name}: an Ask in portal/sheets")
    values = tuple(str(value) for value in get_args(base)) if get_origin(base) is Literal else ()
    required = info.is_required() if ask.required is None else ask.required
    return Field(name, kind, ask, required, values, whole=base is int)


def _kind_of(base: Any, content: str | None, ask: Ask) -> Kind | None:
    origin, args = get_origin(base), get_args(base)
    simple: dict[Any, Kind] = {
        AnsweredForm: "form",
        bool: "yes-no",
        int: "number",
        Decimal: "number",
        date: "date",
        datetime: "moment",
        str: "choice" if ask.options else "line",
        Ref: "file" if content == "file" else "text",
    }
    if origin is Literal:
        return "choice"
    if origin is tuple:
        within, item = unwrap_hint(args[0])
        if item is Ref:
            return "files" if within != "text" else None
        return ("choices" if ask.options else "lines") if item in (str, int) else None
    if origin is dict:
        of_values: dict[object, Kind] = {Ref: "texts", Decimal: "scores"}
        return of_values.get(unwrap_hint(args[1])[1])
    return simple.get(base)
