"""A form of the rules as a page draws it: for each field its name, what it asks, what was typed, and its faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as kept_field, replace
from decimal import Decimal

from portal.forms.columns import columns_of, has_rows, is_group, rows_of
from portal.forms.faults import tell_fault
from portal.forms.typed import ANSWER, SCORE, KeptFile, Typed, rows_in
from portal.uploads.draft_files import StoredFile
from reading.models import RoundForm
from selection.forms.choices import options_of
from selection.forms.faults import AnswerFault
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    Shown,
    TextField,
    UnitField,
)
from selection.forms.form import Section
from selection.kernel.named import Named

BLANK_ROWS = 2
"""Rows of a table that stand empty at its end [D]."""
LONG_SELECT = 7
"""Options up to which each is a button of its own."""
AREA = 100
"""Words of a text from which on it is typed into several lines [D]."""
LINES = ((1_000, 14), (300, 8), (0, 6))
"""By the words that a text may have, the lines that stand there for it [D]."""
LINES_OF_PEOPLE = 3


@dataclass(frozen=True)
class DrawnField:
    """One field of a page. `kind` says how it is drawn; `rows` are those of a table, or the one of a group.

    `shown` says by which answer on the page it is asked, `suggests` that units of the register are offered for it, and
    `noted` what the check said of it. `said` is in words what stays, of one that is drawn as `kept`.
    """

    kind: str
    name: str
    field: Asked
    values: tuple[str, ...]
    options: tuple[Named, ...] = ()
    faults: tuple[str, ...] = ()
    rows: tuple[tuple["DrawnField", ...], ...] = ()
    files: tuple[StoredFile, ...] = ()
    shown: Shown | None = None
    suggests: bool = False
    noted: tuple[str, ...] = ()
    said: str = ""

    @property
    def value(self) -> str:
        """What was typed, of a field that takes one text."""
        return "\n".join(self.values)

    @property
    def lines(self) -> int:
        """How many lines stand there to be typed into, of a text of several."""
        if not isinstance(self.field, TextField):
            return LINES_OF_PEOPLE
        limit = self.field.words or 0
        return next(lines for words, lines in LINES if limit >= words)


@dataclass(frozen=True)
class DrawnSection:
    """A section of the form with its fields."""

    code: str
    en: str
    zh: str
    help_en: str
    help_zh: str
    fields: tuple[DrawnField, ...]

    @property
    def stays(self) -> bool:
        """Tell whether there is nothing to be filled in, as every answer stays."""
        return bool(self.fields) and all(field.kind == "kept" for field in self.fields)


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
    """What a page needs beside the form to draw it.

    `files` are those that were stored for it; `noted` is what the check said of a field. `kept` are by code the answers
    that stay as they are, in words.
    """

    form: RoundForm
    typed: Typed
    faults: Sequence[AnswerFault]
    language: str
    files: Mapping[str, KeptFile]
    noted: Mapping[str, tuple[str, ...]] = kept_field(default_factory=dict)
    kept: Mapping[str, str] = kept_field(default_factory=dict)

    def sentences(self, path: str) -> tuple[str, ...]:
        """Return what is wrong at a place of the form."""
        return tuple(
            tell_fault(self.form.form, fault, self.language) for fault in self.faults if fault.path == path
        )


def draw_sections(place: Place) -> tuple[DrawnSection, ...]:
    """Return the form with what was typed and what is wrong."""
    here = frozenset(place.form.form.by_code)
    return tuple(_draw_section(place, part, here) for part in place.form.form.sections)


def draw_section(place: Place, part: Section) -> DrawnSection:
    """Return one section, to stand on a page of its own.

    What an answer of another page asks for is left out as long as it is not asked and nothing was typed.
    """
    return _draw_section(
        place, part, frozenset(field.code for field in part.fields if field.code not in place.kept)
    )


def _draw_section(place: Place, part: Section, here: frozenset[str]) -> DrawnSection:
    drawn = (
        _draw_kept(place, field)
        if field.code in place.kept
        else _draw(place, field, f"{ANSWER}{field.code}", field.code)
        for field in part.fields
        if _is_drawn(place.typed, field, here)
    )
    return DrawnSection(
        code=part.code,
        en=part.en,
        zh=part.zh,
        help_en=part.help.en if part.help else "",
        help_zh=part.help.zh if part.help else "",
        fields=tuple(
            item if item.field.shown is None or item.field.shown.field in here else replace(item, shown=None)
            for item in drawn
        ),
    )


def _is_drawn(typed: Typed, field: Asked, here: frozenset[str]) -> bool:
    if field.shown is None or field.shown.field in here:
        return True
    asked = not set(field.shown.one_of).isdisjoint(typed.get(f"{ANSWER}{field.shown.field}", ()))
    return asked or has_typed(typed, field)


def has_typed(typed: Typed, field: Asked) -> bool:
    """Tell whether anything was typed into a field."""
    name = f"{ANSWER}{field.code}"
    return any(key == name or key.startswith(f"{name}.") for key in typed)


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


def _draw(place: Place, field: Asked, name: str, path: str) -> DrawnField:
    values = place.typed.get(name, ())
    files = [file for file in values if file in place.files] if isinstance(field, FileField) else []
    return DrawnField(
        kind=_kind(field),
        name=name,
        field=field,
        values=values,
        options=options_of(field, place.form) if isinstance(field, ChoiceField) else (),
        faults=place.sentences(path),
        rows=_draw_parts(place, field, name, path),
        files=tuple(_call_stored(file, place.files[file]) for file in files),
        shown=field.shown,
        noted=place.noted.get(path, ()),
    )


def _draw_kept(place: Place, field: Asked) -> DrawnField:
    return DrawnField("kept", f"{ANSWER}{field.code}", field, (), said=place.kept[field.code])


def _call_stored(file: str, kept: KeptFile) -> StoredFile:
    return StoredFile(file, kept.sha256, kept.name, kept.media_type, kept.size)


def _draw_parts(place: Place, field: Asked, name: str, path: str) -> tuple[tuple[DrawnField, ...], ...]:
    if is_group(field):
        return (_draw_row(place, field, name, path),)
    if not has_rows(field):
        return ()
    filled, (least, most) = rows_in(name, place.typed), rows_of(field)
    size = min(max(len(filled) + BLANK_ROWS, least), most)
    # Rows that were left blank in between close up, so that a fault's place is the row on the page.
    places = [*filled, *(number for number in range(most + size) if number not in filled)][:size]
    return tuple(
        _draw_row(place, field, f"{name}.{number}", f"{path}[{row}]") for row, number in enumerate(places)
    )


def _draw_row(place: Place, field: Asked, name: str, path: str) -> tuple[DrawnField, ...]:
    columns = columns_of(field, place.form)
    drawn = (_draw(place, column, f"{name}.{column.code}", f"{path}.{column.code}") for column in columns)
    return tuple(_fit_into_row(item, field) for item in drawn)


def _fit_into_row(item: DrawnField, field: Asked) -> DrawnField:
    """Return a part of a field as it stands beside the others: briefly, and with the register where it is asked."""
    suggests = isinstance(field, UnitField) and field.registered and isinstance(item.field, CreditCodeField)
    return replace(item, kind="select" if item.kind == "radios" else item.kind, suggests=suggests)


def _kind(field: Asked) -> str:
    if has_rows(field):
        return "table"
    if is_group(field):
        return "group"
    match field:
        case FileField():
            return "file"
        case TextField(lines=True) | PeopleField():
            return "area"
        case ChoiceField(many=True):
            return "boxes"
        case TextField() if (field.words or 0) >= AREA:
            return "area"
        case ChoiceField(of=None) if len(field.options) <= LONG_SELECT:
            return "radios"
        case ChoiceField():
            return "select"
        case NumberField():
            return "number"
        case DateField():
            return "date"
    return "text"
