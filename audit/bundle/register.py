"""Who was registered, and with which keys, at a place of the installation's log, read off that log."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from audit.bundle.addresses import AddressHistory
from audit.bundle.hands import ActRead, Hands
from audit.bundle.keys import KEY_CHANGES, Keyring
from audit.bundle.reader import Bundle
from audit.bundle.unit_history import Past, UnitHistory
from audit.bundle.unit_spelling import spell
from audit.claims import Difference
from selection.decision.facts import PersonFact
from selection.decision.register_views import UnitFact
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.register.key_events import (
    FOUNDED,
    CodeRenewed,
    KeyEnded,
    KeyEnrolled,
    KeyRevoked,
    PortalsNamed,
)
from selection.signing.key import Founded

M = TypeVar("M", bound=Frozen)

TieKey = tuple[str, str, str]
"""A declared tie: its kind, and the unit or the person at its other end."""

LOG = "installation"
REGISTERED = "person.registered.v1"
ERASED = "person.erased.v1"
TIE = "person.tie-declared.v1"
UNIT = "unit.registered.v1"


class Register:
    """Who was registered and who erased, in order. `known` is False when the bundle does not hold the log.

    `size` is how many entries the log has, also of other kinds: a decision says how many of them it had seen. `keys`
    are those that people sign with, `units` how units were registered, `addresses` by whose hands people's were.
    """

    def __init__(self, *, known: bool = True) -> None:
        self.known = known
        self.size = 0
        self.keys = Keyring()
        self._registered: dict[str, list[tuple[int, datetime, PersonFact]]] = {}
        self._ties: dict[str, list[tuple[int, datetime, frozenset[TieKey]]]] = {}
        self._entered: dict[str, list[tuple[int, datetime, frozenset[TieKey]]]] = {}
        self._declaring: dict[str, list[int]] = {}
        self._own: dict[str, list[tuple[int, frozenset[TieKey]]]] = {}
        self.units = UnitHistory()
        self.addresses = AddressHistory()
        self._hands: dict[str, list[Hands]] = {}
        self._reasoned: set[tuple[str, int]] = set()
        self._places: list[int] = []
        self._changes: dict[int, str] = {}
        self._latest: datetime | None = None

    def follow(self, at: datetime) -> datetime:
        """Return when the next entry of the log counts from: its date, or its latest predecessor's if that is later.

        So nothing that is recorded in June has been so since February, whatever it says.
        """
        self.size += 1
        self._latest = at if self._latest is None else max(at, self._latest)
        return self._latest

    def add(self, at: datetime, fact: PersonFact) -> None:
        """Add a registration as the log's next entry; it replaces the person's former one from there on."""
        self._note(self.follow(at), fact)
        self._changes[self.size] = REGISTERED

    def note_hands(self, person: str, *, act: int, people: tuple[str, ...], reason: bool) -> None:
        """Note who did the registration that was added last; `act` is the place of the first entry of its act."""
        latest, _, fact = self._registered[person][-1]
        if reason:
            self._reasoned.add((person, latest))
        self._hands.setdefault(person, []).append(Hands(act, people, reason, fact))

    def hands(self, person: str, size: int) -> tuple[Hands, ...]:
        """Return how a person's registrations in the first `size` entries came about, each in turn."""
        return tuple(hands for hands in self._hands.get(person, ()) if hands.place < size)

    def registrars(self, person: str, size: int) -> tuple[str, ...]:
        """Return who signed a registration of a person in the first `size` entries, or of one who did, in order."""
        return self._climb((by for hands in self.hands(person, size) for by in hands.people), size)

    def unit_registrars(self, code: str, size: int) -> tuple[str, ...]:
        """Return who signed a registration of a unit in the first `size` entries, or of one who did, in order."""
        return self._climb((by for item in self.units.list_until(code, size) for by in item.people), size)

    def _climb(self, people: Iterable[str], size: int) -> tuple[str, ...]:
        found = set(people)
        waiting = [*found]
        while waiting:
            signed = {by for hands in self.hands(waiting.pop(), size) for by in hands.people}
            waiting += signed - found
            found |= signed
        return tuple(sorted(found))

    def declare(self, at: datetime, person: str, ties: Iterable[Mapping[str, str]]) -> None:
        """Note what the registration that was added last says that a person declared."""
        if not ties and person not in self._ties:
            return
        since, keys = self._latest or at, frozenset(map(_key_of, ties))
        self._entered.setdefault(person, []).append((self.size - 1, since, keys))
        self._note_ties(person, since)

    def declare_own(self, at: datetime, version: int, fields: Mapping[str, Any]) -> None:
        """Take in that a person declared a tie themselves, or ended it, as the log's next entry of this `version`."""
        since, person, key = self.follow(at), str(fields["person"]), _key_of(fields["tie"])
        self._places.append(self.size - 1)
        self._changes[version] = TIE
        if fields["holds"]:
            self._declaring.setdefault(person, []).append(self.size - 1)
        own = self.own_ties(person, self.size)
        self._own.setdefault(person, []).append(
            (self.size - 1, own | {key} if fields["holds"] else own - {key})
        )
        self._note_ties(person, since)

    def own_ties(self, person: str, size: int) -> frozenset[TieKey]:
        """Return what a person declared themselves that still holds after `size` entries."""
        found = [keys for place, keys in self._own.get(person, ()) if place < size]
        return found[-1] if found else frozenset()

    def count_declared(self, person: str, size: int) -> int:
        """Return how often a person declared a tie themselves in the first `size` entries; ends do not count."""
        return bisect_left(self._declaring.get(person, ()), size)

    def _note_ties(self, person: str, since: datetime) -> None:
        # What one of both says holds: neither takes back what the other told.
        entered = self._entered[person][-1][2] if person in self._entered else frozenset[TieKey]()
        keys = entered | self.own_ties(person, self.size)
        self._ties.setdefault(person, []).append((self.size - 1, since, keys))

    def ties(self, person: str, size: int) -> tuple[tuple[TieKey, datetime | None], ...]:
        """Return the ties of a person after `size` entries, each with its end if it had one: own ones first.

        One lasts until neither a registration nor their own word tells of it. Of one that a registration of another
        tells to the person, that other is named; what others declared themselves binds these alone.
        """
        mine = _last(self._ties.get(person, ()), size)
        for other in sorted(self._entered):
            theirs = _last(self._entered[other], size) if other != person else ()
            mine += [((kind, unit, other), until) for (kind, unit, named), until in theirs if named == person]
        return tuple(mine)

    def erase(self, at: datetime, person: str) -> None:
        """Note that a person was erased: from then on they hold no role, while what they did before stands."""
        since = self.follow(at)
        if person in self._registered:
            self._note(since, self._registered[person][-1][2].with_(active=False))

    def add_unit(
        self, at: datetime, version: int, fields: Mapping[str, Any], people: Iterable[str], *, reason: bool
    ) -> None:
        """Add a unit's registration by these people as the log's next entry, that of its stream's `version`."""
        since = self.follow(at)
        self._places.append(self.size - 1)
        self._changes[version] = UNIT
        named = ("name_zh", "name_en", "kind", "parents", "active")
        unit = UnitFact(code=fields["code"], version=version, **{name: fields[name] for name in named})
        self.units.add(self.size - 1, since, unit, people, reason=reason)

    def change_keys(self, at: datetime, change: KeyEnrolled | KeyRevoked | KeyEnded) -> None:
        """Enrol or end a person's key as the log's next entry. Raises KeyError or ValueError for what is none."""
        self.follow(at)
        place = self.size - 1
        self._places.append(place)
        match change:
            case KeyEnrolled():
                self.keys.enrol(place, change.person, change.key)
            case KeyRevoked() | KeyEnded():
                self.keys.revoke(place, change.person, change.key)

    def found(self, at: datetime, founded: Founded, code: str) -> None:
        """Found the installation by the log's next entry. Raises ValueError unless it is the first one."""
        self.follow(at)
        self.keys.found(self.size - 1, founded, code)

    def _note(self, since: datetime, fact: PersonFact) -> None:
        self._places.append(self.size - 1)
        self._registered.setdefault(fact.person, []).append((self.size - 1, since, fact))

    def list_people(self) -> tuple[str, ...]:
        """Return everybody whom an entry registered."""
        return tuple(self._registered)

    def person(self, person: str, size: int) -> PersonFact | None:
        """Return the registration in force after the log's first `size` entries, or None."""
        known = self._registered.get(person, ())
        found = bisect_left(known, size, key=lambda item: item[0])
        return known[found - 1][2] if found else None

    def person_at(self, person: str, at: datetime) -> PersonFact | None:
        """Return the registration in force at an instant, or None: for who looks, not for what was decided."""
        found = [fact for _, since, fact in self._registered.get(person, ()) if since <= at]
        return found[-1] if found else None

    def employers(self, person: str, size: int) -> tuple[tuple[str, Past | None], ...]:
        """Return the employers that a person was registered with after `size` entries, each with its end if it had one.

        One lasts until another is registered; whoever is registered anew with the same one goes on being employed.
        """
        employments: list[tuple[str, Past | None]] = []
        starts: dict[str, datetime] = {}
        for place, since, fact in self._registered.get(person, ()):
            if place >= size:
                break
            starts.setdefault(spell(fact.employer), since)
            if employments and employments[-1][0] == fact.employer:
                continue
            if employments:
                last = employments[-1][0]
                employments[-1] = (
                    last,
                    Past(since, starts[spell(last)] if (person, place) in self._reasoned else None),
                )
            employments.append((fact.employer, None))
        return tuple(employments)

    def change(self, version: int) -> str | None:
        """Return of which type the log's entry of this version is, if it registers a person or a unit."""
        return self._changes.get(version)

    def knows(self, person: str) -> bool:
        """Tell whether the person was ever registered."""
        return person in self._registered

    def changes(self, size: int) -> int:
        """Return how many of the first `size` entries changed the register."""
        return bisect_right(self._places, size - 1)

    def everyone(self, size: int) -> Iterator[PersonFact]:
        """Yield the registrations in force after the first `size` entries, also of those no longer active."""
        for person in self._registered:
            if (fact := self.person(person, size)) is not None:
                yield fact


