"""Where the answers of a form are kept: in the entry, in one text for all, personal ones each in a text of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass as compact

from selection.forms.fields import (
    Asked,
    FileField,
    TableField,
    is_personal,
    is_published,
    personal_columns,
)
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.kernel.model import CLOSED, Compact, Ref
from selection.kernel.references import TextRef

Answers = dict[str, Json]
_ROW = re.compile(r"([a-z][a-z0-9_]*)\[(0|[1-9][0-9]{0,2})\]")


@compact(config=CLOSED, frozen=True, slots=True, kw_only=True)
class PersonalAnswer(Compact):
    """A personal answer, kept in a text of its own: which it is, as a place in the form, and of whom if registered."""

    answer: Annotated[str, Field(max_length=60, pattern=r"^[a-z][a-z0-9_]*(\[[0-9]{1,3}\])?$")]
    content: TextRef
    person: Annotated[str, Field(max_length=64)] = ""


@dataclass(frozen=True)
class Parts:
    """Answers by where they are kept: `entry` by the places of the entry, `personal` by their place in the form.

    `told` are those of a review that are for the applicant, `public` those of an application that are for everyone.
    """

    entry: Answers
    shared: Answers
    personal: Answers
    told: Answers
    public: Answers


def split_answers(form: Form, answers: Answers) -> Parts:
    """Return the parts of answers that fit the form."""
    entry: Answers = {}
    shared: Answers = {}
    personal: Answers = {}
    for_applicant: Answers = {}
    public: Answers = {}
    for field in form.fields():
        if field.code not in answers:
            continue
        answer = answers[field.code]
        if field.entry is not None:
            entry[field.entry] = answer
        elif isinstance(field, TableField) and (apart := personal_columns(field)):
            shared[field.code], rows = _split_rows(answer, apart)
            personal |= {f"{field.code}[{number}]": row for number, row in rows.items()}
        elif is_personal(field):
            personal[field.code] = answer
        else:
            (for_applicant if field.told else public if is_published(field) else shared)[field.code] = answer
    return Parts(entry, shared, personal, for_applicant, public)


def _split_rows(answer: Json, apart: frozenset[str]) -> tuple[Json, dict[int, Answers]]:
    assert isinstance(answer, list)
    kept: list[Json] = []
    rows: dict[int, Answers] = {}
    for number, row in enumerate(answer):
        assert isinstance(row, dict)
        kept.append({code: value for code, value in row.items() if code not in apart})
        mine = {code: value for code, value in row.items() if code in apart}
        if mine:
            rows[number] = mine
    return kept, rows


def join_answers(form: Form, parts: Parts) -> Answers | None:
    """Return the answers that were split so; None where a part holds what belongs into another."""
    answers: Answers = {**parts.shared, **parts.told, **parts.public}
    for entry, answer in parts.entry.items():
        field = form.by_entry.get(entry)
        if field is None or field.code in answers:
            return None
        answers[field.code] = answer
    for place, answer in parts.personal.items():
        row = _ROW.fullmatch(place)
        if row is None:
            if place in answers:
                return None
            answers[place] = answer
        elif not _join_row(answers, row[1], int(row[2]), answer):
            return None
    return answers if _lie_where_they_belong(form, parts) else None


def _join_row(answers: Answers, code: str, number: int, answer: Json) -> bool:
    rows = answers.get(code)
    if not isinstance(rows, list) or number >= len(rows) or not isinstance(answer, dict):
        return False
    row = rows[number]
    if not isinstance(row, dict) or not row.keys().isdisjoint(answer):
        return False
    answers[code] = [*rows[:number], {**row, **answer}, *rows[number + 1 :]]
    return True


def _lie_where_they_belong(form: Form, parts: Parts) -> bool:
    """Tell whether nothing personal is among what is kept for all, nothing else apart, and each with whom it is for."""
    for_applicant = {field.code for field in form.fields() if field.told}
    public = {field.code for field in form.fields() if is_published(field)}
    if not (parts.told.keys() <= for_applicant and parts.public.keys() <= public):
        return False
    if not parts.shared.keys().isdisjoint(for_applicant | public):
        return False
    for field in form.fields():
        apart = personal_columns(field)
        shared = parts.shared.get(field.code)
        if field.code in parts.shared and (field.entry is not None or (is_personal(field) and not apart)):
            return False
        for row in shared if isinstance(shared, list) and apart else ():
            if isinstance(row, dict) and not apart.isdisjoint(row):
                return False
    return all(_is_apart(form, place, answer) for place, answer in parts.personal.items())


def _is_apart(form: Form, place: str, answer: Json) -> bool:
    row = _ROW.fullmatch(place)
    field = form.by_code.get(row[1] if row else place)
    if field is None:
        return False
    if row is None:
        return is_personal(field) and not isinstance(field, TableField)
    return isinstance(answer, dict) and bool(answer) and personal_columns(field).issuperset(answer)


def person_in(answer: Json) -> str:
    """Return the registered id of whom a personal answer is; empty where it names none."""
    named = answer.get("person") if isinstance(answer, dict) else None
    return named if isinstance(named, str) else ""


def files_in(form: Form, answers: Mapping[str, Json]) -> list[tuple[str, FileField, Ref]]:
    """Return the files that answers name beside the entry's own, each with its place and its field."""
    found: list[tuple[str, FileField, Ref]] = []
    for field in form.fields():
        if field.entry is None and field.code in answers:
            found += list_files_of(field, answers[field.code], field.code)
    return found


def list_files_of(field: Asked, answer: Json, path: str) -> list[tuple[str, FileField, Ref]]:
    """Return the files that the answer to a field names, each with its place and its field."""
    found: list[tuple[str, FileField, Ref]] = []
    if isinstance(field, TableField) and isinstance(answer, list):
        columns = [column for column in field.columns if isinstance(column, FileField)]
        for number, row in enumerate(answer if columns else ()):
            for column in columns:
                if isinstance(row, dict) and column.code in row:
                    found += list_files_of(column, row[column.code], f"{path}[{number}].{column.code}")
    elif isinstance(field, FileField):
        items: list[Json] = answer if isinstance(answer, list) else [answer]
        for number, item in enumerate(items):
            place = f"{path}[{number}]" if field.many else path
            if isinstance(item, dict) and set(item) == {"id", "sha256"}:
                found.append((place, field, Ref(id=str(item["id"]), sha256=str(item["sha256"]))))
    return found
