"""The first administrator, as they register themselves: who they are is stored once they signed it, not before."""

from secrets import token_bytes
from typing import Annotated

from pydantic import Field, ValidationError

from ledger.people.register import SALT, Identity as Identity, NewPerson, address_hash, identity_hash
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.register.commands import Registered, RegisterPeople
from starter.client.client import SelectionClient


class Founder(Frozen):
    """The first administrator, and the salt under which they sign who they are."""

    person: NewPerson
    salt: Annotated[str, Field(pattern=f"^[0-9a-f]{{{2 * SALT}}}$")]

    @classmethod
    def new(cls, person: str, identity: Identity, language: str) -> "Founder":
        """Return one with a salt of their own."""
        fields = {"roles": {Role.ADMIN: ()}, "employer": "", "language": language, "identity": identity}
        new = NewPerson.model_validate({"person": person, **fields})
        return cls(person=new, salt=token_bytes(SALT).hex())

    @property
    def act(self) -> RegisterPeople:
        """The act that registers them, which holds a hash of who they are."""
        salt, identity = bytes.fromhex(self.salt), self.person.identity
        hashes = {"identity": identity_hash(salt, identity), "address": address_hash(salt, identity.mail)}
        fields = self.person.model_dump(exclude={"identity"})
        return RegisterPeople(people=(Registered(**fields, **hashes),))

    async def store(self, client: SelectionClient, command_id: str) -> None:
        """Store who they are for their act, unless it is stored."""
        people = client.ledger.people
        (registered,) = self.act.people
        person, address = registered.person, registered.address
        if not await people.find_stored({person: registered.identity}, {person: address}):
            await people.store_signed(self.person, bytes.fromhex(self.salt), command_id)


def read_identity(name: str, mail: str) -> Identity | None:
    """Return an identity, None where the address is none."""
    try:
        return Identity(name=name, mail=mail)
    except ValidationError:
        return None
