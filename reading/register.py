"""The register of people, and what erasing a person would take with it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from ledger.people.keys import KeyRow as KeyRow
from ledger.people.register import Identity
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.decision.relations import Tie
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.process.duties import CLASHES
from selection.refusals.refused import Refused
from selection.register.events import PersonErased
from selection.register.key_decide import VOUCHERS
from selection.register.state import INSTALLATION
from selection.streams import log_of, round_stream
from selection.visibility.known_people import list_known


class RegisteredPerson(Frozen):
    """Somebody who is registered, without name and address."""

    person: str
    roles: dict[Role, tuple[str, ...]]
    employer: str
    language: str
    state: Literal["active", "inactive", "erased"]


class OwnTie(Frozen):
    """A tie of somebody's own that holds: declared by themselves (`own`), or told of by their registration."""

    tie: Tie
    own: bool


class ErasurePlan(Frozen):
    """What goes with a person, the streams in which something still rests on them, and their erasures before.

    `erased` is the sequence and the version of each entry of the installation's log that told of one.
    """

    contents: tuple[str, ...]
    duties: tuple[str, ...]
    erased: tuple[tuple[int, int], ...] = ()


class RegisterReads(Part):
    """What can be read of the register."""

    async def list_people(self, subject: Subject, role: Role | None = None) -> tuple[RegisteredPerson, ...]:
        """Return everyone who holds a role, or everyone, to an administrator. Raises Refused not-entitled."""
        _require_admin(subject)
        people = self._source.ledger.people
        erased = await people.list_erased()
        found = await people.find(role)
        await self._source.note(subject, ReadKind.PEOPLE)
        return tuple(
            RegisteredPerson(
                person=item.person,
                roles=item.roles,
                employer=item.employer,
                language=item.language,
                state="erased" if item.person in erased else "active" if item.active else "inactive",
            )
            for item in found
        )

    async def list_keys(self, subject: Subject, person: str | None = None) -> tuple[KeyRow, ...]:
        """Return one's own keys, or to those who vouch for people another's or everyone's, revoked ones with them.

        Raises Refused not-entitled.
        """
        if person != subject.person:
            if not any(subject.holds(role) for role in VOUCHERS):
                raise Refused("not-entitled", roles=", ".join(sorted(VOUCHERS)))
            await self._source.note(subject, ReadKind.PEOPLE, item=person or "")
        return tuple(await self._source.ledger.keys.list(person))

    async def get_own_identity(self, subject: Subject) -> Identity | None:
        """Return the subject's own name and address, or None when they were erased."""
        return await self._source.ledger.people.identity(subject.person)

    async def list_own_ties(self, subject: Subject) -> tuple[OwnTie, ...]:
        """Return the subject's own ties that hold. What others declared to them is for these to tell."""
        own, registered = await self._source.ledger.relations.read_own_ties(subject.person)
        return (
            *(OwnTie(tie=tie, own=True) for tie in own),
            *(OwnTie(tie=tie, own=False) for tie in registered),
        )

    async def call_people(self, subject: Subject, stream: str, people: Iterable[str]) -> dict[str, str]:
        """Return what those of these people are called whom the subject may know by name in a stream.

        Of the installation that is everyone, for who vouches for people. Who was erased has no name.
        """
        known = await self._list_known(subject, stream)
        asked = {person for person in people if known is None or person in known or person == subject.person}
        found = await self._source.ledger.people.call(asked) if asked else {}
        if not found.keys() <= {subject.person}:
            await self._source.note(subject, ReadKind.PEOPLE, stream)
        return found

    async def list_serving(self, subject: Subject, stream: str, duty: str) -> tuple[str, ...]:
        """Return who has or had a duty in other applications of the round, to its staff: in the most of them first.

        Left out is whom this application keeps from it, by a duty that never meets this one, by a conflict that was
        upheld, or as one behind it; and who is not active. Not all who are left would be taken. To others it is nobody.
        """
        look = await self._source.look(subject, stream)
        if not look.viewer.is_staff:
            return ()
        rows = (await self._source.memory.rows(log_of(stream))).by_stream
        barred: set[str] = set()
        if stream in rows:
            row = rows[stream].row
            barred = {person for other in CLASHES[duty] for person in row.duties.get(other, ())}
            barred |= {*row.conflicted, *row.behind}
        served = Counter(
            person
            for place, known in rows.items()
            if place != stream
            for person in known.row.duties.get(duty, ())
        )
        facts = await self._source.ledger.people.facts(sorted(served.keys() - barred)) if served else {}
        active = [person for person, fact in facts.items() if fact.active]
        if active:
            await self._source.note(subject, ReadKind.PEOPLE, stream)
        return tuple(sorted(active, key=lambda person: (-served[person], person)))

    async def _list_known(self, subject: Subject, stream: str) -> frozenset[str] | None:
        """Return whom the subject may know by name besides themselves; None for everyone."""
        if stream == INSTALLATION:
            return self._list_registered(subject)
        # A list on which nothing happened yet is looked at by its round, and a round that is yet to be opened as the
        # installation is.
        for place in (stream, round_stream(log_of(stream))):
            try:
                look = await self._source.look(subject, place)
            except Hidden:
                continue
            return list_known(look.state, look.viewer)
        return self._list_registered(subject)

    def _list_registered(self, subject: Subject) -> frozenset[str] | None:
        return None if any(subject.holds(role) for role in VOUCHERS) else frozenset()

    async def list_awaiting_names(self, subject: Subject, identities: Mapping[str, str]) -> dict[str, str]:
        """Return what people are called who are about to be registered, by the hash of their identity.

        It is for administrators, who register them, until they are registered. Raises Refused not-entitled.
        """
        _require_admin(subject)
        found = await self._source.ledger.people.list_awaiting(identities)
        await self._source.note(subject, ReadKind.PEOPLE)
        return found

    async def plan_erasure(self, subject: Subject, person: str) -> ErasurePlan:
        """Return what erasing somebody else would take, to an administrator.

        Raises Refused not-entitled, another-admin or unknown-person.
        """
        _require_admin(subject)
        if person == subject.person:
            # The last administrator could not be registered anew.
            raise Refused("another-admin")
        ledger = self._source.ledger
        if person not in await ledger.people.facts([person]):
            raise Refused("unknown-person")
        contents = await ledger.erasure.find_contents(person)
        await self._source.note(subject, ReadKind.ERASURE, item=person)
        if not contents and person in await ledger.people.list_erased():
            return ErasurePlan(contents=(), duties=(), erased=await self._list_erasures(person))
        return ErasurePlan(contents=contents, duties=await ledger.parts.find_duties(person))

    async def _list_erasures(self, person: str) -> tuple[tuple[int, int], ...]:
        return tuple(
            [
                (entry.seq, entry.leaf.version)
                async for entry in self._source.ledger.reading.all_entries(INSTALLATION)
                if entry.leaf.type == PersonErased.TYPE and entry.leaf.data["person"] == person
            ]
        )


def _require_admin(subject: Subject) -> None:
    if not subject.holds(Role.ADMIN):
        raise Refused("not-entitled", roles=Role.ADMIN.value)
