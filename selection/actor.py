"""Who acts, in which role, by what authority."""

from enum import StrEnum

from selection.model import Frozen, Ref


class Role(StrEnum):
    """The roles of process.md, "Who acts"; `system` is the engine carrying out a recorded decision."""

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

    person: str
    role: Role
    authority: str = "cli"
    reason: Ref | None = None


SYSTEM = Actor(person="system", role=Role.SYSTEM, authority="engine")
