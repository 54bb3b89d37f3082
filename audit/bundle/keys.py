"""Whose keys were enrolled at a place of the installation's log, and what the installation is by its first entry."""

from collections.abc import Iterable
from dataclasses import dataclass

from selection.register.key_events import ENDED, ENROLLED, REVOKED, KeyEnded, KeyEnrolled, KeyRevoked
from selection.signing.key import Founded, Key

KEY_CHANGES: dict[str, type[KeyEnrolled | KeyRevoked | KeyEnded]] = {
    ENROLLED: KeyEnrolled,
    REVOKED: KeyRevoked,
    ENDED: KeyEnded,
}
"""The entries that change who may sign with what."""


@dataclass
class Enrolment:
    """A person's key from one entry of the installation's log on, and up to another if it was revoked."""

    key: Key
    since: int
    until: int | None = None

    def counts(self, size: int) -> bool:
        """Tell whether the key is in force after the log's first `size` entries."""
        return self.since < size and (self.until is None or self.until >= size)


class Keyring:
    """Every key that was ever enrolled, by person and name, with the places at which it was."""

    def __init__(self) -> None:
        self._founded: Founded | None = None
        self._portals: list[tuple[int, tuple[str, ...]]] = []
        self.code = ""
        """What knows the code of the founding, by which the very first key is enrolled."""
        self.renewals = 0
        """How often that code was made anew, which nobody but the engine vouches for."""
        self._enrolled: dict[str, dict[str, list[Enrolment]]] = {}
        self._since: dict[str, int] = {}
        self._first: int | None = None
        self.first = ""
        """The name of the very first key with its person, for which nobody could vouch."""

    def found(self, place: int, founded: Founded, code: str) -> None:
        """Take in what the installation is, and what knows its code.

        Raises ValueError anywhere but in the first entry: it can't be changed.
        """
        if place:
            raise ValueError("an installation is founded once")
        self._founded, self.code = founded, code
        self.name_portals(place, founded.portals)

    def renew(self, code: str) -> None:
        """Take in what knows the code that came in the first one's place. Raises ValueError once there is a key."""
        if self._first is not None:
            raise ValueError("a code for the first key, which there is")
        self.code = code
        self.renewals += 1

    def name_portals(self, place: int, portals: tuple[str, ...]) -> None:
        """Take in where people reach the installation from a place of the log on."""
        if portals:
            self._portals.append((place, portals))

    def enrol(self, place: int, person: str, key: Key) -> None:
        """Enrol a key. Raises ValueError for one that is not named after its public part."""
        if not key.is_named_well:
            raise ValueError("a key by another's name")
        if self._first is None:
            self._first, self.first = place, f"{person} {key.key}"
        self._since.setdefault(key.key, place)
        self._enrolled.setdefault(person, {}).setdefault(key.key, []).append(Enrolment(key, place))

    def revoke(self, place: int, person: str, key: str) -> None:
        """Revoke a key. Raises KeyError for one that the person never had."""
        for enrolment in self._enrolled[person][key]:
            enrolment.until = place if enrolment.until is None else enrolment.until

    def get_founding(self, size: int) -> Founded | None:
        """Return what the installation is after the log's first `size` entries, None if it was not founded."""
        if not size or self._founded is None:
            return None
        portals = [named for place, named in self._portals if place < size]
        return self._founded.with_(portals=portals[-1]) if portals else self._founded

    def key(self, person: str, key: str, size: int) -> Key | None:
        """Return a person's key by its name, if it is in force after the first `size` entries."""
        found = self._enrolled.get(person, {}).get(key, ())
        return next((enrolment.key for enrolment in found if enrolment.counts(size)), None)

    def keys(self, person: str, size: int) -> tuple[Key, ...]:
        """Return all keys of a person that are in force after the first `size` entries."""
        found = (enrolment for each in self._enrolled.get(person, {}).values() for enrolment in each)
        return tuple(enrolment.key for enrolment in found if enrolment.counts(size))

    def ever_of(self, people: Iterable[str], size: int) -> tuple[str, ...]:
        """Return those of these people who had a key enrolled in the first `size` entries, in force or not."""
        return tuple(
            person
            for person in sorted(people)
            if any(item.since < size for each in self._enrolled.get(person, {}).values() for item in each)
        )

    def find_used(self, keys: Iterable[str], size: int) -> tuple[str, ...]:
        """Return those of these keys, by name, that somebody enrolled in the first `size` entries, in force or not."""
        return tuple(key for key in sorted(keys) if key in self._since and self._since[key] < size)

    def is_first(self, place: int) -> bool:
        """Tell whether it was at this place that the very first key was enrolled."""
        return self._first == place
