"""What an applicant hands in: one version of an application, its texts and files by reference."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from selection.kernel.model import CLOSED, Compact, Counted, Ref

Code = Annotated[str, Field(max_length=100)]


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Unit(Compact):
    """A host unit or co-builder: credit code, kind of unit, province (ISO 3166-2)."""

    code: Code
    kind: Code
    region: Code


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Submission(Compact):
    """One version of an application; texts and files by reference. Source: docs/process-sources.md, stage 2."""

    field: Code
    region: Code
    priority: Code
    host: Unit
    co_builders: Annotated[tuple[Unit, ...], Field(max_length=20)] = ()
    form: Ref
    evidence: Annotated[tuple[Ref, ...], Field(max_length=100)] = ()
    pledge: Ref
    seals: Ref | None = None
    agreement: Ref | None = None
    avoid: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    staff: Counted = 0
    fund_yuan: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)] = Decimal(0)

    @property
    def employers(self) -> frozenset[str]:
        """The credit codes of host unit and co-builders."""
        return frozenset({self.host.code, *(unit.code for unit in self.co_builders)})


def contents_of(submission: Submission) -> tuple[Ref, ...]:
    """Return every stored content that the version refers to."""
    optional = tuple(ref for ref in (submission.seals, submission.agreement) if ref)
    return (submission.form, submission.pledge, *submission.evidence, *optional)
