"""Who was registered, with which keys and codes, after so many entries of the log `installation`."""

import base64
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from encoding import Json, instant, require, sha256, unbase64

ENGINE = {"person": "system", "role": "system", "authority": "engine", "reason": None}
CODE_LASTS = timedelta(days=14)
MISSES = 5


@dataclass(frozen=True)
class Person:
    """A person's latest registration; whoever was erased is not active."""

    roles: Json
    active: bool
    employer: str = ""

    def holds(self, role: str) -> bool:
        """Tell whether the person holds a role."""
        return self.active and role in self.roles


class Register:
    """The log, read once; a `size` says after how many of its entries something is asked."""

    def __init__(self, log: list[Json]) -> None:
        self.founded: Json | None = None
        self.code, self.until = "", ""
        self._portals: list[tuple[int, list[str]]] = [(-1, [])]
        self.first: int | None = None
        self.size = len(log)
        self._entries: dict[str, list[tuple[int, str, Json]]] = defaultdict(list)
        self._named: dict[str, int] = {}
        self.units: dict[str, list[tuple[int, int, Json]]] = defaultdict(list)
        self._changes = [0]
        for seq, leaf in enumerate(log):
            self._take_in(seq, leaf["type"], leaf)

    def _take_in(self, seq: int, type_: str, leaf: Json) -> None:
        data, place = leaf["data"], f"installation#{seq}"
        if data.get("portals"):
            self._portals.append((seq, data["portals"]))
        if type_ == "installation.founded.v1":
            require(not seq, f"{place}: founded again")
            self.founded = data
            self._set_code(place, leaf, anew=False)
        elif type_ == "code.renewed.v1":
            self._set_code(place, leaf, anew=True)
        elif type_ == "key.enrolled.v1":
            name = base64.urlsafe_b64encode(sha256(unbase64(data["key"]["public"]))[:16]).decode()
            require(data["key"]["key"] == name.rstrip("="), f"{place}: a key by another's name")
            self.first = seq if self.first is None else self.first
            self._named.setdefault(data["key"]["key"], seq)
        if type_ == "unit.registered.v1":
            self.units[data["code"]].append((seq, leaf["version"], data))
        if "person" in data:
            self._entries[data["person"]].append((seq, type_, data))
        self._changes.append(self._changes[-1] + type_.startswith(("key.", "person.", "unit.")))

    def _set_code(self, place: str, leaf: Json, *, anew: bool) -> None:
        """Take the code of the very first key in: the founding's, or one made anew where the former ran out."""
        at, until = instant(leaf["at"]), leaf["data"].get("until") or ""
        require(leaf["actor"] == ENGINE and not leaf.get("signed"), f"{place}: a code not by the engine")
        if anew:
            require(self.founded and not self.founded["local"], f"{place}: a code where none is asked for")
            require(self.first is None, f"{place}: a code for the first key, which there is")
            over = not self.until or at >= instant(self.until) or leaf["data"].get("portals")
            require(over, f"{place}: a code before the former ran out")
            require(until, f"{place}: a code without an end")
        require(not until or instant(until) == at + CODE_LASTS, f"{place}: a code that lasts otherwise")
        self.code, self.until = leaf["data"]["code"], until

    def portals(self, size: int) -> list[str]:
        """Return where people reach the installation: the first is the one to use."""
        return [portals for seq, portals in self._portals if seq < size][-1]

    def changes(self, size: int) -> int:
        """Return how many entries changed who is registered and with which keys."""
        return self._changes[size]

    def _of(self, person: str, size: int) -> list[tuple[str, Json]]:
        return [(type_, data) for seq, type_, data in self._entries.get(person, ()) if seq < size]

    def keys(self, person: str, size: int) -> dict[str, Json]:
        """Return a person's keys that were enrolled and not ended, by their names."""
        found: dict[str, Json] = {}
        for type_, data in self._of(person, size):
            if type_ == "key.enrolled.v1":
                found[data["key"]["key"]] = data["key"]
            elif type_ in ("key.revoked.v1", "key.ended.v1"):
                found.pop(data["key"], None)
        return found

    def keys_at(self, person: str, size: int, at: datetime) -> list[Json]:
        """Return a person's keys that have not run out either."""
        known = self.keys(person, size).values()
        return [key for key in known if not key["expires"] or at < instant(key["expires"])]

    def was_enrolled(self, name: str, size: int) -> bool:
        """Tell whether somebody ever enrolled a key."""
        return self._named.get(name, size) < size

    def person(self, person: str, size: int) -> Person | None:
        """Return a person's registration."""
        found: Person | None = None
        for type_, data in self._of(person, size):
            if type_ == "person.registered.v1":
                found = Person(data["roles"], data["active"], data["employer"])
            elif type_ == "person.erased.v1" and found is not None:
                found = Person(found.roles, active=False, employer=found.employer)
        return found

    def was(self, person: str, role: str, size: int) -> bool:
        """Tell whether a person was ever registered for a role."""
        entries = self._of(person, size)
        return any(type_ == "person.registered.v1" and role in data["roles"] for type_, data in entries)

    def own_ties(self, person: str, size: int) -> list[Json]:
        """Return what a person declared themselves that still holds."""
        found: list[Json] = []
        for type_, data in self._of(person, size):
            if type_ == "person.tie-declared.v1":
                found = [tie for tie in found if tie != data["tie"]] + [data["tie"]] * data["holds"]
        return found

    def count_declared(self, person: str, size: int) -> int:
        """Return how often a person declared a tie themselves; ends do not count."""
        entries = self._of(person, size)
        return sum(data["holds"] for type_, data in entries if type_ == "person.tie-declared.v1")

    def unit(self, code: str, size: int) -> tuple[int, Json] | None:
        """Return the version of a unit's latest entry and what it says."""
        found = [(version, data) for seq, version, data in self.units.get(code, ()) if seq < size]
        return found[-1] if found else None

    def was_erased(self, person: str, size: int) -> bool:
        """Tell whether a person was erased."""
        return any(type_ == "person.erased.v1" for type_, _ in self._of(person, size))

    def admins(self, size: int, *, able: bool = True) -> set[str]:
        """Return the administrators in office, or those of them who could sign."""
        found = {person: self.person(person, size) for person in self._entries}
        return {
            person
            for person, known in found.items()
            if known and known.holds("admin") and (not able or self.could_sign(person, size))
        }

    def could_sign(self, person: str, size: int) -> bool:
        """Tell whether a person ever had a key; where nobody signs, everybody could."""
        local = bool(self.founded and self.founded["local"])
        return local or any(type_ == "key.enrolled.v1" for type_, _ in self._of(person, size))

    def require_administrators(self, people: list[Json], size: int) -> None:
        """Require that registrations leave an administrator, and of those who could sign as many as before, or two."""
        staff = {item["person"]: item.get("active", True) for item in people if "admin" in item["roles"]}
        others = self.admins(size, able=False) - {item["person"] for item in people}
        left = others | {person for person, active in staff.items() if active}
        require(left or not (staff or self.had_admin(size)), "no administrator left")
        able = sum(self.could_sign(person, size) for person in left)
        require(able >= min(2, len(self.admins(size))), "too few administrators left")

    def had_admin(self, size: int) -> bool:
        """Tell whether an administrator was ever registered."""
        return any(
            type_ == "person.registered.v1" and "admin" in data["roles"]
            for person in self._entries
            for type_, data in self._of(person, size)
        )

    def invitation(self, person: str, size: int) -> tuple[Json | None, int]:
        """Return the code that a person was sent last, until they have a key, and how often it was missed."""
        sent: Json | None = None
        misses = 0
        for type_, data in self._of(person, size):
            if type_ == "signer.invited.v1":
                sent, misses = data, 0
            elif type_ == "key.enrolled.v1":
                sent = None
            misses += type_ == "code.missed.v1"
        return sent, misses
