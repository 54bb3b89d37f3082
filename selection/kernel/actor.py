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
    """The person behind an act. The role is a claim until `decide` has checked it against state."""

    person: PersonId
    role: Role
    authority: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")] = "local"
    reason: TextRef | None = None


SYSTEM = Actor(person="system", role=Role.SYSTEM, authority="engine")
