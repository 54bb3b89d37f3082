"""Who was registered and with which keys, read off the log `installation`."""

import base64
from datetime import timedelta
from typing import Any

from encoding import Json, instant, require, sha256, unbase64

ENGINE = {"person": "system", "role": "system", "authority": "engine", "reason": None}
CODE_LASTS = timedelta(days=14)


class Register:
    """The installation's log: who was registered, and with which keys, after so many entries."""

    def __init__(self, log: list[Json]) -> None:
        self.founded: Json | None = None
        self.code = ""
        self.until: str | None = None
        self.keys: list[list[Any]] = []
        self.people: list[tuple[int, str, Json, bool]] = []
        self.first: int | None = None
        for seq, leaf in enumerate(log):
            self._take_in(seq, leaf)

    def _take_in(self, seq: int, leaf: Json) -> None:
        data, type_ = leaf["data"], leaf["type"]
        if type_ == "installation.founded.v1":
            require(not seq, f"installation#{seq}: founded again")
            self.founded = data
            self._set_code(seq, leaf, anew=False)
        elif type_ == "code.renewed.v1":
            self._set_code(seq, leaf, anew=True)
        elif type_ == "key.enrolled.v1":
            key = data["key"]
            name = base64.urlsafe_b64encode(sha256(unbase64(key["public"]))[:16]).decode().rstrip("=")
            require(key["key"] == name, f"installation#{seq}: a key by another's name")
            self.first = seq if self.first is None else self.first
            self.keys.append([seq, None, data["person"], key])
        elif type_ in ("key.revoked.v1", "key.ended.v1"):
            for kept in self.keys:
                if kept[1] is None and (kept[2], kept[3]["key"]) == (data["person"], data["key"]):
                    kept[1] = seq
        elif type_ in ("person.registered.v1", "person.erased.v1"):
            self.people.append((seq, data["person"], data.get("roles", {}), data.get("active", False)))

    def _set_code(self, seq: int, leaf: Json, *, anew: bool) -> None:
        """Take the code of the very first key in: the founding's, or one made anew where the former ran out."""
        place, at, until = f"installation#{seq}", instant(leaf["at"]), leaf["data"].get("until")
        require(leaf["actor"] == ENGINE and not leaf.get("signed"), f"{place}: a code not by the engine")
        if anew:
            require(self.founded and not self.founded["local"], f"{place}: a code where none is asked for")
            require(self.first is None, f"{place}: a code for the first key, which there is")
            require(
                self.until is None or at >= instant(self.until), f"{place}: a code before the former ran out"
            )
        require(until is None or instant(until) == at + CODE_LASTS, f"{place}: a code that lasts otherwise")
        require(until or not anew, f"{place}: a code without an end")
        self.code, self.until = leaf["data"]["code"], until

    def key(self, person: str, name: str, size: int) -> Json | None:
        """Return a person's key after so many entries."""
        for since, until, owner, key in self.keys:
            if (owner, key["key"]) == (person, name) and since < size and (until is None or until >= size):
                found: Json = key
                return found
        return None

    def holds(self, person: str, role: str, size: int) -> bool:
        """Tell whether a person held a role after so many entries."""
        known = [item for item in self.people if item[1] == person and item[0] < size]
        return bool(known) and known[-1][3] and role in known[-1][2]
