"""Whether answers to an old version would fit the one in force, once they are moved there along the map. Pure."""

from collections.abc import Mapping

from selection.forms.changing.amendment import RoundForms
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault, Unreadable
from selection.forms.filled import Stored, find_file_faults, read_answers
from selection.forms.handed_in import Filled
from selection.forms.parts import files_in


def find_moved_faults(
    checker: AnswerChecker,
    forms: RoundForms,
    filled: Filled,
    bodies: Mapping[str, bytes],
    stored: Mapping[str, Stored],
) -> tuple[AnswerFault, ...]:
    """Return every fault that answers to an old version have under the form of the checker.

    A personal answer that is among no bodies was erased, and its place counts as answered.
    """
    if filled.shared is None or filled.shared.id not in bodies:
        # Nothing of it can be laid out, so that nobody can be told what does not fit.
        return ()
    old = forms.find_version(filled.name, filled.version)
    held = filled.with_(personal=tuple(item for item in filled.personal if item.content.id in bodies))
    gone = {item.answer.partition("[")[0] for item in filled.personal} - {
        item.answer.partition("[")[0] for item in held.personal
    }
    try:
        answers = None if old is None else read_answers(old, held, bodies)
    except Unreadable as found:
        return (found.fault,)
    assert old is not None
    assert answers is not None
    new = checker.form
    moved = forms.move(filled.name, answers, old.version, new.version)
    absent = forms.move(filled.name, dict.fromkeys(gone), old.version, new.version)
    if moved is None or absent is None:
        return (AnswerFault("(form)", "other-version", {"version": new.version}),)
    named = tuple(ref for _, _, ref in files_in(new, moved))
    faults = (*checker.check(moved), *find_file_faults(new, moved, named, stored))
    return tuple(fault for fault in faults if fault.path.partition(".")[0].partition("[")[0] not in absent)
