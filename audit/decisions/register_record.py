"""What the installation's log amounts to at a place, and the facts of a decision there.

Written for the auditor apart from the ledger, whose tables of people, keys and invitations say the same.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from audit.bundle.register import Register
from audit.decisions.from_entries import read_codes, read_contents, read_erasure, read_letters
from audit.decisions.officers import Officers
from selection.decision.aggregate import event_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.register_views import (
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
from selection.register.state import INSTALLATION, RegisterState
from selection.streams import REGISTER


@dataclass
class RegisterRecord:
    """The log up to a place. `register` is read off the whole of it; `officers` are those of the rounds that are known.

    `invited` holds the code that each person was sent last and until when it counts, `misses` how often another one
    was shown since.
    """

    register: Register
    officers: dict[str, Officers]
    size: int = 0
    state: RegisterState = field(default_factory=lambda: REGISTER.initial(INSTALLATION))
    erased: dict[str, int] = field(default_factory=dict)
    invited: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)

    def fold(self, leaf: Leaf) -> None:
        """Take the next entry in. Raises what code for sound entries raises on one that does not fit."""
        self.state = REGISTER.evolve(self.state, leaf)
        self.size += 1
        match event_of(leaf):
            case e.PersonErased(person=person):
                self.erased[person] = leaf.version
            case k.SignerInvited(person=person, known=known, until=until):
                self.invited[person], self.misses[person] = (known, until), 0
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
                return RegisterFacts(erased=erased, stored=tuple(asked.people), with_key=with_key)
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
        known, until = self.invited.get(person, ("", None))
        return SignerFact(keys=keys, known=known, until=until, misses=self.misses[person] if known else 0)
