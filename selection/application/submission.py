"""What an applicant hands in: one version of an application, its texts and files by reference."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from selection.forms.fields import ENTRIES
from selection.forms.handed_in import SentForm
from selection.forms.parts import PersonalAnswer
from selection.kernel.leaf import Instant
from selection.kernel.model import CLOSED, Compact, Counted, Frozen, JsonObject, Ref
from selection.kernel.numbers import plain
from selection.kernel.references import TextRef
from selection.kernel.unit_codes import canonical_code

Code = Annotated[str, Field(max_length=100)]
Name = Annotated[str, Field(max_length=200)]
Yuan = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2), AfterValidator(plain)]


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Unit(Compact):
    """A host unit or co-builder: code (`scheme:code`, docs/format.md), kind of unit, province (ISO 3166-2), names."""

    code: Code
    kind: Code
    region: Code
    name_en: Name = ""
    name_zh: Name = ""


class AskedToConfirm(Frozen):
    """Who is asked to confirm co-building, by co-builder, and until when; for some nobody is registered who could."""

    until: Instant
    remind: tuple[Instant, ...] = ()
    people: dict[Code, tuple[str, ...]]


Asked = Annotated[AskedToConfirm | None, Field(exclude_if=lambda asked: asked is None)]
"""Who is asked to confirm, where anybody is."""
TeamUnits = Annotated[dict[Code, Code], Field(exclude_if=lambda team: not team)]
"""Whom of the team a unit of the version employs by the register when it is handed in: by person, that unit."""
Published = Annotated[TextRef | None, Field(exclude_if=lambda ref: ref is None)]
"""The answers of an application that are for everyone, where there are any."""


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Submission(Compact):
    """One version of an application. Source: docs/process-sources.md, stage 2.

    What the rules decide on stands here, and the names that people call the centre by. All else is answered in the
    form of that version: `form` holds the answers as canonical JSON, `public` those that are for everyone from the
    notice on, `personal` those about people, each by itself. `team` are its leader and team as far as they are
    registered, by their ids: whom a declared tie binds to one of them whom a unit of it employs stands aside.
    """

    name_en: Name = ""
    name_zh: Name = ""
    field: Code
    region: Code
    priority: Code
    host: Unit
    co_builders: Annotated[tuple[Unit, ...], Field(max_length=20)] = ()
    form_version: Code
    form: TextRef
    public: Published = None
    personal: Annotated[tuple[PersonalAnswer, ...], Field(max_length=200)] = ()
    evidence: Annotated[tuple[Ref, ...], Field(max_length=100)] = ()
    pledge: Ref
    seals: Ref | None = None
    agreement: Ref | None = None
    avoid: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    team: Annotated[tuple[Code, ...], Field(max_length=50, exclude_if=lambda team: not team)] = ()
    staff: Counted = 0
    fund_yuan: Yuan = Decimal(0)

    @property
    def employers(self) -> frozenset[str]:
        """The codes of host unit and co-builders in their one spelling."""
        return frozenset(canonical_code(unit.code) for unit in (self.host, *self.co_builders))


def contents_of(submission: Submission) -> tuple[Ref, ...]:
    """Return every stored content that the version refers to."""
    optional = tuple(ref for ref in (submission.public, submission.seals, submission.agreement) if ref)
    personal = tuple(item.content for item in submission.personal)
    return (submission.form, *personal, submission.pledge, *submission.evidence, *optional)


def get_form(submission: Submission) -> SentForm:
    """Return the form of a version as it was handed in."""
    return read_form(_SUBMISSION.dump_python(submission, mode="json"))


def read_form(submission: JsonObject) -> SentForm:
    """Return the form of a version that stands in an entry as JSON, as far as that shows it.

    What was not said in the entry is left out of the answers.
    """
    said = {place: _strip_empty(submission.get(place)) for place in ENTRIES}
    fund = submission.get("fund_yuan")
    said["fund_yuan"] = str(plain(Decimal(fund))) if fund and Decimal(fund) else None
    return SentForm(
        version=submission["form_version"],
        entry={place: answer for place, answer in said.items() if answer},
        shared=submission["form"],
        public=submission.get("public"),
        personal=submission.get("personal", ()),
        files=submission.get("evidence", ()),
    )


_SUBMISSION = TypeAdapter(Submission)


def _strip_empty(answer: object) -> object:
    if isinstance(answer, list):
        return [_strip_empty(item) for item in answer]
    if isinstance(answer, dict):
        return {name: text for name, text in answer.items() if text}
    return answer
