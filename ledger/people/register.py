"""The register of people: roles and employer's code in the record, the identity apart and erasable."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_bytes
from typing import Any, Literal

from psycopg.rows import DictRow
from pydantic import Field

from ledger.append.installation import ClientTurn, client_turn
from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.errors import CommandReused, PersonErased, UnknownPerson
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.mail_address import MailAddress
from selection.kernel.model import Frozen

TYPE = "person.registered.v1"
QUERIES = load_queries("people")


class Identity(Frozen):
    """Personal data: held in one erasable row, and in the log only as a salted hash."""

    name: str = Field(min_length=1, max_length=200)
    mail: MailAddress
    employer_name: str = Field(default="", max_length=300)


class Registration(Frozen):
    """A person as registered: opaque id, roles with the units they are held for, employer's credit code."""

    person: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    roles: dict[Role, tuple[str, ...]]
    employer: str = ""
    language: Literal["zh", "en"] = "zh"
    active: bool = True


class Registered(Registration):
    """A registration as the log holds it; `identity` is the salted hash of name, mail and employer's name."""

    identity: str


class NewPerson(Registration):
    """A registration with the identity that goes with it."""

    identity: Identity


def identity_hash(salt: bytes, identity: Identity) -> str:
    """Return SHA-256(salt, canonical identity), hex: all that the log ever holds of it."""
    return sha256(salt + canonical_bytes(identity)).hexdigest()


class People:
    """Registers people and answers who they are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def register(self, person: NewPerson, actor: Actor, command_id: str) -> Receipt:
        """Register one person, or register them anew; the latest registration is in force."""
        return (await self.import_people([person], actor, command_id))[0]

    async def import_people(
        self, people: Sequence[NewPerson], actor: Actor, command_id: str
    ) -> list[Receipt]:
        """Register people, all or none.

        Repeated under its command id it returns the stored receipts. Raises CommandReused when the id stands
        for other people, or for other facts about them, PersonErased for one who was erased.
        """
        async with client_turn(self._store, command_id) as turn:
            if turn.earlier:
                await _check_same(turn, people)
                return [receipt for receipt, _ in turn.earlier]
            facts = [await _save(turn, person) for person in people]
            return await turn.append(TYPE, actor, facts)

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

    async def facts(self, people: Sequence[str]) -> dict[str, PersonFact]:
        """Return what decisions may know of these people; unknown ones are left out."""
        rows = await self._store.rows(QUERIES["read_people"], {"people": sorted(set(people))})
        keys = ("person", "roles", "employer", "active")
        return {row["person"]: PersonFact(**{key: row[key] for key in keys}) for row in rows}

    async def list_erased(self) -> frozenset[str]:
        """Return everyone who was erased."""
        return frozenset(row["person"] for row in await self._store.rows(QUERIES["find_erased"]))


async def _save(turn: ClientTurn, person: NewPerson) -> dict[str, Any]:
    gone = await turn.connection.execute(QUERIES["is_erased"], {"person": person.person})
    if await gone.fetchone() is not None:
        raise PersonErased(f"{person.person[:64]!r} was erased; register this person under a new id")
    salt = token_bytes(16)
    digest = identity_hash(salt, person.identity)
    kept = {"person": person.person, "sha256": digest, "salt": salt, **person.identity.model_dump()}
    await turn.connection.execute(QUERIES["keep_identity"], kept)
    told = Registered(**person.model_dump(exclude={"identity"}), identity=digest)
    return told.model_dump(mode="json")


async def _check_same(turn: ClientTurn, people: Sequence[NewPerson]) -> None:
    leaves = [leaf for _, leaf in turn.earlier]
    same = len(leaves) == len(people)
    for leaf, person in zip(leaves, people, strict=False):
        same = same and await _says_same(turn, leaf, person)
    if not same:
        raise CommandReused(f"command {turn.command_id[:100]!r} registered other facts")


async def _says_same(turn: ClientTurn, leaf: Leaf, person: NewPerson) -> bool:
    said = person.model_dump(mode="json", exclude={"identity"})
    if leaf.type != TYPE or said != {k: leaf.data.get(k) for k in said}:
        return False
    asked = {"person": person.person, "sha256": leaf.data["identity"], **person.identity.model_dump()}
    row = await (await turn.connection.execute(QUERIES["is_identity"], asked)).fetchone()
    assert row is not None
    return bool(row["same"])


def _registration(row: DictRow) -> Registration:
    return Registration(**{name: row[name] for name in Registration.model_fields})
