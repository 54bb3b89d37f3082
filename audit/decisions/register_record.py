"""What the installation's log amounts to at a place, and the facts of a decision there.

Written for the auditor apart from the ledger, whose tables of people, keys and invitations say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from audit.bundle.register import Register
from audit.decisions.from_entries import read_codes, read_contents, read_erasure, read_letters
from audit.decisions.officers import Officers
from selection.decision.aggregate import event_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.register_views import (
    AddressFact,
    LettersToSettle,
    OwnTies,
    PeopleToRegister,
    PersonToErase,
    RegisterFacts,
    RegisterView,
    RoundInOffice,
    SignerFact,
    SignersToChange,
    UnitFact,
    UnitsToRegister,
)
from selection.decision.relations import Tie
from selection.kernel.leaf import Leaf
from selection.register import events as e, key_events as k
from selection.register.key_decide import VOUCHERS
from selection.register.state import INSTALLATION, RegisterState
from selection.streams import REGISTER


@dataclass
class RegisterRecord:
    """The log up to a place. `register` is read off the whole of it; `officers` are those of the rounds that are known.

    `invited` holds the code that each person was sent last, until when it counts and who sent it, `misses` how often
    another one was shown since. `vouchers` are all who were ever registered so that they could confirm a key.
    """

    register: Register
    officers: dict[str, Officers]
    size: int = 0
    state: RegisterState = field(default_factory=lambda: REGISTER.initial(INSTALLATION))
    erased: dict[str, int] = field(default_factory=dict)
    invited: dict[str, tuple[str, datetime | None, str]] = field(default_factory=dict)
    vouchers: dict[str, None] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)

    def fold(self, leaf: Leaf) -> None:
        """Take the next entry in. Raises what code for sound entries raises on one that does not fit."""
        self.state = REGISTER.evolve(self.state, leaf)
        self.size += 1
        match event_of(leaf):
            case e.PersonRegistered(person=person, roles=roles):
                if VOUCHERS & roles.keys():
                    self.vouchers[person] = None
                if self.register.addresses.begins(person, self.size - 1):
                    self.invited.pop(person, None)
            case e.PersonErased(person=person):
                self.erased[person] = leaf.version
            case k.SignerInvited(person=person, known=known, until=until):
                self.invited[person], self.misses[person] = (known, until, leaf.actor.person), 0
            case k.CodeMissed(person=person):
                self.misses[person] += 1
            case k.KeyEnrolled(person=person):
                self.invited.pop(person, None)

    def answer(self, asked: FactsRequest, leaves: list[Leaf]) -> Facts:
        """Return what a decision that made these entries next was told."""
        register, size = self.register, self.size
        people = {person: register.person(person, size) for person in asked.people}
        return Facts(
            people={person: fact for person, fact in people.items() if fact is not None},
            keys={person: register.keys.keys(person, size) for person in asked.signers},
            founded=register.keys.get_founding(size),
            contents=read_contents(leaves, asked),
            registry=self._view(asked.registry, leaves) if asked.registry else None,
        )

    def _view(self, asked: RegisterView, leaves: list[Leaf]) -> RegisterFacts:
        match asked:
            case PeopleToRegister():
                erased = {name: at for name, at in self.erased.items() if name in asked.people}
                with_key = self.register.keys.ever_of(asked.admins, self.size)
                return RegisterFacts(
                    erased=erased,
                    stored=tuple(asked.people),
                    with_key=with_key,
                    addresses=self._former_addresses(asked.people, leaves),
                )
            case PersonToErase():
                erased = {name: at for name, at in self.erased.items() if name == asked.person}
                duties, contents = read_erasure(leaves)
                return RegisterFacts(erased=erased, duties=duties, contents=contents)
            case LettersToSettle():
                return RegisterFacts(letters=read_letters(leaves, self.officers))
            case RoundInOffice(round=named):
                # Who the officers of another round are no bundle of this one tells.
                known = self.officers.get(named)
                return RegisterFacts(officers=known.find(leaves[0]) if known else (leaves[0].actor.person,))
            case SignersToChange():
                return RegisterFacts(
                    signers={person: self.signer(person) for person in asked.people},
                    codes=read_codes(leaves) if asked.codes else {},
                    taken=self.register.keys.find_used(asked.keys, self.size),
                    addresses=self._addresses(asked.people) if asked.hands else {},
                    vouchers=self._vouchers() if asked.hands else (),
                )
            case UnitsToRegister():
                return RegisterFacts(units=self._units(asked.units))
            case OwnTies():
                keys = sorted(self.register.own_ties(asked.person, self.size))
                fields = [{"kind": kind, "unit": unit, "other": other} for kind, unit, other in keys]
                ties = tuple(Tie.model_validate(item) for item in fields)
                return RegisterFacts(
                    ties=ties, declared=self.register.count_declared(asked.person, self.size)
                )
            case _:
                assert_never(asked)

    def _units(self, asked: tuple[str, ...]) -> dict[str, UnitFact]:
        """Return units and all above them."""
        found: dict[str, UnitFact] = {}
        above = list(asked)
        for code in above:
            unit = self.register.units.unit(code, self.size)
            if unit is not None and code not in found:
                found[code] = unit
                above += unit.parents
        return found

    def signer(self, person: str) -> SignerFact:
        """Return a person's keys and invitation."""
        keys = self.register.keys.keys(person, self.size)
        known, until, by = self.invited.get(person, ("", None, ""))
        misses = self.misses[person] if known else 0
        return SignerFact(keys=keys, known=known, until=until, misses=misses, invited_by=by)

    def _addresses(self, people: Iterable[str]) -> dict[str, AddressFact]:
        found = {person: self.register.addresses.get(person, self.size) for person in people}
        return {person: fact for person, fact in found.items() if fact is not None}

    def _former_addresses(self, people: Iterable[str], leaves: list[Leaf]) -> dict[str, AddressFact]:
        """Return the addresses before these entries; of one that no entry tells, theirs say whether it is another."""
        addresses = self._addresses(people)
        for leaf in leaves:
            before = addresses.get(str(leaf.data.get("person", "")))
            if before is not None and not before.address and not leaf.data.get("former"):
                address = str(leaf.data.get("address", ""))
                addresses[str(leaf.data["person"])] = before.with_(address=address)
        return addresses

    def _vouchers(self) -> tuple[str, ...]:
        """Return who may send codes and confirm keys, and has a key of their own in force."""
        facts = {person: self.register.person(person, self.size) for person in self.vouchers}
        return tuple(
            person
            for person, fact in facts.items()
            if fact is not None
            and any(fact.holds(role) for role in VOUCHERS)
            and any(key.expires is None for key in self.register.keys.keys(person, self.size))
        )
