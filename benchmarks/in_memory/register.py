"""The installation's log in memory: each act decided by the core, on what the entries before it say."""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol, Self

from selection.decision.aggregate import Event, Frame, event_of
from selection.decision.envelope import Envelope, envelope_of
from selection.decision.facts import ContentFact, Facts, FactsRequest, PersonFact
from selection.decision.machine import Act, Report, Task, answer_from, decide
from selection.decision.register_views import (
    AddressFact,
    CodeFact,
    OwnTies,
    PeopleToRegister,
    RegisterFacts,
    SignerFact,
    UnitFact,
    UnitsToRegister,
)
from selection.decision.relations import (
    Belonging,
    Declared,
    Employment,
    Tie,
    list_belonging,
    list_employments,
    list_ties,
    relate_ties,
)
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.kernel.unit_codes import spell_employer
from selection.register import commands as c, events as e, key_commands as k, key_events as ke
from selection.register.key_decide import VOUCHERS
from selection.register.state import INSTALLATION, RegisterState
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.register.unit_events import UnitRegistered
from selection.signing.key import Founded, Key
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from selection.signing.possession import enrol
from selection.signing.signing_key import SigningKey
from selection.streams import REGISTER

ADMIN = Actor(person="admin-1", role=Role.ADMIN)
SECOND_ADMIN = PersonFact(person="admin-2", roles={"admin": ()})
"""Who signs beside the administrator, where two must."""


class Keys(Protocol):
    """Everybody's private keys."""

    def own(self, person: str) -> SigningKey:
        """Return a person's private key."""

    def sign(self, envelope: Envelope, at: datetime) -> Envelope:
        """Return an act as its person sends it."""


