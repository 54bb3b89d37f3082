"""Answers on their way into the record: checked, then stored part by part, then handed in by reference."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from selection.application.submission import Submission, Unit
from selection.forms.checking import AnswerChecker
from selection.forms.choices import Choices
from selection.forms.faults import AnswerFault
from selection.forms.form import Form
from selection.forms.handed_in import AnsweredForm
from selection.forms.json_text import LIMIT, Json
from selection.forms.parts import Answers, Parts, PersonalAnswer, files_in, person_in, split_answers
from selection.forms.reading import PERSONAL_LIMIT, StoredFileFacts, find_file_faults
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref

PutText = Callable[[str], Awaitable[Ref]]
"""Stores a text of whoever hands in."""


def list_faults(
    form: Form, choices: Choices, answers: Json, files: Mapping[str, StoredFileFacts]
) -> Sequence[AnswerFault]:
    """Return every fault of answers, as the decision would find them; `files` is what is known of the files."""
    return find_faults(AnswerChecker(form, choices), answers, files)


def find_faults(
    checker: AnswerChecker, answers: Json, files: Mapping[str, StoredFileFacts]
) -> Sequence[AnswerFault]:
    """Return the same of answers to a form that has a checker, as where many are checked."""
    found, form = checker.check(answers), checker.form
    if found or not isinstance(answers, dict):
        return found
    named = [ref for _, _, ref in files_in(form, answers)]
    parts = split_answers(form, answers)
    large = [
        AnswerFault(place, "too-large", {"limit": str(limit)})
        for place, part, limit in (
            ("(form)", parts.shared, LIMIT),
            ("(form)", parts.told, LIMIT),
            ("(form)", parts.public, LIMIT),
            *((place, part, PERSONAL_LIMIT) for place, part in parts.personal.items()),
        )
        if len(canonical_bytes(part)) > limit
    ]
    return [*find_file_faults(form, answers, named, files), *large]


async def store_answers(form: Form, answers: Answers, put_text: PutText) -> Submission:
    """Store the answers that fit a form, personal ones each in a text of its own, and return the version."""
    parts = split_answers(form, answers)
    shared = await put_text(_text(parts.shared))
    personal = await _store_personal(parts, put_text)
    entry: dict[str, Any] = dict(parts.entry)
    host = Unit(**entry["host"])
    entry |= {
        "host": host,
        "region": entry.get("region", host.region),
        # A round without priorities asks for none.
        "priority": entry.get("priority", ""),
        "co_builders": tuple(Unit(**unit) for unit in entry.get("co_builders", ())),
    }
    entry |= {place: Ref(**entry[place]) for place in ("pledge", "seals", "agreement") if place in entry}
    return Submission(
        **entry,
        form_version=form.version,
        form=shared,
        public=await put_text(_text(parts.public)) if parts.public else None,
        personal=personal,
        evidence=tuple(ref for _, _, ref in files_in(form, answers)),
    )


async def store_form(form: Form, answers: Answers, put_text: PutText) -> AnsweredForm:
    """Store the answers that fit the form of an act, apart by whom they are for, and return what the act hands in."""
    parts = split_answers(form, answers)
    return AnsweredForm(
        version=form.version,
        answers=await put_text(_text(parts.shared)),
        told=await put_text(_text(parts.told)) if parts.told else None,
        personal=await _store_personal(parts, put_text),
        files=tuple(ref for _, _, ref in files_in(form, answers)),
    )


async def _store_personal(parts: Parts, put_text: PutText) -> tuple[PersonalAnswer, ...]:
    return tuple(
        [
            PersonalAnswer(answer=place, content=await put_text(_text(answer)), person=person_in(answer))
            for place, answer in parts.personal.items()
        ]
    )


def _text(answers: Json) -> str:
    return canonical_bytes(answers).decode()
