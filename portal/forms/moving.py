"""A draft that was typed into an earlier version of its form, under the names of the one in force."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from portal.forms.attaching import files_in, keep_files, move_files, with_ids
from portal.forms.typed import ANSWER, Draft, KeptFile, Typed
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm
from selection.forms.form import FormName


class DroppedAnswer(NamedTuple):
    """What was typed into a field that the form no longer has, with the label it had."""

    en: str
    zh: str
    text: str


async def move_draft(
    visit: Visit,
    round_id: str,
    name: FormName,
    draft: Draft,
    form: RoundForm,
    files: Mapping[str, KeptFile] | None = None,
) -> tuple[Typed, tuple[DroppedAnswer, ...]]:
    """Return what was typed under the names of the form in force, and what has no place in it any more.

    `files` are those of the draft by their ids, where it does not name them itself.
    """
    if draft.form in ("", form.form.version):
        return draft.typed, ()
    try:
        old = await visit.reads.forms.get_form(visit.subject, round_id, name, draft.form)
    except Hidden:
        return draft.typed, ()
    parts: dict[str, Any] = {}
    for field, values in with_ids(draft.typed).items():
        if field.startswith(ANSWER):
            code, dot, rest = field.removeprefix(ANSWER).partition(".")
            parts.setdefault(code, {})[dot + rest] = list(values)
    filled = FilledForm(round_form=old, answers=parts)
    moved = await visit.reads.forms.move_answers(visit.subject, round_id, name, filled, form.form.version)
    typed = {field: values for field, values in draft.typed.items() if not field.startswith(ANSWER)}
    answers: dict[str, Any] = moved.answers
    for code, each in answers.items():
        typed |= {f"{ANSWER}{code}{rest}": tuple(values) for rest, values in each.items()}
    known = {**files_in(draft.typed), **(files or {})}
    return move_files(draft.typed, typed), tuple(
        _drop(old, code, each, known) for code, each in moved.dropped.items()
    )


async def keep_moved(visit: Visit, round_id: str, name: FormName, kept: Draft, version: str) -> Typed:
    """Return the files of a draft under the names of the form that a page was drawn for, which is of this version."""
    files = keep_files(kept.typed)
    if not files or version in ("", kept.form):
        return files
    try:
        form = await visit.reads.forms.get_form(visit.subject, round_id, name, version)
    except Hidden:
        return files
    return keep_files((await move_draft(visit, round_id, name, kept, form))[0])


def _drop(old: RoundForm, code: str, each: Any, files: Mapping[str, KeptFile]) -> DroppedAnswer:
    field = old.form.by_code.get(code)
    written = [value for values in each.values() for value in values]
    text = "\n".join(files[value].name if value in files else value for value in written)
    return DroppedAnswer(field.en if field else code, field.zh if field else code, text)
