"""What a decision asks and is told about answers: the form as it was handed in, and whether it fits the sealed one."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from selection.forms.faults import AnswerFault
from selection.forms.fields import Asked
from selection.forms.form import FormName
from selection.forms.parts import PersonalAnswer
from selection.kernel.model import CLOSED, Compact, Counted, Frozen, JsonObject, Ref
from selection.kernel.named import Named
from selection.kernel.references import FileRef, TextRef

FAULTS_NAMED = 20
"""Faults, or questions, that a refusal names; it counts all faults."""


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class AnsweredForm(Compact):
    """The form of an act as it was filled in: its version, and where the answers are.

    `answers` holds as canonical JSON what is for those who decide, `told` what is for the applicant, `personal` the
    answers about people, each by itself; `files` are those that the answers name.
    """

    version: Annotated[str, Field(max_length=100)]
    answers: TextRef
    told: TextRef | None = None
    personal: Annotated[tuple[PersonalAnswer, ...], Field(max_length=200)] = ()
    files: Annotated[tuple[FileRef, ...], Field(max_length=100)] = ()


def show_form(audience: str) -> dict[str, str]:
    """Return the rows of the visibility table for the form of an act, all parts of which one audience sees."""
    return {f"form.{part}": audience for part in ("version", "answers", "told", "personal", "files")}


class SentForm(Frozen):
    """A form as it was handed in: which, its version, the answers in the entry by their places, where the others are.

    What does not show to whoever reads is left out: `shared` is always handed in. `held_to` is the version that it
    is to fit: the one in force, the one that it names, or the one in force once its answers were moved there.
    """

    name: FormName = "application"
    version: str
    entry: JsonObject = {}
    shared: Ref | None = None
    told: Ref | None = None
    public: Ref | None = None
    personal: tuple[PersonalAnswer, ...] = ()
    files: tuple[Ref, ...] = ()
    held_to: Literal["in-force", "named", "moved"] = "in-force"

    @property
    def contents(self) -> tuple[Ref, ...]:
        """The texts that hold its answers."""
        parts = (self.shared, self.told, self.public, *(item.content for item in self.personal))
        return tuple(ref for ref in parts if ref is not None)


def get_form_of_act(name: FormName, form: AnsweredForm) -> SentForm:
    """Return the form of an act as it was handed in."""
    return SentForm(
        name=name,
        version=form.version,
        shared=form.answers,
        told=form.told,
        personal=form.personal,
        files=form.files,
    )


def read_shown_form(name: FormName, form: Mapping[str, object]) -> SentForm:
    """Return the form of an act as far as a view of its entry shows it."""
    return SentForm(
        name=name,
        version=form.get("version", ""),
        shared=form.get("answers"),
        told=form.get("told"),
        personal=form.get("personal", ()),
        files=form.get("files", ()),
    )


class Questions(Frozen):
    """Questions of a form by what they are called, as a refusal names them."""

    en: str
    zh: str


class Fitting(Frozen):
    """Whether answers fit their form: how many faults there are, and the first of them by place and code.

    `other` is the version in force where they name another. Of a version that is mended, `changed` are the questions
    whose answers stay and are others now; it is looked for once there are no faults.
    """

    other: str = ""
    count: Counted = 0
    told: tuple[str, ...] = ()
    changed: Questions | None = None


def name_questions(fields: Sequence[Asked | Named]) -> Questions | None:
    """Return how a refusal names these questions, the first of many; None of none."""
    named, more = fields[:FAULTS_NAMED], len(fields) > FAULTS_NAMED
    if not named:
        return None
    return Questions(
        en="; ".join((*(item.en for item in named), *(("…",) if more else ()))),
        zh="；".join((*(item.zh for item in named), *(("……",) if more else ()))),
    )


def make_fitting(faults: Sequence[AnswerFault]) -> Fitting:
    """Return what a decision is told of these faults."""
    return Fitting(count=len(faults), told=tuple(fault.for_record for fault in faults[:FAULTS_NAMED]))
