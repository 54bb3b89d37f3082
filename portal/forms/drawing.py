"""A form of the rules as a page draws it: for each field its name, what it asks, what was typed, and its faults."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.forms.typed import ANSWER, SCORE, Typed, list_elsewhere, rows_in
from portal.wording.forms import WORDS
from reading.models import RoundForm
from selection.forms.choices import options_of
from selection.forms.faults import AnswerFault
from selection.forms.fields import (
    Asked,
    ChoiceField,
    DateField,
    NumberField,
    PeopleField,
    TableField,
    TextField,
)
from selection.kernel.named import Named

SCORES = WORDS["score"]
BLANK_ROWS = 2
"""Rows of a table that stand empty at its end [D]."""
LONG_SELECT = 7
"""Options up to which each is a button of its own."""


@dataclass(frozen=True)
class Drawn:
    """One field of a page. `kind` says how it is drawn; `rows` are those of a table."""

    kind: str
    name: str
    field: Asked
    values: tuple[str, ...]
    options: tuple[Named, ...] = ()
    faults: tuple[str, ...] = ()
    rows: tuple[tuple["Drawn", ...], ...] = ()

    @property
    def value(self) -> str:
        """What was typed, of a field that takes one text."""
        return "\n".join(self.values)


@dataclass(frozen=True)
class DrawnSection:
    """A section of the form with its fields."""

    en: str
    zh: str
    help_en: str
    help_zh: str
    fields: tuple[Drawn, ...]


@dataclass(frozen=True)
class DrawnScore:
    """A score that is asked for by the rules' criteria."""

    name: str
    code: str
    en: str
    zh: str
    top: Decimal
    step: Decimal
    value: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """What a page needs beside the form to draw it."""

    form: RoundForm
    typed: Typed
    faults: Sequence[AnswerFault]
    language: str

    def sentences(self, path: str) -> tuple[str, ...]:
        """Return what is wrong at a place of the form."""
        return tuple(tell_fault(fault, self.language) for fault in self.faults if fault.path == path)


def tell_fault(fault: AnswerFault, language: str) -> str:
    """Return what is wrong, to be read after the name of the field."""
    return fault.sentence("zh" if language == "zh" else "en")


def draw_sections(place: Place) -> tuple[DrawnSection, ...]:
    """Return the form with what was typed and what is wrong."""
    elsewhere = {field.code for field in list_elsewhere(place.form.form.fields())}
    return tuple(
        DrawnSection(
            en=part.en,
            zh=part.zh,
            help_en=part.help.en if part.help else "",
            help_zh=part.help.zh if part.help else "",
            fields=tuple(
                _draw(place, field, f"{ANSWER}{field.code}", field.code, elsewhere) for field in part.fields
            ),
        )
        for part in place.form.form.sections
    )


def draw_scores(place: Place) -> tuple[DrawnScore, ...]:
    """Return the scores that are asked for."""
    return tuple(
        DrawnScore(
            name=f"{SCORE}{item.code}",
            code=item.code,
            en=item.en,
            zh=item.zh,
            top=item.top,
            step=place.form.score_step,
            value=(place.typed.get(f"{SCORE}{item.code}") or ("",))[0],
            faults=place.sentences(f"scores.{item.code}"),
        )
        for item in place.form.criteria
    )


def link_faults(place: Place) -> list[tuple[str, str]]:
    """Return every fault as a link to its field with the field's name: pairs of anchor and sentence."""
    between = "" if place.language == "zh" else " "
    return [
        (
            _anchor(place, fault.path),
            f"{_label(place, fault.path)}{between}{tell_fault(fault, place.language)}",
        )
        for fault in place.faults
    ]


def _draw(place: Place, field: Asked, name: str, path: str, elsewhere: Iterable[str]) -> Drawn:
    return Drawn(
        kind="elsewhere" if field.code in elsewhere else _kind(field),
        name=name,
        field=field,
        values=place.typed.get(name, ()),
        options=options_of(field, place.form) if isinstance(field, ChoiceField) else (),
        faults=place.sentences(path),
        rows=_draw_rows(place, field, name, path) if isinstance(field, TableField) else (),
    )


def _draw_rows(place: Place, field: TableField, name: str, path: str) -> tuple[tuple[Drawn, ...], ...]:
    filled = rows_in(name, place.typed)
    size = min(max(len(filled) + BLANK_ROWS, field.least), field.rows)
    # Rows that were left blank in between close up, so that a fault's place is the row on the page.
    places = [*filled, *(number for number in range(field.rows + size) if number not in filled)][:size]
    return tuple(
        tuple(
            _draw(place, column, f"{name}.{number}.{column.code}", f"{path}[{row}].{column.code}", ())
            for column in field.columns
        )
        for row, number in enumerate(places)
    )


def _kind(field: Asked) -> str:
    match field:
        case TextField(lines=True) | PeopleField():
            return "area"
        case ChoiceField(many=True):
            return "boxes"
        case ChoiceField(of=None) if len(field.options) <= LONG_SELECT:
            return "radios"
        case ChoiceField():
            return "select"
        case TableField():
            return "table"
        case NumberField():
            return "number"
        case DateField():
            return "date"
    return "text"


def _anchor(place: Place, path: str) -> str:
    if path.startswith("scores."):
        return f"{SCORE}{path.removeprefix('scores.')}"
    code = path.partition(".")[0].partition("[")[0]
    return f"{ANSWER}{code}" if code in place.form.form.by_code else ""


def _label(place: Place, path: str) -> str:
    chinese = place.language == "zh"
    if path.startswith("scores."):
        code = path.removeprefix("scores.")
        item = next((item for item in place.form.criteria if item.code == code), None)
        label, above = (item.called(place.language) if item else path), SCORES[chinese]
    else:
        field = place.form.form.by_code.get(path.partition(".")[0].partition("[")[0])
        part = next((part for part in place.form.form.sections if field in part.fields), None)
        if field is None or part is None:
            return path
        label, above = (field.zh, part.zh) if chinese else (field.en, part.en)
    return f"{above}：{label}" if chinese else f"{above}: {label}"
