"""Who acts, in which role, by what authority."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from selection.kernel.model import Frozen
from selection.kernel.named import PersonId
from selection.kernel.references import TextRef


class Role(StrEnum):
    """The roles (docs/process-sources.md, "Who acts"); `system` is the engine carrying out a recorded decision."""

    APPLICANT = "applicant"
    RECOMMENDER = "recommender"
    OFFICER = "officer"
    EXPERT = "expert"
    CHAIR = "chair"
    SURVEYOR = "surveyor"
    EXAMINER = "examiner"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    OBJECTOR = "objector"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


class Actor(Frozen):
    """The person behind an act. The role is a claim until `decide` has checked it against state.

    `behalf` is the holder of the post whom the person stands in for: the engine's to say, whatever a sender claims.
    """

    person: PersonId
    role: Role
    authority: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")] = "local"
    reason: TextRef | None = None
    behalf: Annotated[str, Field(max_length=100, exclude_if=lambda holder: not holder)] = ""

    @property
    def principal(self) -> str:
        """Whose post it is done by: the holder's for whom the person stands in, else their own."""
        return self.behalf or self.person

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in whose name it is done, of whom each has to be free to do it."""
        return (self.person, self.behalf) if self.behalf else (self.person,)


SYSTEM = Actor(person="system", role=Role.SYSTEM, authority="engine")
