"""Answers as people type them, in a file or in cells of a table, turned into what each field asks for.

What does not turn is left as it is, for the check to name. Nothing is guessed: only what a person left blank goes.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from selection.forms.fields import (
    Asked,
    FileField,
    NumberField,
    PeopleField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.kernel.canonical import SAFE
from selection.kernel.typed_numbers import narrow_number

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,20})?")
_DEPTH = 6
Put = Callable[[str, object], Json]
"""What becomes of a file: from its place and what was written there, the answer."""


def read_raw(form: Form, raw: object, put: Put) -> Json:
    """Return the answers that were typed; `put` answers for each file."""
    if not isinstance(raw, dict):
        return _plain(raw)
    found = {}
    for code, typed in raw.items():
        field = form.by_code.get(code) if isinstance(code, str) else None
        answer = _plain(typed) if field is None else _turn(field, typed, field.code, put)
        if field is None or not _is_blank(answer):
            found[str(code)] = answer
    return found


def list_files(form: Form, raw: object) -> Iterator[tuple[str, object]]:
    """Yield the place of each file in what was typed, with what was written there."""
    found: list[tuple[str, object]] = []

    def note(path: str, written: object) -> Json:
        found.append((path, written))
        return None

    if isinstance(raw, dict):
        # Only such fields hold any, and a form has few of them.
        read_raw(form, {code: typed for code, typed in raw.items() if _has_files(form, code)}, note)
    yield from found


def _has_files(form: Form, code: object) -> bool:
    field = form.by_code.get(code) if isinstance(code, str) else None
    columns = field.columns if isinstance(field, TableField) else ()
    return isinstance(field, FileField) or any(isinstance(column, FileField) for column in columns)


def _turn(field: Asked, typed: object, path: str, put: Put) -> Json:
    typed = _spell(typed)
    match field:
        case TableField() if isinstance(typed, list):
            rows = [_turn_row(field, row, f"{path}[{number}]", put) for number, row in enumerate(typed)]
            return [row for row in rows if not _is_blank(row)]
        case FileField(many=True) if isinstance(typed, list):
            given = [item for item in typed if not _is_blank(item)]
            return [put(f"{path}[{number}]", item) for number, item in enumerate(given)]
        case FileField():
            return None if _is_blank(typed) else put(path, typed)
        case UnitField(many=True) if isinstance(typed, list):
            return [answer for item in typed if not _is_blank(answer := _plain(item))]
        case PeopleField() if isinstance(typed, list):
            return [answer for item in typed if not _is_blank(answer := _plain(item))]
        case NumberField() if isinstance(typed, str):
            return _turn_number(field, narrow_number(typed, field.places))
        case TextField() if isinstance(typed, str):
            return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        case TextField(lines=True) if isinstance(typed, dict) and set(typed) == {"text"}:
            return _turn(field, typed["text"], path, put)
    return _plain(typed)


def _spell(typed: object) -> object:
    """Return what a cell of a table holds as a person would type it: a number shortest, a day as YYYY-MM-DD."""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, date):
        return typed.isoformat()[:10]
    if isinstance(typed, float) and math.isfinite(typed):
        return format(Decimal(repr(typed)).normalize(), "f")
    if isinstance(typed, int | float | Decimal) and not isinstance(typed, bool):
        return str(typed)
    return typed


def _turn_row(field: TableField, row: object, path: str, put: Put) -> Json:
    if not isinstance(row, dict):
        return _plain(row)
    columns = {column.code: column for column in field.columns}
    found: dict[str, Json] = {}
    for code, typed in row.items():
        column = columns.get(code)
        place = f"{path}.{code}"
        answer = _plain(typed) if column is None else _turn(column, typed, place, put)
        if not _is_blank(answer):
            found[str(code)] = answer
    return found


def _turn_number(field: NumberField, typed: str) -> Json:
    if not field.places:
        return int(typed) if _WHOLE.fullmatch(typed) and abs(int(typed)) <= SAFE else typed
    if not _DECIMAL.fullmatch(typed):
        return typed
    number = Decimal(typed)
    # One spelling for one number: 25.50 is 25.5.
    return format(number.normalize(), "f") if number else "0"


def _plain(typed: object, depth: int = 0) -> Json:
    """Return texts, lists and mappings as they are, without what was left blank; anything else as it reads."""
    if depth > _DEPTH:
        return "…"
    if isinstance(typed, dict):
        inner = {str(key): _plain(value, depth + 1) for key, value in typed.items()}
        return {key: value for key, value in inner.items() if not _is_blank(value)}
    if isinstance(typed, list):
        return [_plain(item, depth + 1) for item in typed]
    if typed is None or isinstance(typed, bool | int):
        return typed
    return str(typed).strip()


def _is_blank(answer: object) -> bool:
    return answer is None or answer in ("", [], {})
