"""The roles in which somebody may act on a stream, by what they are to it and how they are registered."""

from reading.access.subject import Subject
from selection.kernel.actor import Role
from selection.visibility.viewer import Standing

ROLE_OF = {
    Standing.APPLICANT: Role.APPLICANT,
    Standing.CO_BUILDER: Role.APPLICANT,
    Standing.RECOMMENDER: Role.RECOMMENDER,
    Standing.INVITED: Role.EXPERT,
    Standing.REVIEWER: Role.EXPERT,
    Standing.CHAIR: Role.CHAIR,
    Standing.SURVEYOR: Role.SURVEYOR,
    Standing.EXAMINER: Role.EXAMINER,
    Standing.APPROVER: Role.APPROVER,
    Standing.ADMIN: Role.ADMIN,
    Standing.OFFICER: Role.OFFICER,
    Standing.SUPERVISOR: Role.SUPERVISOR,
    Standing.AUDITOR: Role.AUDITOR,
}
"""The role in which somebody acts, by what they are to a stream."""
WHOEVER = (Role.OBJECTOR, Role.RECOMMENDER)
"""Roles that the register gives, whatever somebody is to an application."""


def roles_of(subject: Subject, standings: frozenset[Standing]) -> frozenset[Role]:
    """Return the roles in which somebody may act, being this to a stream."""
    roles = {ROLE_OF[standing] for standing in standings if standing in ROLE_OF}
    return frozenset(roles | {role for role in WHOEVER if subject.holds(role)})