def read_register(bundle: Bundle) -> Register:
    """Return the register. Raises Difference at an entry that is none of the register's though it says so."""
    if LOG not in bundle.manifest.logs:
        return Register(known=False)
    return register_of(bundle.entries(LOG))


def register_of(bodies: Iterable[bytes]) -> Register:
    """Return the register out of the leaves of the installation's log, likewise."""
    register, act = Register(), ActRead()
    for seq, body in enumerate(bodies):
        try:
            leaf = Leaf.model_validate_json(body)
            act.follow(leaf)
            _take_in(register, leaf, act)
        except (ValueError, LookupError, TypeError):
            raise Difference(f"{LOG}#{seq}", "entry-unreadable") from None
    return register


def _take_in(register: Register, leaf: Leaf, act: ActRead) -> None:
    if leaf.type == REGISTERED:
        register.add(leaf.at, _read_data(PersonFact, leaf))
        reason = leaf.actor.reason is not None
        people = (leaf.actor.person, *act.second)
        register.note_hands(leaf.data["person"], act=act.first, people=people, reason=reason)
        register.declare(leaf.at, leaf.data["person"], leaf.data.get("ties", ()))
        register.addresses.add(register.size - 1, leaf, people)
    elif leaf.type == TIE:
        register.declare_own(leaf.at, leaf.version, leaf.data)
    elif leaf.type == ERASED:
        register.erase(leaf.at, leaf.data["person"])
    elif leaf.type in KEY_CHANGES:
        register.change_keys(leaf.at, _read_data(KEY_CHANGES[leaf.type], leaf))
    elif leaf.type == FOUNDED:
        said = {name: leaf.data[name] for name in ("installation", "local")}
        more = {name: leaf.data[name] for name in ("portals", "address_days") if name in leaf.data}
        founded = Founded.model_validate({**said, **more})
        register.found(leaf.at, founded, str(leaf.data["code"]))
    elif leaf.type == CodeRenewed.TYPE:
        register.follow(leaf.at)
        register.keys.renew(str(leaf.data["code"]))
        register.keys.name_portals(register.size - 1, tuple(leaf.data.get("portals", ())))
    elif leaf.type == PortalsNamed.TYPE:
        register.follow(leaf.at)
        register.keys.name_portals(register.size - 1, tuple(leaf.data["portals"]))
    elif leaf.type == UNIT:
        people = (leaf.actor.person, *act.second)
        reason = leaf.actor.reason is not None
        register.add_unit(leaf.at, leaf.version, leaf.data, people, reason=reason)
    else:
        register.follow(leaf.at)


def _last(
    declarations: Iterable[tuple[int, datetime, frozenset[TieKey]]], size: int
) -> list[tuple[TieKey, datetime | None]]:
    """Return the ties told of in the first `size` entries, each with its end if one left it out."""
    found: dict[TieKey, datetime | None] = {}
    for place, since, keys in declarations:
        if place >= size:
            break
        for key in found:
            if key not in keys and found[key] is None:
                found[key] = since
        found.update(dict.fromkeys(keys))
    return sorted(found.items())


def _key_of(tie: Mapping[str, str]) -> TieKey:
    return tie["kind"], spell(tie.get("unit", "")), tie.get("other", "")


def _read_data(model: type[M], leaf: Leaf) -> M:
    """Return of an entry's data what a model holds. Raises KeyError or ValueError for what is none."""
    return model.model_validate({name: leaf.data[name] for name in model.model_fields if name in leaf.data})
