"""The register of people: roles and employer's code in the record, the identity apart and erasable.

Who is registered the database derives from the installation's entries. Here identities are stored, which no act holds,
and people are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from secrets import token_bytes

from psycopg.rows import DictRow
from pydantic import Field
from pydantic_core import to_json

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.errors import UnknownPerson
from selection.decision.facts import PersonFact, agents_of
from selection.decision.register_views import AddressFact
from selection.kernel.actor import Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.mail_address import MailAddress
from selection.kernel.model import Frozen
from selection.kernel.unit_codes import canonical_code
from selection.register.commands import Registered, Registration

QUERIES = load_queries("people")
AT_ONCE = 1000
"""Identities that one statement stores."""
SALT = 16
"""Bytes of a salt."""


class Identity(Frozen):
    """Personal data: stored in one erasable row, and in the log only as a salted hash."""

    name: str = Field(min_length=1, max_length=200)
    mail: MailAddress
    employer_name: str = Field(default="", max_length=300)


class NewPerson(Registration):
    """A registration with the identity that goes with it."""

    identity: Identity


def identity_hash(salt: bytes, identity: Identity) -> str:
    """Return SHA-256(salt, canonical identity), hex: all that the log ever holds of it."""
    return sha256(salt + canonical_bytes(identity)).hexdigest()


def address_hash(salt: bytes, mail: str) -> str:
    """Return SHA-256(salt, address), hex, as the database does of an address with which a person is not registered."""
    return sha256(salt + mail.encode()).hexdigest()


class People:
    """Stores identities and answers who is registered."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def store_identities(
        self, people: Sequence[NewPerson], actor: str, command_id: str
    ) -> list[Registered]:
        """Store the identities of people who are about to be registered; return what the act is to say of each.

        Stored again for the same command of the same actor, the same identity has the same hash. Nobody is registered
        by it: what no act names within a week is deleted. Raises PersonErased for one who was erased.
        """
        hashes: dict[str, dict[str, str]] = {}
        for start in range(0, len(people), AT_ONCE):
            made = [_salt_identity(person, token_bytes(SALT)) for person in people[start : start + AT_ONCE]]
            hashes |= await self._put(made, f"{actor}/{command_id}")
        return [
            Registered(**person.model_dump(exclude={"identity"}), **hashes[person.person])
            for person in people
        ]

    async def store_signed(self, person: NewPerson, salt: bytes, command_id: str) -> None:
        """Store the identity of somebody who signed already that they register themselves, salted as they signed it.

        Nothing of who gave up before that is ever kept. Raises PersonErased for one who was erased.
        """
        await self._put([_salt_identity(person, salt)], f"{person.person}/{command_id}")

    async def _put(self, made: Sequence[Mapping[str, str]], command: str) -> dict[str, dict[str, str]]:
        """Store salted identities for a command, and return the hashes under which each stands."""
        asked = {"command": command, "people": to_json(made).decode()}
        rows = await self._store.rows(QUERIES["store_identities"], asked)
        return {row["person"]: {"identity": row["sha256"], "address": row["address"]} for row in rows}

    async def find_stored(self, hashes: Mapping[str, str], addresses: Mapping[str, str]) -> tuple[str, ...]:
        """Return those of these people of whom an identity of this hash, with the address of this hash, is stored."""
        asked = {"people": to_json(hashes).decode(), "addresses": to_json(addresses).decode()}
        return tuple(row["person"] for row in await self._store.rows(QUERIES["read_stored"], asked))

    async def list_awaiting(self, hashes: Mapping[str, str]) -> dict[str, str]:
        """Return the names of those of these people whose identity of this hash is registered by no act yet."""
        asked = {"people": to_json(hashes).decode()}
        return {row["person"]: row["name"] for row in await self._store.rows(QUERIES["read_awaiting"], asked)}

    async def get(self, person: str) -> Registration:
        """Return the registration in force; raises UnknownPerson."""
        rows = await self._store.rows(QUERIES["read_people"], {"people": [person]})
        if not rows:
            raise UnknownPerson(f"nobody is registered as {person[:64]!r}")
        return _registration(rows[0])

    async def find(self, role: Role | None = None) -> list[Registration]:
        """Return everyone who holds a role, or everyone, by id."""
        rows = await self._store.rows(QUERIES["find_people"], {"role": None if role is None else role.value})
        return [_registration(row) for row in rows]

    async def identity(self, person: str) -> Identity | None:
        """Return name, mail and employer's name, or None when erased or never registered."""
        row = await self._store.row(QUERIES["read_identity"], {"person": person})
        # As it was stored, also what could not be registered today: who sends to it looks at it again.
        return None if row is None else Identity.model_construct(**row)

    async def former_identity(self, person: str, identity: str) -> Identity | None:
        """Return an identity that is or was in force, by its hash; None when it was erased."""
        row = await self._store.row(QUERIES["read_former"], {"person": person, "identity": identity})
        return None if row is None else Identity.model_construct(**row)

    async def read_addresses(self, people: Sequence[str]) -> dict[str, AddressFact]:
        """Return by whose hands people are registered with the address that they have now, and since when."""
        rows = await self._store.rows(QUERIES["read_addresses"], {"people": list(people)})
        named = AddressFact.model_fields
        return {row["person"]: AddressFact(**{name: row[name] for name in named}) for row in rows}

    async def list_names(self, people: Sequence[str]) -> dict[str, str]:
        """Return what those of these people are called who are registered and may act."""
        rows = await self._store.rows(QUERIES["read_names"], {"people": sorted(set(people))})
        return {row["person"]: row["name"] for row in rows}

    async def call(self, people: Iterable[str]) -> dict[str, str]:
        """Return what those of these people are called who were not erased."""
        rows = await self._store.rows(QUERIES["read_called"], {"people": sorted(set(people))})
        return {row["person"]: row["name"] for row in rows}

    async def facts(self, people: Sequence[str]) -> dict[str, PersonFact]:
        """Return what decisions may know of these people; unknown ones are left out."""
        rows = await self._store.rows(QUERIES["read_people"], {"people": sorted(set(people))})
        keys = ("person", "roles", "employer", "active")
        return {row["person"]: PersonFact(**{key: row[key] for key in keys}) for row in rows}

    async def agents(self, employers: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return by employer those who may act for it as applicants."""
        spelt = sorted({canonical_code(code) for code in employers})
        rows = await self._store.rows(QUERIES["read_employed"], {"employers": spelt})
        return agents_of(employers, (PersonFact(**row) for row in rows))

    async def list_registrars(self, people: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return by person everybody through whose hands they came into the register, in order.

        That is who ever signed a registration of them, or of one who did. Of who has none nothing is told.
        """
        rows = await self._store.rows(QUERIES["read_registrars"], {"people": sorted(set(people))})
        return {row["person"]: tuple(row["registrars"]) for row in rows}

    async def list_erased(self) -> frozenset[str]:
        """Return everyone who was erased."""
        return frozenset(row["person"] for row in await self._store.rows(QUERIES["find_erased"]))


def _salt_identity(person: NewPerson, salt: bytes) -> dict[str, str]:
    kept = {"person": person.person, "sha256": identity_hash(salt, person.identity), "salt": salt.hex()}
    return {**kept, **person.identity.model_dump()}


def _registration(row: DictRow) -> Registration:
    return Registration(**{name: row[name] for name in Registration.model_fields if name != "ties"})
