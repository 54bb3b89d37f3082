"""The roles in which somebody may act on a stream, by what they are to it and how they are registered."""

from portal.visit import Visit
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.kernel.actor import Role
from selection.streams import log_of
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
    held = {ROLE_OF[standing] for standing in standings if standing in ROLE_OF}
    return frozenset(held | {role for role in WHOEVER if subject.holds(role)})


async def find_roles(visit: Visit, stream: str) -> frozenset[Role]:
    """Return the roles in which the visitor may act on a stream, whatever its stage; none where it is hidden."""
    who = visit.subject
    match stream.partition("/")[0]:
        case "application":
            return roles_of(who, await visit.reads.applications.get_standings(who, stream))
        case "round":
            try:
                return roles_of(who, await visit.reads.rounds.get_standings(who, log_of(stream)))
            except Hidden:
                return frozenset()
        case "recommender":
            own = stream.rpartition("/")[2] in who.get_units(Role.RECOMMENDER)
            return frozenset({Role.RECOMMENDER}) if own else frozenset()
    return frozenset(role for role in Role if who.holds(role))
