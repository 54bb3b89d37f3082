"""Whether answers to an old version would fit the one in force, once they are moved there along the map. Pure."""

from collections.abc import Mapping

from selection.forms.changing.amendment import RoundForms
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.fields import is_published
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.parts import files_in
from selection.forms.reading import StoredFileFacts, find_file_faults, read_answers


def find_moved_faults(
    checker: AnswerChecker,
    forms: RoundForms,
    filled: SentForm,
    bodies: Mapping[str, bytes],
    stored: Mapping[str, StoredFileFacts],
) -> tuple[AnswerFault, ...]:
    """Return every fault that answers to an old version have under the form of the checker.

    An answer that is among no bodies was erased, and its place counts as answered.
    """
    if filled.shared is None or filled.shared.id not in bodies:
        # Nothing of it can be laid out, so that nobody can be told what does not fit.
        return ()
    old, new = forms.find_version(filled.name, filled.version), checker.form
    assert old is not None
    present, places = leave_erased_out(old, filled, bodies)
    gone = {code_of(place) for place in places}
    try:
        answers = read_answers(old, present, bodies)
    except Unreadable as found:
        return (found.fault,)
    moved = forms.move(filled.name, answers, old.version, new.version)
    absent = forms.move(filled.name, dict.fromkeys(gone), old.version, new.version)
    if moved is None or absent is None:
        return (AnswerFault("(form)", "other-version", {"version": new.version}),)
    named = tuple(ref for _, _, ref in files_in(new, moved))
    faults = (*checker.check(moved), *find_file_faults(new, moved, named, stored))
    return tuple(fault for fault in faults if code_of(fault.path) not in absent)


def leave_erased_out(
    form: Form, filled: SentForm, bodies: Mapping[str, bytes]
) -> tuple[SentForm, frozenset[str]]:
    """Return what is still held, and the places of what is not: a row of a table, or a whole field by its code."""
    personal = tuple(item for item in filled.personal if item.content.id in bodies)
    public = filled.public if filled.public is not None and filled.public.id in bodies else None
    gone = {item.answer for item in filled.personal} - {item.answer for item in personal}
    if public != filled.public:
        gone |= {field.code for field in form.fields() if is_published(field)}
    return filled.with_(personal=personal, public=public), frozenset(gone)


def code_of(place: str) -> str:
    """Return the code of the field that a place is within."""
    return place.partition(".")[0].partition("[")[0]
