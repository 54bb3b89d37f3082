"""Register people, as many as there are: identities first, which no message holds, then acts that name their hashes."""

from collections.abc import Sequence

from ledger.people.register import NewPerson
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.register.commands import split_registrations
from selection.register.state import INSTALLATION
from starter.client.client import SelectionClient


async def register_people(
    client: SelectionClient, people: Sequence[NewPerson], *, actor: Actor, command_id: str
) -> Receipt:
    """Register people, and return the receipt of the last.

    Each message registers up to a hundred, all or none; the second one has the command id with `.2` behind it.
    Administrators come last: once there are two of them, one alone registers no staff.
    Repeated under its command id it goes on where it was interrupted. Raises PersonErased, and what an act raises.
    """
    known = await client.ledger.people.store_identities(people, actor.person, command_id)
    receipt: Receipt | None = None
    in_order = sorted(known, key=lambda item: Role.ADMIN in item.roles)
    for number, command in enumerate(split_registrations(in_order), start=1):
        own_id = command_id if number == 1 else f"{command_id}.{number}"
        receipt = await client.act(INSTALLATION, command, actor=actor, command_id=own_id)
    assert receipt is not None
    return receipt
