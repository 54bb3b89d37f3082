"""A draft that was typed into an earlier version of its form, under the names of the one in force."""

from typing import Any, NamedTuple

from portal.forms.attaching import files_in, move_files, name_files
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
    visit: Visit, round_id: str, name: FormName, draft: Draft, form: RoundForm
) -> tuple[Typed, tuple[DroppedAnswer, ...]]:
    """Return what was typed under the names of the form in force, and what has no place in it any more."""
    if draft.form in ("", form.form.version):
        return draft.typed, ()
    try:
        old = await visit.reads.forms.get_form(visit.subject, round_id, name, draft.form)
    except Hidden:
        return draft.typed, ()
    parts: dict[str, Any] = {}
    for field, values in name_files(old.form, draft.typed).items():
        if field.startswith(ANSWER):
            code, dot, rest = field.removeprefix(ANSWER).partition(".")
            parts.setdefault(code, {})[dot + rest] = list(values)
    filled = FilledForm(round_form=old, answers=parts)
    moved = await visit.reads.forms.move_answers(visit.subject, round_id, name, filled, form.form.version)
    typed = {field: values for field, values in draft.typed.items() if not field.startswith(ANSWER)}
    answers: dict[str, Any] = moved.answers
    for code, each in answers.items():
        typed |= {f"{ANSWER}{code}{rest}": tuple(values) for rest, values in each.items()}
    files = files_in(draft.typed)
    return move_files(draft.typed, typed), tuple(
        _drop(old, code, each, files) for code, each in moved.dropped.items()
    )


def _drop(old: RoundForm, code: str, each: Any, files: dict[str, KeptFile]) -> DroppedAnswer:
    field = old.form.by_code.get(code)
    written = [value for values in each.values() for value in values]
    text = "\n".join(files[value].name if value in files else value for value in written)
    return DroppedAnswer(field.en if field else code, field.zh if field else code, text)
