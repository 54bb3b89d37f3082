"""Which answers a mended version has otherwise than the version before it, of those that stay in mending. Pure.

An answer that is the same is not judged anew: what was taken when it was handed in holds up nobody's mending.

Answers are compared as the form spells them. Blanks at an end, how a number or the code of a unit is written, in which
order options, people, units or files are named, and under which id a file was stored, make no other answer. Rows of a
table stand in an order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from selection.forms.changing.moving import code_of, leave_erased_out
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    FileField,
    PeopleField,
    TableField,
    UnitField,
    personal_columns,
)
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.json_text import Json
from selection.forms.parts import Answers, list_files_of
from selection.forms.raw_answers import read_raw
from selection.forms.reading import read_answers, spell_entry
from selection.kernel.canonical import canonical_bytes
from selection.kernel.unit_codes import canonical_code


class PresentAnswers(NamedTuple):
    """The answers of a version as far as they are held; `gone` are the places of what was erased of them."""

    answers: Answers
    gone: frozenset[str]


def read_present(form: Form, filled: SentForm, bodies: Mapping[str, bytes]) -> PresentAnswers | None:
    """Return what is held of a version's answers, of one whose text is gone what stands in the entry.

    None where nothing of it can be laid out.
    """
    if filled.shared is None or filled.shared.id not in bodies:
        entry = spell_entry(form, filled.entry).items()
        answers = {form.by_entry[place].code: answer for place, answer in entry if place in form.by_entry}
        return PresentAnswers(
            answers, frozenset(field.code for field in form.fields() if field.entry is None)
        )
    present, gone = leave_erased_out(form, filled, bodies)
    try:
        return PresentAnswers(read_answers(form, present, bodies), gone)
    except Unreadable:
        # Recorded before the form was checked, or brought back after a loss.
        return None


def list_files_to_compare(form: Form, before: PresentAnswers, mended: PresentAnswers) -> frozenset[str]:
    """Return the ids of the files that must be compared byte by byte: of questions that name others than before."""
    pairs = (
        (_ids_of(field, before), _ids_of(field, mended))
        for field in form.kept
        if isinstance(field, FileField | TableField)
    )
    return frozenset(name for one, other in pairs if one != other for name in {*one, *other})


def find_changed(
    form: Form, before: PresentAnswers, mended: PresentAnswers, digests: Mapping[str, str]
) -> tuple[Asked, ...]:
    """Return the questions whose answers stay in mending and are others now, in the order of the form.

    `digests` has, of the files to compare, a hash of the bytes of each that is held. What was erased of either version
    is not compared: nobody can tell what it was.
    """
    gone = before.gone | mended.gone
    unheld = list_files_to_compare(form, before, mended) - digests.keys()
    old, new = (_spell_all(form, _strip_gone(form, held.answers, gone), digests) for held in (before, mended))
    return tuple(
        field
        for field in form.kept
        if field.code not in gone
        and unheld.isdisjoint({*_ids_of(field, before), *_ids_of(field, mended)})
        and _spell(field, old.get(field.code)) != _spell(field, new.get(field.code))
    )


def leave_accepted_out(
    form: Form,
    faults: Iterable[AnswerFault],
    before: Answers,
    mended: Answers,
    found_before: Iterable[AnswerFault],
) -> tuple[AnswerFault, ...]:
    """Return the faults without those that the version before has too, in an answer that is the same.

    It was taken with that answer: by a program that asked less of it.
    """
    accepted = {(fault.path, fault.code) for fault in found_before}
    old, new = (_spell_all(form, answers, {}) for answers in (before, mended))
    return tuple(
        fault
        for fault in faults
        if (fault.path, fault.code) not in accepted or _differs(form, fault.path, old, new)
    )


def _differs(form: Form, path: str, before: Answers, mended: Answers) -> bool:
    code = code_of(path)
    field = form.by_code.get(code)
    return field is None or _spell(field, before.get(code)) != _spell(field, mended.get(code))


def _ids_of(field: Asked, held: PresentAnswers) -> Counter[str]:
    found = list_files_of(field, held.answers.get(field.code), field.code)
    return Counter(ref.id for _, _, ref in found)


def _strip_gone(form: Form, answers: Answers, gone: frozenset[str]) -> Answers:
    """Return the answers without the personal columns of the rows of which these were erased in one of the versions."""
    found = dict(answers)
    for field in form.fields():
        rows, apart = found.get(field.code), personal_columns(field)
        if apart and isinstance(rows, list):
            found[field.code] = [
                _leave_out(row, apart) if f"{field.code}[{number}]" in gone else row
                for number, row in enumerate(rows)
            ]
    return found


def _leave_out(row: Json, columns: frozenset[str]) -> Json:
    assert isinstance(row, dict)
    return {code: answer for code, answer in row.items() if code not in columns}


def _spell_all(form: Form, answers: Answers, digests: Mapping[str, str]) -> Answers:
    """Return the answers as they come from typing them, and each file as what tells its bytes."""

    def put(_: str, ref: object) -> Json:
        assert isinstance(ref, dict)
        return digests.get(ref["id"], str(ref["id"]))

    found = read_raw(form, answers, put)
    assert isinstance(found, dict)
    return found


def _spell(field: Asked, answer: Json) -> Json:
    """Return an answer in the one spelling that it has, whatever the order of what has none."""
    match field, answer:
        case TableField(), list():
            return [_spell_row(field, row) for row in answer]
        case CreditCodeField(), str():
            return canonical_code(answer)
        case UnitField(), dict():
            return {**answer, "code": canonical_code(str(answer["code"]))}
        case ((ChoiceField() | FileField() | PeopleField() | UnitField()), list()):
            return sorted((_spell(field, item) for item in answer), key=canonical_bytes)
    return answer


def _spell_row(field: TableField, row: Json) -> Json:
    assert isinstance(row, dict)
    columns: dict[str, Asked] = {column.code: column for column in field.columns}
    return {code: _spell(columns[code], answer) for code, answer in row.items()}
