"""What changed between two versions of an application, field by field, as far as both show."""

from typing import Any, NamedTuple

from reading.access.subject import Subject
from reading.models import RoundForm
from reading.service import ReadService
from selection.forms.changing.differences import Difference, diff_answers
from selection.streams import log_of
from starter.people.filled_file import label_of


class ChangedAnswer(NamedTuple):
    """A field that differs: its place, what it is called in English and Chinese, and both answers."""

    path: str
    en: str
    zh: str
    old: Any
    new: Any


async def list_changed(
    reads: ReadService, subject: Subject, stream: str, old: int | None = None, new: int | None = None
) -> tuple[int, int, tuple[ChangedAnswer, ...]]:
    """Return two versions and what changed between them: by default the current one and the one before it.

    Raises Hidden for a version that there is not or that does not show.
    """
    after = await reads.forms.get_answers(subject, stream, new)
    before = await reads.forms.get_answers(subject, stream, after.revision - 1 if old is None else old)
    now = after.round_form
    moved = await reads.forms.move_answers(subject, log_of(stream), "application", before, now.form.version)
    found = [(now, item) for item in diff_answers(now.form, moved.answers, after.answers)]
    found += [(before.round_form, Difference(code, answer, None)) for code, answer in moved.dropped.items()]
    return before.revision, after.revision, tuple(_describe(form, item) for form, item in found)


def _describe(form: RoundForm, item: Difference) -> ChangedAnswer:
    english, chinese = label_of(form, item.path, "en"), label_of(form, item.path, "zh")
    return ChangedAnswer(item.path, english, chinese, _flat(item.old), _flat(item.new))


def _flat(answer: Any) -> Any:
    """Return an answer as one cell: a row or a unit as its values."""
    if isinstance(answer, dict):
        return "; ".join(f"{name}: {value}" for name, value in answer.items())
    return answer
