"""A form as it was filled in and handed in: what is kept where, and whether all of it together fits the form. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.fields import FileField, NumberField
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.json_text import LIMIT, Json, read_canonical
from selection.forms.parts import Answers, Parts, files_in, join_answers, person_in
from selection.kernel.model import Ref

MEGABYTE = 1_000_000
PERSONAL_LIMIT = 20_000
"""Bytes of one personal answer."""


class StoredFileFacts(NamedTuple):
    """What is known of a stored file."""

    media_type: str
    size: int


def find_unfit(
    checker: AnswerChecker,
    filled: SentForm,
    bodies: Mapping[str, bytes],
    files: Mapping[str, StoredFileFacts],
) -> tuple[AnswerFault, ...]:
    """Return every fault of a form as it was handed in; `bodies` holds its texts, `files` what is known of its files.

    Raises KeyError for a text that is not among the bodies.
    """
    form = checker.form
    if filled.version != form.version:
        return (AnswerFault("(form)", "other-version", {"version": form.version}),)
    try:
        answers = read_answers(form, filled, bodies)
    except Unreadable as found:
        return (found.fault,)
    return (*checker.check(answers), *find_file_faults(form, answers, filled.files, files))


def read_answers(form: Form, filled: SentForm, bodies: Mapping[str, bytes]) -> Answers:
    """Return all answers of a form as it was handed in. Raises Unreadable, or KeyError for a missing text."""
    shared, for_applicant, public = (
        _read_part(ref, bodies) for ref in (filled.shared, filled.told, filled.public)
    )
    personal: Answers = {}
    for item in filled.personal:
        answer = read_canonical(bodies[item.content.id], item.answer, limit=PERSONAL_LIMIT)
        if person_in(answer) != item.person or item.answer in personal:
            raise Unreadable(AnswerFault(item.answer, "parts-differ"))
        personal[item.answer] = answer
    answers = None
    # Nothing that is for others has no text, so that nobody tells by an empty one.
    if bool(for_applicant) is (filled.told is not None) and bool(public) is (filled.public is not None):
        parts = Parts(spell_entry(form, filled.entry), shared, personal, for_applicant, public)
        answers = join_answers(form, parts)
    if answers is None:
        raise Unreadable(AnswerFault("(form)", "parts-differ"))
    return answers


def _read_part(ref: Ref | None, bodies: Mapping[str, bytes]) -> Answers:
    found = {} if ref is None else read_canonical(bodies[ref.id], limit=LIMIT)
    if not isinstance(found, dict):
        raise Unreadable(AnswerFault("(form)", "parts-differ"))
    return found


def spell_entry(form: Form, entry: Mapping[str, Json]) -> Answers:
    """Return what stands in the entry as the form's fields spell it; the host's region where no field asks for one."""
    spelt = {place: answer for place, answer in entry.items() if place != "region" or place in form.by_entry}
    fund = spelt.get("fund_yuan")
    field = form.by_entry.get("fund_yuan")
    if isinstance(fund, str) and isinstance(field, NumberField) and not field.places and fund.isdecimal():
        spelt["fund_yuan"] = int(fund)
    return spelt


def find_file_faults(
    form: Form, answers: Answers, handed_in: Sequence[object], files: Mapping[str, StoredFileFacts]
) -> tuple[AnswerFault, ...]:
    """Return the faults of files: named once each, of a type that the field takes, and not too large."""
    named = files_in(form, answers)
    refs = [ref for _, _, ref in named]
    found: list[AnswerFault] = []
    if set(refs) != set(handed_in) or len(set(refs)) != len(refs) or len(handed_in) != len(refs):
        found.append(AnswerFault("(form)", "file-unnamed"))
    of_entry = [
        (field.code, field, str(answer["id"]))
        for field in form.by_entry.values()
        if isinstance(field, FileField)
        and isinstance(answer := answers.get(field.code), dict)
        and "id" in answer
    ]
    for path, field, content in (*((path, field, ref.id) for path, field, ref in named), *of_entry):
        stored = files.get(content)
        if stored is None:
            continue
        # What stands behind a semicolon says how the type is written, such as its character set.
        if field.types and stored.media_type.partition(";")[0].strip() not in field.types:
            found.append(AnswerFault(path, "file-type", {"types": ", ".join(field.types)}))
        if stored.size > field.megabytes * MEGABYTE:
            found.append(AnswerFault(path, "file-too-large", {"limit": str(field.megabytes)}))
    return tuple(found)