class RegisterInMemory:
    """The log `installation`, founded when it is made. With keys everybody signs; else the installation is local."""

    def __init__(self, founded: Founded, at: datetime, keys: Keys | None = None) -> None:
        self.leaves: list[Leaf] = []
        self.people: dict[str, PersonFact] = {}
        self._units: dict[str, UnitFact] = {}
        self._parents: dict[str, list[tuple[datetime, tuple[str, ...], bool]]] = {}
        self._employers: dict[str, list[tuple[datetime, str, bool]]] = {}
        self._ties: dict[str, list[tuple[datetime, tuple[Tie, ...]]]] = {}
        self._own: dict[str, tuple[Tie, ...]] = {}
        self._declared: Counter[str] = Counter()
        self._entered: dict[str, list[tuple[datetime, tuple[Tie, ...]]]] = {}
        self._registrars: dict[str, set[str]] = {}
        self._unit_registrars: dict[str, set[str]] = {}
        self._keys = keys
        self._state: RegisterState = REGISTER.initial(INSTALLATION)
        self._enrolled: dict[str, tuple[Key, ...]] = {}
        self._codes: dict[str, str] = {}
        self._until: dict[str, datetime | None] = {}
        self._senders: dict[str, str] = {}
        self._known: dict[str, AddressFact] = {}
        name = founded.installation
        self._code = "" if founded.local else code_of(sha256(name.encode()).digest())
        known = fingerprint_code(self._code, name) if self._code else ""
        command = k.FoundInstallation(installation=name, local=founded.local, code=known)
        self._run(Report(command, "founding"), at)

    def copy(self, keys: Keys | None = None) -> Self:
        """Return another register that stands where this one does, in which these keys sign."""
        other = copy(self)
        vars(other).update({name: _copy_part(value) for name, value in vars(self).items()}, _keys=keys)
        return other

    @property
    def founding(self) -> Founded:
        """What the first entry says of the installation."""
        assert self._state.founded is not None
        return self._state.founded

    def keys(self, people: Iterable[str]) -> dict[str, tuple[Key, ...]]:
        """Return the public keys of those of these people who have enrolled one."""
        return {person: self._enrolled[person] for person in people if person in self._enrolled}

    def act(self, command: Frozen, at: datetime, by: Actor = ADMIN) -> None:
        """Take an act of a person, signed where everybody signs, after their keys were enrolled."""
        self.enrol(by.person, at)
        envelope = envelope_of(INSTALLATION, command, by, f"people-{len(self.leaves) + 1}")
        self._run(Act(self._keys.sign(envelope, at) if self._keys else envelope), at)

    def register(
        self, people: Iterable[PersonFact], at: datetime, ties: tuple[Tie, ...] = (), by: Actor = ADMIN
    ) -> None:
        """Have an administrator register people, or register them anew, each with these ties."""
        for command in c.split_registrations(_fill_in(fact, ties) for fact in people):
            self.act(command, at, by)

    def register_staff(self, people: Iterable[PersonFact], at: datetime, by: Actor = ADMIN) -> None:
        """Have an administrator register people of the staff anew, beside another one where everybody signs."""
        self.act(c.RegisterStaff(people=tuple(map(_fill_in, people))), at, by)

    def register_unit(self, code: str, parents: tuple[str, ...], at: datetime) -> None:
        """Register a unit, or register it anew."""
        before = self._units[code].version if code in self._units else 0
        entry = UnitEntry(code=code, name_zh=code, parents=parents, replaces=before)
        self.act(RegisterUnits(units=(entry,)), at)

    def find_belonging(self, unit: str) -> Belonging:
        """Return what a unit belongs to, and belonged to."""
        return list_belonging(self._parents.get(unit, ()))

    def list_unit_registrars(self, unit: str) -> tuple[str, ...]:
        """Return everybody who ever signed a registration of a unit, or of one who did."""
        return tuple(sorted(self._follow(self._unit_registrars.get(unit, ()))))

    def erase(self, person: str, at: datetime) -> None:
        """Erase a person who has duties, and is stopped before."""
        if self._keys is not None and SECOND_ADMIN.person not in self.people:
            self.register([SECOND_ADMIN], at)
            self.enrol(SECOND_ADMIN.person, at)
        if self.people[person].active:
            self.register([self.people[person].with_(active=False)], at)
        self.act(c.ErasePerson(person=person, force=True), at)

    def enrol(self, person: str, at: datetime) -> None:
        """Enrol a person's first key, if they have none: by the code of the founding, or of their invitation."""
        if self._keys is None or person in self._enrolled:
            return
        name, first = self.founding.installation, not self._state.first
        if not first:
            self.act(k.InviteSigner(people=(person,)), at)
        enrolment = enrol(self._keys.own(person), person, name)
        code, whose = (self._code, "") if first else (self._codes[person], person)
        token = token_of(code, enrolment, name, whose) if code else ""
        command = k.EnrolKey(keys=(enrolment,), token=token)
        confirming = ADMIN if first else self._choose_confirming(person)
        envelope = envelope_of(INSTALLATION, command, confirming, f"people-{len(self.leaves) + 1}")
        self._run(Act(self._keys.sign(envelope, at)), at)

    def _choose_confirming(self, person: str) -> Actor:
        """Return who confirms a key: another than who registered its person and sent the code, if there is one."""
        others = [name for name in self._list_vouchers() if name not in (person, ADMIN.person)]
        if not others:
            return ADMIN
        return Actor(
            person=others[0],
            role=next(role for role in sorted(VOUCHERS) if role in self.people[others[0]].roles),
        )

    def _run(self, task: Task, at: datetime) -> None:
        frame = Frame(recorded=at, register_size=len(self.leaves))
        outcome = answer_from(decide(REGISTER, self._state, task, at, frame), self._answer)
        assert outcome.refused is None, outcome.refused
        self._state = outcome.state
        self.leaves += outcome.leaves
        for leaf in outcome.leaves:
            event = event_of(leaf)
            self._take_in(event, leaf)
            if isinstance(event, e.PersonRegistered):
                self._registrars.setdefault(event.person, set()).update(outcome.leaves[0].people)
                self._note_address(event, leaf.at, outcome.leaves[0].people)
            if isinstance(event, UnitRegistered):
                self._unit_registrars.setdefault(event.code, set()).update(outcome.leaves[0].people)

    def _take_in(self, event: Event, leaf: Leaf) -> None:
        match event:
            case e.PersonRegistered():
                self._employers.setdefault(event.person, []).append(
                    (leaf.at, event.employer, leaf.actor.reason is not None)
                )
                if event.ties or event.person in self._entered:
                    self._entered.setdefault(event.person, []).append((leaf.at, event.ties))
                self._note_ties(event.person, leaf.at)
                self.people[event.person] = PersonFact.model_validate(
                    event.model_dump(include={*PersonFact.model_fields})
                )
            case e.TieDeclared():
                rest = tuple(tie for tie in self._own.get(event.person, ()) if tie != event.tie)
                self._declared[event.person] += event.holds
                self._own[event.person] = (*rest, event.tie) if event.holds else rest
                self._note_ties(event.person, leaf.at)
            case e.PersonErased():
                self.people[event.person] = self.people[event.person].with_(active=False)
            case UnitRegistered():
                self._parents.setdefault(event.code, []).append(
                    (leaf.at, event.parents, leaf.actor.reason is not None)
                )
                self._units[event.code] = UnitFact(
                    code=event.code, parents=event.parents, version=leaf.version
                )
            case ke.SignerInvited():
                self._until[event.person] = event.until
                self._senders[event.person] = leaf.actor.person
            case ke.KeyEnrolled():
                self._enrolled[event.person] = (*self._enrolled.get(event.person, ()), event.key)

    def _note_address(self, event: e.PersonRegistered, at: datetime, hands: tuple[str, ...]) -> None:
        before = self._known.get(event.person)
        if before is not None and event.address and before.address == event.address:
            self._known[event.person] = before.with_(identity=event.identity)
            return
        hashes = {"address": event.address, "identity": event.identity}
        if not event.address:
            # An earlier version's, of which nothing is asked.
            self._known[event.person] = AddressFact(**hashes, since=at)
            return
        self._known[event.person] = AddressFact(
            **hashes, since=at, changed=before is not None, hands=tuple(hands)
        )
        self._codes.pop(event.person, None)

    def _note_ties(self, person: str, at: datetime) -> None:
        entered = self._entered[person][-1][1] if person in self._entered else ()
        ties = (*entered, *self._own.get(person, ()))
        if ties or person in self._ties:
            self._ties.setdefault(person, []).append((at, ties))

    def _answer(self, asked: FactsRequest) -> Facts:
        return Facts(
            people={name: self.people[name] for name in asked.people if name in self.people},
            keys=self.keys(asked.signers),
            founded=self._state.founded,
            contents={
                item.ref.id: ContentFact(
                    sha256=item.ref.sha256, kind=item.kind or "text", stored=self.leaves[0].at
                )
                for item in asked.contents
            },
            registry=self._registry(asked.registry),
        )

    def employments(self, people: Iterable[str]) -> dict[str, tuple[Employment, ...]]:
        """Return which units these people were registered with."""
        return {
            person: list_employments(self._employers[person])
            for person in people
            if person in self._employers
        }

    def registrars(self, people: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return everybody who ever signed a registration of these people, or of one who did."""
        return {
            name: tuple(sorted(self._follow(self._registrars[name])))
            for name in people
            if name in self._registrars
        }

    def _follow(self, people: Iterable[str]) -> set[str]:
        found = set(people)
        waiting = [*found]
        while waiting:
            signed = self._registrars.get(waiting.pop(), set())
            waiting += signed - found
            found |= signed
        return found

    def ties(self, people: Iterable[str]) -> dict[str, tuple[Declared, ...]]:
        """Return what these people declared, and registrations tell of them and of others to them."""
        declared = {person: list_ties(changes) for person, changes in self._ties.items()}
        registered = {person: list_ties(changes) for person, changes in self._entered.items()}
        return relate_ties(declared, registered, people)

    def _registry(self, asked: Any) -> RegisterFacts:
        match asked:
            case PeopleToRegister():
                had = tuple(person for person in asked.admins if person in self._enrolled)
                return RegisterFacts(
                    stored=tuple(asked.people), with_key=had, addresses=self._addresses(asked.people)
                )
            case UnitsToRegister():
                return RegisterFacts(units=self._units)
            case OwnTies():
                ties, often = self._own.get(asked.person, ()), self._declared[asked.person]
                return RegisterFacts(ties=ties, declared=often)
            case None:
                return RegisterFacts()
        people = getattr(asked, "people", ())
        signers = {person: self._signer(person) for person in people}
        codes = {person: self._make_code(person) for person in people} if getattr(asked, "codes", 0) else {}
        return RegisterFacts(
            signers=signers,
            codes=codes,
            duties=("application/elsewhere/0001",),
            addresses=self._addresses(people),
            vouchers=self._list_vouchers(),
        )

    def _addresses(self, people: Iterable[str]) -> dict[str, AddressFact]:
        return {person: self._known[person] for person in people if person in self._known}

    def _list_vouchers(self) -> tuple[str, ...]:
        """Return who may confirm a key, and has one."""
        return tuple(
            name
            for name, fact in self.people.items()
            if name in self._enrolled and any(fact.holds(role) for role in VOUCHERS)
        )

    def _signer(self, person: str) -> SignerFact:
        code = self._codes.get(person, "")
        known = fingerprint_code(code, self.founding.installation, person) if code else ""
        return SignerFact(
            keys=self._enrolled.get(person, ()),
            known=known,
            until=self._until.get(person),
            invited_by=self._senders.get(person, ""),
        )

    def _make_code(self, person: str) -> CodeFact:
        self._codes[person] = code_of(sha256(f"{person} {len(self.leaves)}".encode()).digest())
        ref = Ref(id=f"code-{len(self.leaves)}", sha256=sha256(person.encode()).hexdigest())
        known = fingerprint_code(self._codes[person], self.founding.installation, person)
        return CodeFact(known=known, ref=ref)


def _fill_in(fact: PersonFact, ties: tuple[Tie, ...] = ()) -> c.Registered:
    """Return a registration with the hash of an identity that nobody looks at, and of an address that stays."""
    told = {"identity": "0" * 64, "address": sha256(fact.person.encode()).hexdigest()}
    known = {**fact.model_dump(), "employer": spell_employer(fact.employer), **told}
    return c.Registered.model_validate({**known, "ties": ties})


def _copy_part(value: Any) -> Any:
    """Return a copy of a collection, and of those in it; what else there is never changes."""
    if isinstance(value, dict):
        copied = copy(value)
        copied.update({key: _copy_part(held) for key, held in value.items() if isinstance(held, list | set)})
        return copied
    return copy(value) if isinstance(value, list | set) else value
