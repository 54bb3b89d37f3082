"""What was typed into a form of the rules, as a page sends it and as a draft keeps it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from starlette.datastructures import FormData

from portal.faults import Fault
from portal.forms.columns import columns_of, has_rows, is_group
from selection.forms.fields import Asked, ChoiceField, FileField, PeopleField, TextField
from selection.forms.form import Form
from starter.papers.blocks import join_lines

ANSWER = "a."
SCORE = "s."
LONGEST = 200_000
MOST_ROWS = 200
BLANK: tuple[Any, ...] = ("", [], {})
Typed = Mapping[str, tuple[str, ...]]
"""By the name of a field of the page, what was typed or chosen, or the ids of files; some have several."""


class KeptFile(NamedTuple):
    """A file that was stored for a form: what it was called where it came from, what it is."""

    name: str
    media_type: str
    size: int
    sha256: str


class Draft(NamedTuple):
    """What was typed, and into which version of the form; empty where the page did not say."""

    form: str
    typed: Typed


def read_typed(form: FormData, beginnings: tuple[str, ...] = (ANSWER, SCORE)) -> Typed:
    """Return what was typed into fields whose names begin so. Raises Fault for what is no text, or too long."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if not name.startswith(beginnings):
            continue
        if not isinstance(value, str) or len(value) > LONGEST or len(name) > 200:
            raise Fault("form-unfit")
        if value.strip():
            found[name] = (*found.get(name, ()), value.replace("\r\n", "\n"))
    return found


def write_draft(draft: Draft) -> str:
    """Return what was typed as a draft keeps it."""
    typed = {name: list(values) for name, values in draft.typed.items()}
    return json.dumps({"form": draft.form, "typed": typed}, ensure_ascii=False)


def read_draft(body: str) -> Draft:
    """Return what a draft keeps."""
    kept = json.loads(body)
    return Draft(kept["form"], {name: tuple(values) for name, values in kept["typed"].items()})


def scores_in(typed: Typed) -> dict[str, str]:
    """Return the scores that were typed, by criterion."""
    return {name.removeprefix(SCORE): values[0] for name, values in typed.items() if name.startswith(SCORE)}


def answers_in(form: Form, typed: Typed) -> dict[str, Any]:
    """Return the answers that were typed as a file of the form would hold them; what is no field of it is left out."""
    found = {field.code: _answer(field, f"{ANSWER}{field.code}", typed) for field in form.fields()}
    return {code: answer for code, answer in found.items() if answer not in BLANK}


def _answer(field: Asked, name: str, typed: Typed) -> Any:
    values = typed.get(name, ())
    if has_rows(field):
        rows = [_row(field, f"{name}.{number}", typed) for number in rows_in(name, typed)]
        return [row for row in rows if row]
    if is_group(field):
        return _row(field, name, typed)
    match field:
        case ChoiceField(many=True) | FileField(many=True):
            return list(values)
        case PeopleField():
            return [line.strip() for line in "\n".join(values).splitlines() if line.strip()]
        case TextField(lines=False):
            # Of many words it is typed into several lines, and is one all the same.
            lines = [line.strip() for line in values[0].split("\n")] if values else []
            return join_lines(line for line in lines if line)
    return values[0] if values else ""


def rows_in(name: str, typed: Typed) -> list[int]:
    """Return the numbers of the rows of a table in which something was typed."""
    numbers = {
        int(rest.partition(".")[0])
        for key in typed
        if key.startswith(f"{name}.") and (rest := key.removeprefix(f"{name}."))[:1].isdigit()
        if rest.partition(".")[0].isascii() and rest.partition(".")[0].isdigit() and len(rest) < 60
    }
    return sorted(number for number in numbers if number < MOST_ROWS)


def _row(field: Asked, name: str, typed: Typed) -> dict[str, Any]:
    found = {column.code: _answer(column, f"{name}.{column.code}", typed) for column in columns_of(field)}
    return {code: answer for code, answer in found.items() if answer not in BLANK}


def list_files(fields: Iterable[Asked]) -> list[Asked]:
    """Return the fields that take files."""
    return [
        field
        for field in fields
        if isinstance(field, FileField) or any(isinstance(column, FileField) for column in columns_of(field))
    ]
