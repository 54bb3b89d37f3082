"""Which registrations take two administrators, of staff and of agents; and that two go on to be there for it."""

from collections.abc import Sequence

from selection.decision.command import Command
from selection.decision.facts import PersonFact
from selection.decision.register_views import AddressFact, RegisterFacts
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.commands import STAFF, RegisterAgents, Registered, RegisterPeople
from selection.register.state import RegisterState

NAMED_AT_MOST = 10
"""So many people a refusal names."""
ADMINS_FOR_TWO = 2
"""Before so many administrators have had a key, nobody could sign as the second."""


def could_sign(state: RegisterState, found: RegisterFacts) -> tuple[str, ...]:
    """Return the administrators who could sign or once could; where nobody signs, all.

    Whoever never had a key could not; whose key was revoked counts, or else whoever has it revoked would be alone.
    """
    if state.founded is not None and state.founded.local:
        return state.admins
    return tuple(person for person in state.admins if person in found.with_key)


def name_admins(state: RegisterState, people: Sequence[Registered]) -> tuple[str, ...]:
    """Return the administrators once these people are registered."""
    named = {item.person for item in people}
    made = (item.person for item in people if item.active and Role.ADMIN in item.roles)
    return (*(person for person in state.admins if person not in named), *made)


def refuse_too_few(state: RegisterState, people: Sequence[Registered], found: RegisterFacts) -> None:
    """Raise Refused where a registration leaves no administrator, or fewer who could sign than two, or than there were.

    Without any, nobody registers anybody for ever; with one alone, what takes two would be that one's again. Who leaves
    does so once a successor has a key.
    """
    after = name_admins(state, people)
    least = min(ADMINS_FOR_TWO, len(could_sign(state, found)))
    any_admin = state.administered or any(Role.ADMIN in item.roles for item in people)
    if (any_admin and not after) or len(could_sign(state.with_(admins=after), found)) < least:
        raise Refused("administrators-too-few", least=str(max(least, 1)))


def refuse_otherwise(
    state: RegisterState,
    item: Registered,
    before: PersonFact | None,
    command: Command,
    known: AddressFact | None,
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
    if agent and not _stops(item, before, known):
        raise Refused("agent-by-two", person=item.person)


def _stops(item: Registered, before: PersonFact | None, known: AddressFact | None) -> bool:
    """Tell whether a registration does nothing but stop who was registered: same roles, units, employer and address.

    Of whom an earlier version registered no entry tells the address, and they are stopped all the same.
    """
    if before is None or item.active or item.employer != before.employer:
        return False
    if known is not None and known.address and known.address != item.address:
        return False
    return {role.value: set(units) for role, units in item.roles.items()} == {
        role: set(units) for role, units in before.roles.items()
    }


def refuse_administrators(found: Sequence[str]) -> None:
    """Raise Refused for who serves in a round, and would make, change or stop administrators whom others should.

    These would register for them what they may not: a colleague with another address. One who is given another address
    is as good for that as a new one, and with the others stopped nobody would be left who should.
    """
    if found:
        raise Refused("registrar-makes-registrars", people=", ".join(found[:NAMED_AT_MOST]))


def list_administrators(state: RegisterState, people: Sequence[Registered], but: str) -> list[str]:
    """Return which of these people are administrators, or would be, but for one."""
    return [
        item.person
        for item in people
        if item.person != but and (item.person in state.admins or (item.active and Role.ADMIN in item.roles))
    ]
