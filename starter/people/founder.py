"""The first administrator, as they register themselves."""

from pydantic import ValidationError

from ledger.people.register import Identity as Identity, NewPerson
from selection.kernel.actor import Role
from selection.register.commands import RegisterPeople
from starter.client.client import SelectionClient


def read_identity(name: str, mail: str) -> Identity | None:
    """Return an identity, None where the address is none."""
    try:
        return Identity(name=name, mail=mail)
    except ValidationError:
        return None


async def store_founder(
    client: SelectionClient, person: str, identity: Identity, language: str, command_id: str
) -> RegisterPeople:
    """Store who the first administrator is, and return the act that registers them."""
    told = {"roles": {Role.ADMIN: ()}, "employer": "", "language": language, "identity": identity}
    new = NewPerson.model_validate({"person": person, **told})
    return RegisterPeople(
        people=tuple(await client.ledger.people.store_identities([new], person, command_id))
    )
