"""In which of their roles somebody acts on their own keys, or vouches for another's."""

from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from starter.cli.session import Session

VOUCHING = (Role.ADMIN, Role.OFFICER)


async def any_role(session: Session) -> Role:
    """Return a role of the person: what is their own they do in any. Raises Refused unknown-person."""
    fact = (await session.subject()).fact
    return Role(min(fact.roles)) if fact.roles else Role.APPLICANT


async def find_vouching_role(session: Session) -> Role:
    """Return the role in which the person vouches for others. Raises Refused not-entitled."""
    fact = (await session.subject()).fact
    found = next((role for role in VOUCHING if fact.holds(role)), None)
    if found is None:
        raise Refused("not-entitled", roles=", ".join(VOUCHING))
    return found
