"""What was handed in before, as a page shows it to be changed: the way back from answers to what is typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.forms.columns import columns_of, has_rows, is_group
from portal.forms.typed import ANSWER, Typed
from selection.forms.fields import Asked, FileField, PeopleField
from selection.forms.form import Form


def refill(form: Form, answers: Mapping[str, Any]) -> Typed:
    """Return answers as they would be typed into the form; of files their ids. What is no field of it is left out."""
    return {
        name: values
        for field in form.fields()
        if field.code in answers
        for name, values in _type(field, f"{ANSWER}{field.code}", answers[field.code])
    }


def _type(field: Asked, name: str, answer: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    if has_rows(field):
        for number, row in enumerate(answer if isinstance(answer, list) else ()):
            yield from _type_parts(field, f"{name}.{number}", row)
    elif is_group(field):
        yield from _type_parts(field, name, answer)
    else:
        items = answer if isinstance(answer, list) else [answer]
        if isinstance(field, FileField):
            items = [item["id"] for item in items if isinstance(item, dict) and "id" in item]
        values = tuple(str(item) for item in items)
        if values:
            yield name, ("\n".join(values),) if isinstance(field, PeopleField) else values


def _type_parts(field: Asked, name: str, row: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column in columns_of(field):
        if isinstance(row, dict) and column.code in row:
            yield from _type(column, f"{name}.{column.code}", row[column.code])
