"""From what was typed into a sheet to the values of its command, and every fault of them at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.forms.typed import Typed
from portal.sheets.fields import Field
from portal.sheets.labels import label_of, values_of
from portal.sheets.sheet import Option, Sheet, Wrong
from portal.sheets.unfit import Unfit
from portal.uploads.draft_files import read_kept
from portal.wording.doing.faults import WORDS
from selection.kernel.counting import fill
from selection.kernel.typed_numbers import narrow_number

FIELD = "f."
BESIDE = ".beside"
"""Ends the name of a field in which is typed what is not among those that can be chosen."""
LONGEST = 20_000
"""Characters of a text [D]."""
LINE = 200
MOMENT = "%Y-%m-%dT%H:%M"
"""How browsers write a time of a wall clock."""
NUMBER = re.compile(r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$", re.ASCII)
WHOLE = re.compile(r"^[0-9]{1,7}$", re.ASCII)
_MISSING = {
    **dict.fromkeys(("choice", "choices", "yes-no"), "missing-choice"),
    **dict.fromkeys(("file", "files"), "missing-file"),
}
Offered = Mapping[str, Sequence[Option]]
"""By field, what can be chosen in it now."""


@dataclass(frozen=True)
class FilledValues:
    """The values that were typed, by field, texts as texts; and what is wrong."""

    values: dict[str, Any]
    wrong: list[Wrong]


def read_fields(sheet: Sheet, fields: Sequence[Field], typed: Typed, offered: Offered) -> FilledValues:
    """Return the values of the fields that were filled in; those left empty that need not be are left out."""
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for field in fields:
        try:
            value = _read(sheet, field, typed, offered.get(field.name, ()))
        except Unfit as unfit:
            wrong.append(tell(sheet, field.name, unfit))
            continue
        if value not in (None, "", (), {}):
            values[field.name] = value
        elif field.required and field.kind not in ("form", "scores", "table"):
            wrong.append(tell(sheet, field.name, Unfit(_MISSING.get(field.kind, "missing"))))
    return FilledValues(values, wrong)


def read_lines(given: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of what was chosen or typed, each once, without empty ones."""
    return tuple(dict.fromkeys(line.strip() for text in given for line in text.splitlines() if line.strip()))


def tell(sheet: Sheet, field: str, unfit: Unfit) -> Wrong:
    """Return a fault in words, with the name of its field."""
    en, zh = WORDS[unfit.code]
    label = label_of(sheet, field)
    return Wrong(field, f"{label.en}: {fill(en, unfit.params)}", f"{label.zh}：{fill(zh, unfit.params)}")


def _read(sheet: Sheet, field: Field, typed: Typed, options: Sequence[Option]) -> Any:
    given = tuple(value.strip() for value in typed.get(f"{FIELD}{field.name}", ()))
    text = "\n".join(given)
    match field.kind:
        case "text":
            return _keep_short(text, LONGEST)
        case "texts":
            return _read_texts(field, typed, options)
        case "choices":
            return _choose(given, options)
        case "order":
            return _read_order(field, typed, options)
        case "lines":
            lines = read_lines((*given, *typed.get(f"{FIELD}{field.name}{BESIDE}", ())))
            return tuple(_keep_short(line, LINE) for line in lines)
        case "choice" | "yes-no":
            chosen = _choose(given, options or values_of(sheet, field))[:1]
            return (chosen == ("yes",)) if chosen and field.kind == "yes-no" else "".join(chosen)
        case "number":
            return _read_number(narrow_number(text), whole=field.whole)
        case "date":
            return _read_date(text)
        case "file" | "files":
            files = read_kept(typed, field.name)
            return files if field.kind == "files" else next(iter(files), None)
        case "moment":
            return _read_moment(text)
        case "line":
            return _keep_short(text, LINE)
    return None


def _read_texts(field: Field, typed: Typed, options: Sequence[Option]) -> dict[str, str]:
    texts = {
        option.code: _keep_short(
            "\n".join(typed.get(f"{FIELD}{field.name}.{option.code}", ())).strip(), LONGEST
        )
        for option in options
    }
    if field.required and not all(texts.values()):
        raise Unfit("missing-each")
    return {code: text for code, text in texts.items() if text}


def _read_order(field: Field, typed: Typed, options: Sequence[Option]) -> tuple[str, ...]:
    """Return the options in the order of the places that were typed beside them: each place once, from 1."""
    places: dict[str, int] = {}
    for option in options:
        text = narrow_number("".join(typed.get(f"{FIELD}{field.name}.{option.code}", ())))
        places[option.code] = int(text) if WHOLE.match(text) else 0
    if sorted(places.values()) != list(range(1, len(places) + 1)):
        raise Unfit("no-order", most=len(places))
    return tuple(sorted(places, key=lambda code: places[code]))


def _choose(given: tuple[str, ...], options: Sequence[Option]) -> tuple[str, ...]:
    """Return what was chosen, each once. Raises Unfit for what is not offered, or no longer."""
    if not set(given) <= {option.code for option in options}:
        raise Unfit("not-offered")
    return tuple(dict.fromkeys(given))


def _read_number(text: str, *, whole: bool) -> Decimal | int | None:
    if not text:
        return None
    if not (WHOLE if whole else NUMBER).match(text):
        raise Unfit("no-whole" if whole else "no-number")
    return int(text) if whole else Decimal(text)


def _read_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Unfit("no-date") from None


def _read_moment(text: str) -> datetime | None:
    """Return a time of the round's wall clock, to the minute."""
    try:
        return datetime.strptime(text, MOMENT) if text else None  # noqa: DTZ007
    except ValueError:
        raise Unfit("no-moment") from None


def _keep_short(text: str, most: int) -> str:
    if len(text) > most:
        raise Unfit("too-long", limit=most)
    return text
