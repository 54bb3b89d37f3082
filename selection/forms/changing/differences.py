"""What changed between two versions of answers, field by field, for whoever mends or checks."""

from collections.abc import Iterator
from typing import NamedTuple

from selection.forms.form import Form
from selection.forms.json_text import Json


class Difference(NamedTuple):
    """One changed place: its path, the answer before and after; None where there was none."""

    path: str
    old: Json
    new: Json


def diff_answers(form: Form, old: dict[str, Json], new: dict[str, Json]) -> tuple[Difference, ...]:
    """Return every place where two versions differ, in the order of the form."""
    return tuple(
        found
        for code in form.by_code
        if old.get(code) != new.get(code)
        for found in _differences(code, old.get(code), new.get(code))
    )


def _differences(path: str, old: Json, new: Json) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            if old.get(key) != new.get(key):
                yield from _differences(f"{path}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        for number in range(max(len(old), len(new))):
            before = old[number] if number < len(old) else None
            after = new[number] if number < len(new) else None
            if before != after:
                yield from _differences(f"{path}[{number}]", before, after)
    else:
        yield Difference(path, old, new)
