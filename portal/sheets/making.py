"""From the values of a sheet to its command: tried before anything is stored, then made of what was stored."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from portal.sheets.fields import BECAUSE, Field
from portal.sheets.filling import tell
from portal.sheets.forms import FormRead
from portal.sheets.inquiry import Inquiry
from portal.sheets.sheet import Ask, Sheet, Wrong
from portal.sheets.unfit import Unfit
from portal.uploads.draft_files import StoredFile
from selection.decision.command import Command
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Ref

BLANK = Ref(id="text", sha256="0" * 64)
"""Stands for a text that is not stored yet."""
Store = Callable[[str], Awaitable[Ref]]
_STORED = ("text", "texts", "file", "files")
_CODES = {
    "too_long": ("too-many", "max_length"),
    "too_short": ("too-few", "min_length"),
    "less_than_equal": ("too-large", "le"),
    "greater_than_equal": ("too-small", "ge"),
}


def find_unfit(inquiry: Inquiry, values: Mapping[str, Any], form: FormRead | None) -> list[Wrong]:
    """Return what the command's own types find wrong with values; nothing is stored for it."""
    stored = {field.name: field for field in inquiry.fields if field.kind in _STORED}
    blank = {name: _blank(value) if name in stored else value for name, value in values.items()}
    if form is not None:
        filled = AnsweredForm(version=form.form.form.version, answers=BLANK)
        blank |= {field.name: filled for field in inquiry.fields if field.kind == "form"}
    sheet = inquiry.sheet
    try:
        _build(inquiry, blank)
    except ValidationError as error:
        return [_tell(sheet, found, inquiry) for found in error.errors()]
    return []


async def make(inquiry: Inquiry, values: Mapping[str, Any], form: FormRead | None, store: Store) -> Command:
    """Store the texts of values that fit, and the form's, and return the command."""
    stored = dict(values)
    for field in inquiry.fields:
        if field.name in values:
            stored[field.name] = await _store(field, values[field.name], store)
        if field.kind == "form" and form is not None:
            stored[field.name] = await form.store(store)
    return _build(inquiry, stored)


def pick_reason(values: Mapping[str, Any]) -> str:
    """Return why an act is done, as it stands beside its command; empty where it says nothing."""
    return str(values.get(BECAUSE, ""))


def _build(inquiry: Inquiry, values: Mapping[str, Any]) -> Command:
    known = {name: found.value for name, found in inquiry.known.items()}
    zone = inquiry.setting.spot.zone
    values = {
        name: zone.read_local(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    asks = inquiry.sheet.asks
    built = {
        name: build(value) if (build := asks.get(name, Ask()).build) is not None else value
        for name, value in values.items()
        if name != BECAUSE
    }
    return inquiry.sheet.command.model_validate({**known, **built})


async def _store(field: Field, value: Any, store: Store) -> Any:
    if field.kind == "file":
        return value.ref
    if field.kind == "files":
        return tuple(file.ref for file in value)
    if field.kind == "text":
        return await store(value)
    if field.kind == "texts":
        return {code: await store(text) for code, text in value.items()}
    return value


def _blank(value: Any) -> Any:
    if isinstance(value, dict):
        return dict.fromkeys(value, BLANK)
    return (BLANK,) * len(value) if isinstance(value, tuple) and not isinstance(value, StoredFile) else BLANK


def _tell(sheet: Sheet, found: Any, inquiry: Inquiry) -> Wrong:
    name = str(found["loc"][0]) if found["loc"] else ""
    if name not in {field.name for field in inquiry.fields}:
        raise AssertionError(f"{sheet.kind}: {name} is asked for by no field")
    code, limit = _CODES.get(found["type"], ("unfit", ""))
    return tell(sheet, name, Unfit(code, limit=found.get("ctx", {}).get(limit, "")))
