"""Who was registered and with which keys, read off the log `installation`."""

import base64
from typing import Any

from encoding import Json, require, sha256, unbase64


class Register:
    """The installation's log: who was registered, and with which keys, after so many entries."""

    def __init__(self, log: list[Json]) -> None:
        self.founded = log[0]["data"] if log and log[0]["type"] == "installation.founded.v1" else None
        self.code = self.founded["code"] if self.founded else ""
        self.keys: list[list[Any]] = []
        self.people: list[tuple[int, str, Json, bool]] = []
        self.first: int | None = None
        for seq, leaf in enumerate(log):
            data = leaf["data"]
            require(
                not seq or leaf["type"] != "installation.founded.v1", f"installation#{seq}: founded again"
            )
            if leaf["type"] == "code.renewed.v1":
                require(self.first is None, f"installation#{seq}: a code for the first key, which there is")
                self.code = data["code"]
            if leaf["type"] == "key.enrolled.v1":
                key = data["key"]
                name = base64.urlsafe_b64encode(sha256(unbase64(key["public"]))[:16]).decode().rstrip("=")
                require(key["key"] == name, f"installation#{seq}: a key by another's name")
                self.first = seq if self.first is None else self.first
                self.keys.append([seq, None, data["person"], key])
            elif leaf["type"] in ("key.revoked.v1", "key.ended.v1"):
                for kept in self.keys:
                    if kept[1] is None and (kept[2], kept[3]["key"]) == (data["person"], data["key"]):
                        kept[1] = seq
            elif leaf["type"] in ("person.registered.v1", "person.erased.v1"):
                self.people.append((seq, data["person"], data.get("roles", {}), data.get("active", False)))

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
