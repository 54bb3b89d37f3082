"""A form: sections of fields under a version's name; and the forms that a round's rules may have."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field

from selection.forms.fields import Asked, FieldCode, FormField, Pair, Sparse
from selection.kernel.named import Code, Title

FormName = Literal["application", "opinion", "review", "survey", "appraisal", "objection"]
FORM_NAMES: tuple[FormName, ...] = get_args(FormName)


class Section(Sparse):
    """Fields that belong together, under a heading."""

    code: FieldCode
    en: Title
    zh: Title
    help: Pair | None = None
    fields: Annotated[tuple[FormField, ...], Field(min_length=1, max_length=100)]


class Form(Sparse):
    """What is asked. `version` names it for good: what was filled in under it says so."""

    version: Code
    en: Title
    zh: Title
    help: Pair | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=50)]

    @cached_property
    def by_code(self) -> dict[str, Asked]:
        """Every field by its code, in the order of the form."""
        return {field.code: field for field in self.fields()}

    @cached_property
    def by_entry(self) -> dict[str, Asked]:
        """The fields whose answers stand in the entry, by the place that they fill."""
        return {field.entry: field for field in self.fields() if field.entry is not None}

    @cached_property
    def kept(self) -> tuple[Asked, ...]:
        """The fields whose answers stay in mending."""
        return tuple(field for field in self.fields() if field.kept)

    def fields(self) -> Iterator[Asked]:
        """Yield every field in the order of the form."""
        for section in self.sections:
            yield from section.fields


class Forms(Sparse):
    """The forms of a round, each under its own version. Without one an application and a review are one text."""

    application: Form | None = None
    opinion: Form | None = None
    review: Form | None = None
    survey: Form | None = None
    appraisal: Form | None = None
    objection: Form | None = None

    def list_given(self) -> Iterator[tuple[FormName, Form]]:
        """Yield each form that the rules have, with its name."""
        for name in FORM_NAMES:
            form: Form | None = getattr(self, name)
            if form is not None:
                yield name, form
