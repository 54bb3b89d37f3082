"""Which registrations take two administrators: of staff, and of whoever acts for a recommending unit or once did."""

from selection.decision.command import Command
from selection.decision.facts import PersonFact
from selection.decision.register_views import RegisterFacts
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.commands import STAFF, RegisterAgents, Registered, RegisterPeople
from selection.register.state import RegisterState

ADMINS_FOR_TWO = 2
"""Before so many administrators have had a key, nobody could sign as the second."""


def could_sign(state: RegisterState, found: RegisterFacts) -> tuple[str, ...]:
    """Return the administrators who could sign or once could; where nobody signs, all.

    Whoever never had a key could not; whose key was revoked counts, or else whoever has it revoked would be alone.
    """
    if state.founded is not None and state.founded.local:
        return state.admins
    return tuple(person for person in state.admins if person in found.with_key)


def refuse_otherwise(
    state: RegisterState, item: Registered, before: PersonFact | None, command: Command
) -> None:
    """Raise Refused where a registration takes another act than this one: of staff two sign, of agents for a reason.

    One administrator alone ends what an agent may do, at once; all else takes two, also of whoever was an agent once:
    with another's address the id would be another person's, and a key that they enrol stays when an agent comes back.
    """
    if isinstance(command, RegisterAgents):
        return
    former = before.roles.keys() if before is not None else frozenset[str]()
    if isinstance(command, RegisterPeople) and STAFF & {*item.roles, *former}:
        raise Refused("staff-by-two", person=item.person)
    agent = Role.RECOMMENDER in {*item.roles, *former} or item.person in state.agents
    if agent and not _stops(item, before):
        raise Refused("agent-by-two", person=item.person)


def _stops(item: Registered, before: PersonFact | None) -> bool:
    """Tell whether a registration does nothing but stop who was registered: same roles, units and employer.

    Whose name and address it is no hash tells, as each has a salt of its own; nobody who is stopped enrols a key.
    """
    if before is None or item.active or item.employer != before.employer:
        return False
    return {role.value: set(units) for role, units in item.roles.items()} == {
        role: set(units) for role, units in before.roles.items()
    }
