"""Whether an application is complete: its faults, the state of each section, its answers as they would be handed in."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from portal.applying.draft import ApplicationDraft, answers_with_files
from portal.applying.filling import Filling
from portal.forms.drawing import has_typed
from portal.forms.faults import code_of
from portal.forms.typed import KeptFile, Typed, answers_in
from portal.visit import Visit
from selection.forms.changing.mending import leave_accepted_out
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.form import Form, Section
from selection.forms.json_text import Json
from selection.forms.raw_answers import read_raw
from selection.forms.reading import StoredFileFacts
from starter.people.handing_in import find_faults
from starter.people.named_units import find_not_registered

State = Literal["not-begun", "begun", "complete", "faulty", "not-needed"]
LATER = frozenset({"missing", "too-few"})
"""Faults that say no more than that something is still to be filled in."""


class CheckedAnswers(NamedTuple):
    """The answers, and every fault."""

    answers: Json
    faults: Sequence[AnswerFault]

    def of_section(self, section: Section) -> list[AnswerFault]:
        """Return the faults of a section."""
        codes = {field.code for field in section.fields}
        return [fault for fault in self.faults if code_of(fault.path) in codes]


async def check(visit: Visit, filling: Filling) -> CheckedAnswers:
    """Check all that was filled in, as it is checked when it is handed in."""
    form, draft = filling.form, filling.draft
    answers = read_raw(
        form.form, answers_in(form.form, draft.typed), lambda _, written: answers_with_files(draft, written)
    )
    stored = {file: StoredFileFacts(kept.media_type, kept.size) for file, kept in draft.files.items()}
    checker = AnswerChecker(form.form, form)
    faults = find_faults(checker, answers, stored)
    if faults and filling.mends and filling.handed_in is not None and isinstance(answers, dict):
        before = filling.handed_in.filled.answers
        faults = leave_accepted_out(form.form, faults, before, answers, checker.check(before))
    beside = await find_not_registered(visit.reads, visit.subject, form.form, answers)
    return CheckedAnswers(answers, [*faults, *beside])


def list_changed(filling: Filling) -> frozenset[str]:
    """Return the fields whose answers differ from those that were handed in, in more than blanks and a file's id."""
    form, draft, before = filling.form.form, filling.draft, filling.handed_in
    now = _say_answers(form, draft.typed, draft.files)
    then = _say_answers(form, before.typed, before.files) if before else {}
    return frozenset(field.code for field in form.fields() if now.get(field.code) != then.get(field.code))


def _say_answers(form: Form, typed: Typed, files: Mapping[str, KeptFile]) -> dict[str, Json]:
    hashes = {file: kept.sha256 for file, kept in files.items()}
    answers = read_raw(form, answers_in(form, typed), lambda _, written: hashes.get(str(written), ""))
    assert isinstance(answers, dict)
    return answers


def state_of(section: Section, draft: ApplicationDraft, checked: CheckedAnswers) -> State:
    """Return how far a section is filled in."""
    faults = checked.of_section(section)
    if not any(has_typed(draft.typed, field) for field in section.fields):
        return "not-begun" if faults else "not-needed"
    if any(fault.code not in LATER for fault in faults):
        return "faulty"
    return "begun" if faults else "complete"
