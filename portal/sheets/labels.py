"""What a sheet and its fields are called, by its room's labels.py: an act's own words before those of any act."""

from typing import NamedTuple

from portal.sheets.fields import Field
from portal.sheets.sheet import Option, Sheet
from portal.wording.doing.every import WORDS


class Label(NamedTuple):
    """A sentence in English and Chinese."""

    en: str
    zh: str


EMPTY = Label("", "")


def find_words(sheet: Sheet, *path: str) -> Label:
    """Return what is said of a part of a sheet, empty where nothing is."""
    name = ".".join(path)
    found = WORDS.get(f"{sheet.kind}.{name}") or WORDS.get(f"any.{name}")
    return Label(*found) if found else EMPTY


def label_of(sheet: Sheet, field: str) -> Label:
    """Return what a field is called. Raises KeyError for one that nothing names."""
    found = find_words(sheet, field)
    if found is EMPTY:
        raise KeyError(f"{sheet.kind}.{field}")
    return found


def values_of(sheet: Sheet, field: Field) -> tuple[Option, ...]:
    """Return the values that a field's type names, or yes and no, in words."""
    codes = ("yes", "no") if field.kind == "yes-no" else field.values
    return tuple(Option(code, *label_of(sheet, f"{field.name}.{code}")) for code in codes)
