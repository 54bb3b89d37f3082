"""What changed between two versions of an application, field by field, as far as both show."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from reading.access.subject import Subject
from reading.models import FilledForm, RoundForm
from reading.service import ReadService
from selection.forms.changing.differences import Difference, diff_answers
from selection.streams import log_of
from starter.people.filled_file import label_of


@dataclass(frozen=True)
class Versions:
    """Two versions of an application, the earlier one under the names of the later one's form.

    `dropped` is what the earlier one answered to fields that the later form no longer has, under its own form.
    """

    before: FilledForm
    after: FilledForm
    dropped: FilledForm


class ChangedAnswer(NamedTuple):
    """A field that differs: its place, what it is called in English and Chinese, and both answers."""

    path: str
    en: str
    zh: str
    old: Any
    new: Any


async def read_versions(
    reads: ReadService, subject: Subject, stream: str, old: int | None = None, new: int | None = None
) -> Versions:
    """Return two versions, by default the current one and the one before it.

    Raises Hidden for a version that there is not or that does not show.
    """
    after = await reads.forms.get_answers(subject, stream, new)
    before = await reads.forms.get_answers(subject, stream, after.revision - 1 if old is None else old)
    now = after.round_form
    moved = await reads.forms.move_answers(subject, log_of(stream), "application", before, now.form.version)
    return Versions(
        before.with_(round_form=now, answers=moved.answers), after, before.with_(answers=moved.dropped)
    )


def list_changed(versions: Versions) -> tuple[ChangedAnswer, ...]:
    """Return what changed between two versions, each place of an answer by itself."""
    now, answers = versions.after.round_form, versions.after.answers
    found = [(now, item) for item in diff_answers(now.form, versions.before.answers, answers)]
    gone = versions.dropped
    found += [(gone.round_form, Difference(code, answer, None)) for code, answer in gone.answers.items()]
    return tuple(_describe(form, item) for form, item in found)


def _describe(form: RoundForm, item: Difference) -> ChangedAnswer:
    english, chinese = label_of(form, item.path, "en"), label_of(form, item.path, "zh")
    return ChangedAnswer(item.path, english, chinese, _flat(item.old), _flat(item.new))


def _flat(answer: Any) -> Any:
    """Return an answer as one cell: a row or a unit as its values."""
    if isinstance(answer, dict):
        return "; ".join(f"{name}: {value}" for name, value in answer.items())
    return answer
