"""Who was registered when, read off the installation's log."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

from audit.bundle import Bundle
from audit.claims import Difference
from selection.facts import PersonFact
from selection.leaf import Leaf

LOG = "installation"
REGISTERED = "person.registered.v1"
ERASED = "person.erased.v1"


class Register:
    """Who was registered and who erased, in order. `known` is False when the bundle does not hold the log."""

    def __init__(self, *, known: bool = True) -> None:
        self.known = known
        self._registered: dict[str, list[tuple[datetime, PersonFact]]] = {}
        self._changed: list[datetime] = []
        self._latest: datetime | None = None

    def follow(self, at: datetime) -> datetime:
        """Return when an entry of the log counts from: its date, or its latest predecessor's, if that is later.

        So nothing that is recorded in June has been so since February, whatever it says.
        """
        self._latest = at if self._latest is None else max(at, self._latest)
        return self._latest

    def add(self, at: datetime, fact: PersonFact) -> None:
        """Add a registration; it replaces the person's former one from its instant on, or from when it counts."""
        at = self.follow(at)
        self._changed.append(at)
        self._registered.setdefault(fact.person, []).append((at, fact))

    def erase(self, at: datetime, person: str) -> None:
        """Note that a person was erased: from then on they hold no role, while what they did before stands."""
        if person in self._registered:
            self.add(at, self._registered[person][-1][1].with_(active=False))

    def person(self, person: str, at: datetime) -> PersonFact | None:
        """Return the registration in force at the instant, or None."""
        found = [fact for since, fact in self._registered.get(person, ()) if since <= at]
        return found[-1] if found else None

    def knows(self, person: str) -> bool:
        """Tell whether the person was ever registered."""
        return person in self._registered

    def changed(self, since: datetime, until: datetime | None) -> list[datetime]:
        """Return the instants after `since` at which the register changed, up to `until`, or to its end."""
        end = len(self._changed) if until is None else bisect_right(self._changed, until)
        return sorted(set(self._changed[bisect_right(self._changed, since) : end]))

    def everyone(self, at: datetime) -> Iterator[PersonFact]:
        """Yield the registrations in force at the instant, also of those who are no longer active."""
        for person in self._registered:
            if (fact := self.person(person, at)) is not None:
                yield fact


def read_register(bundle: Bundle) -> Register:
    """Return the register. Raises Difference at an entry that is none of the register's though it says so."""
    if LOG not in bundle.manifest.logs:
        return Register(known=False)
    register = Register()
    for seq, body in enumerate(bundle.entries(LOG)):
        try:
            _take_in(register, Leaf.model_validate_json(body))
        except (ValidationError, KeyError, TypeError):
            raise Difference(f"{LOG}#{seq}", "entry-unreadable") from None
    return register


def _take_in(register: Register, leaf: Leaf) -> None:
    register.follow(leaf.at)
    if leaf.type == REGISTERED:
        known = {key: leaf.data[key] for key in PersonFact.model_fields}
        register.add(leaf.at, PersonFact.model_validate(known))
    elif leaf.type == ERASED:
        register.erase(leaf.at, leaf.data["person"])
