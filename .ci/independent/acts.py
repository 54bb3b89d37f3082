"""Checks that every act in a bundle is its person's own: written by docs/format.md alone, with nothing of the project.

    python .ci/independent/acts.py BUNDLE.zip docs/process.md

Says how many acts each log holds, and how many of them nobody signed, which only a local installation has. Exits with 1
and the reason at the first entry that is not as docs/format.md, "Proof", has it. Needs the package `cryptography`.
"""

import base64
import hashlib
import json
import re
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

Json = dict[str, Any]
Name = tuple[str, str, str]
LEVELS = ("session", "signed", "signed-by-two")
WORDS = {"by the session": "session", "by one": "signed", "by two": "signed-by-two"}
ENGINE = {"person": "system", "role": "system", "authority": "engine", "reason": None}
HEAD = ("installation", "rules", "looked_at", "issued", "expires")


class Wrong(Exception):
    """An entry is not as it must be."""


def require(holds: object, why: str) -> None:
    """Raise Wrong unless something holds."""
    if not holds:
        raise Wrong(why)


def canonical(value: Any) -> str:
    """Write RFC 8785, of what a record holds: no fractions; keys in the order of their UTF-16."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    require(not isinstance(value, float), "a fraction")
    return json.dumps(value, ensure_ascii=False)


def sha256(data: bytes) -> bytes:
    """Return the SHA-256."""
    return hashlib.sha256(data).digest()


def unbase64(text: str) -> bytes:
    """Return the bytes of a text in the web's base64."""
    require(re.fullmatch("[A-Za-z0-9_-]*", text), "not base64")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def instant(text: str) -> datetime:
    """Return an instant."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def statement(leaf: Json, proof: Json, person: str, second_to: str) -> bytes:
    """Return the statement that a person signed."""
    stated = {name: proof[name] for name in HEAD}
    actor, data = leaf["actor"], leaf["data"]
    stated |= {"version": 1, "stream": leaf["stream"], "command_id": data["command_id"], "person": person}
    stated |= {"role": actor["role"], "reason": actor["reason"], "digest": data["command_hash"]}
    return canonical({**stated, "second_to": second_to}).encode()


def message(said: bytes, place: Json | None) -> bytes:
    """Return what is signed: the statement, or the tree of statements that it is in (RFC 9162, 2.1.3.2)."""
    if place is None:
        return said
    at, last, digest = place["index"], place["size"] - 1, sha256(b"\0" + said)
    require(at <= last, "a place beyond the list")
    for beside in map(bytes.fromhex, place["hashes"]):
        require(last, "too many hashes")
        if at & 1 or at == last:
            digest = sha256(b"\1" + beside + digest)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            digest = sha256(b"\1" + digest + beside)
        at, last = at >> 1, last >> 1
    require(not last, "too few hashes")
    return canonical({"version": 1, "acts": place["size"], "root": digest.hex()}).encode()


def cbor(data: bytes) -> dict[Any, Any]:
    """Read a map of small values, which is all that a COSE key is."""

    def head(at: int) -> tuple[int, int, int]:
        kind, more = data[at] >> 5, data[at] & 31
        if more < 24:
            return kind, more, at + 1
        size = 1 << (more - 24)
        return kind, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size

    def item(at: int) -> tuple[Any, int]:
        kind, number, at = head(at)
        if kind == 0:
            return number, at
        if kind == 1:
            return -1 - number, at
        require(kind in (2, 3), "not a COSE key")
        return data[at : at + number], at + number

    kind, count, at = head(0)
    require(kind == 5, "not a COSE key")
    found = {}
    for _ in range(count):
        name, at = item(at)
        found[name], at = item(at)
    return found


def verify_cose(public: bytes, signature: bytes, signed: bytes) -> None:
    """Verify by a COSE key; raises InvalidSignature."""
    key = cbor(public)
    if key[3] == -8:
        ed25519.Ed25519PublicKey.from_public_bytes(key[-2]).verify(signature, signed)
    elif key[3] == -7:
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(key[-2], "big"), int.from_bytes(key[-3], "big"), ec.SECP256R1()
        )
        numbers.public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    else:
        require(key[3] == -257, "an algorithm that is not allowed")
        of_rsa = rsa.RSAPublicNumbers(int.from_bytes(key[-2], "big"), int.from_bytes(key[-1], "big"))
        of_rsa.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def check_signature(signature: Json, key: Json, challenge: bytes) -> None:
    """Check a signature of a challenge by its scheme."""
    require(signature["scheme"] == key["scheme"], "another scheme than the key's")
    public, value = unbase64(key["public"]), unbase64(signature["signature"])
    try:
        if key["scheme"] == "ed25519":
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(value, challenge)
            return
        told, data = unbase64(signature["client_data"]), unbase64(signature["authenticator_data"])
        said, site = json.loads(told), key["site"]
        scheme, _, host = said["origin"].partition("://")
        host = host.partition(":")[0]
        require(said["type"] == "webauthn.get" and not said.get("crossOrigin"), "another ceremony")
        require(unbase64(said["challenge"]) == challenge, "another challenge")
        require(site and (host == site or host.endswith("." + site)), "another site's page")
        require(scheme == "https" or (scheme, site) == ("http", "localhost"), "an open page")
        require(data[:32] == sha256(site.encode()) and data[32] & 5 == 5, "nobody was verified")
        verify_cose(public, value, data + sha256(told))
    except InvalidSignature:
        raise Wrong("a signature that does not hold") from None


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


class Log:
    """One log's acts, one after the other."""

    def __init__(self, name: str, register: Register, rows: dict[str, str]) -> None:
        self.name, self.register, self.rows = name, register, rows
        self.acts = self.unsigned = 0
        self.rules = ""
        self.asked: dict[str, str] | None = None
        self.done: set[Name] = set()
        self.lists: dict[Name, Json] = {}

    def check(self, log: list[Json]) -> None:
        """Check all acts; raises Wrong at the first that is not as it must be."""
        at = 0
        while at < len(log):
            end = at + 1
            while end < len(log) and same_act(log[at], log[end]):
                end += 1
            try:
                self.check_act(at, log[at:end])
            except (Wrong, KeyError, ValueError, TypeError) as why:
                raise Wrong(f"{self.name}#{at}: {why}") from None
            if log[at]["type"] == "round.opened.v1":
                self.rules, self.asked = log[at]["data"]["rules_hash"], log[at]["data"]["rules"]["assurance"]
            at = end

    def check_act(self, at: int, act: list[Json]) -> None:
        """Check one act: its entries stand together."""
        leaf, name = act[0], name_of(act[0])
        actor, signed = leaf["actor"], leaf.get("signed")
        if self.name == "installation" and at == 0 and leaf["type"] == "installation.founded.v1":
            return
        require(not any("signed" in other for other in act[1:]), "a signature further on")
        erased = [other["data"]["person"] for other in act if other["type"] == "person.erased.v1"]
        require(
            not erased or erased == [leaf["data"].get("person")] * len(act),
            "an erasure beside something else",
        )
        others = (other["type"] for other in act[1:] if other["type"].startswith("key."))
        require(all(type_ == leaf["type"] for type_ in others), "another change of a key than was signed")
        require(all(other["actor"] == actor and other["at"] == leaf["at"] for other in act), "parted")
        if actor["person"] == "system" or actor["role"] == "system":
            require(actor == ENGINE and not signed, "not the engine")
            require(not leaf["type"].startswith("key."), "a key by the engine")
            require(not erased, "an erasure by the engine")
            return
        if leaf["stream"].startswith("archive/"):
            require(not signed and actor["authority"] != "key", "a signature in an archive")
            return
        if not signed and name in self.lists:
            before = self.lists.pop(name)
            by = {**before["actor"], "authority": "engine", "reason": None}
            fits = leaf["data"]["command_hash"] == before["data"]["command_hash"]
            require(leaf["type"] == "act.refused.v1" and actor == by and fits, "an act twice")
            return
        require(name not in self.done, "an act twice")
        self.done.add(name)
        if leaf["stream"].startswith("recommender/"):
            self.lists[name] = leaf
        self.acts += 1
        founded = self.register.founded or {}
        require(founded, "never founded")
        if not signed:
            require(founded["local"] and actor["authority"] == "local", "unsigned")
            self.unsigned += 1
            return
        require(actor["authority"] == "key", "another authority")
        self.check_signed(at, leaf, signed, act[-1])

    def check_signed(self, at: int, leaf: Json, signed: Json, last: Json) -> None:
        """Check what the first entry of an act holds of its signatures."""
        actor, size, command = leaf["actor"], leaf["register_size"], signed["command"]
        require(self.name != "installation" or size <= at, "it saw itself")
        refused = last["type"] == "act.refused.v1"
        require((command is None) == refused, "a command where none belongs, or none")
        if not refused:
            asked = {"command": command, "reason": actor["reason"], "role": actor["role"]}
            digest = sha256(canonical({**asked, "stream": leaf["stream"]}).encode()).hex()
            require(digest == leaf["data"]["command_hash"], "another command")
        kind = last["data"]["kind"] if refused else command["kind"]
        require(refused or self.asked is None or kind in self.asked, "an act that the rules do not name")
        level = LEVELS.index((self.rows if self.asked is None else self.asked).get(kind, "session"))
        if leaf["type"] == "key.ended.v1":
            ended = self.register.key(actor["person"], leaf["data"]["key"], size) or {}
            own = leaf["data"]["person"] == actor["person"] and ended.get("level") == "session"
            require(own and kind == "end-session", "another key ended than a session's own")
        elif leaf["type"].startswith("key."):
            level, owner = max(level, 1), leaf["data"]["person"]
            vouches = actor["role"] in ("admin", "officer")
            may = vouches and self.register.holds(actor["person"], actor["role"], size)
            require(owner == actor["person"] or may, "a key by somebody who may not")
        if leaf["type"] == "person.erased.v1":
            asked_for = (kind, (command or {}).get("person"))
            require(
                asked_for == ("erase-person", leaf["data"]["person"]), "an erasure that was not asked for"
            )
        key = self.register.key(actor["person"], signed["proof"]["signature"]["key"], size)
        first = self.name == "installation" and at == self.register.first
        if key is None and first and leaf["data"]["person"] == actor["person"]:
            key = leaf["data"]["key"]
            self.check_code(leaf["data"], command or {})
        self.check_proof(leaf, signed["proof"], key, level, actor["person"], "")
        require(signed["second"] or level < 2, "a second signature is missing")
        if signed["second"]:
            person, proof = signed["second"]["person"], signed["second"]["proof"]
            require(person != actor["person"], "one person twice")
            key = self.register.key(person, proof["signature"]["key"], size)
            self.check_proof(leaf, proof, key, 1, person, actor["person"])

    def check_code(self, data: Json, command: Json) -> None:
        """Check that the founding's code signed the enrolment of the very first key."""
        founded = self.register.founded
        assert founded is not None
        if founded["local"]:
            return
        said = {"by_code": data["key"], "person": data["person"], "installation": founded["installation"]}
        try:
            code = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.register.code))
            code.verify(bytes.fromhex(command["token"]), canonical({**said, "version": 1}).encode())
        except InvalidSignature:
            raise Wrong("a first key without the founding's code") from None

    def check_proof(
        self, leaf: Json, proof: Json, key: Json | None, level: int, person: str, second_to: str
    ) -> None:
        """Check one person's proof."""
        at, issued, expires = instant(leaf["at"]), instant(proof["issued"]), instant(proof["expires"])
        require(key and key["key"] == proof["signature"]["key"], "an unknown key")
        assert key is not None
        assert self.register.founded is not None
        require(not key["expires"] or at < instant(key["expires"]), "a key that ran out")
        require(not level or key["level"] != "session", "a session's key")
        require(proof["installation"] == self.register.founded["installation"], "another installation")
        require(proof["rules"] == self.rules, "other rules")
        require(issued - timedelta(minutes=2) <= at < expires <= issued + timedelta(days=7), "another time")
        said = statement(leaf, proof, person, second_to)
        check_signature(proof["signature"], key, sha256(message(said, proof["manifest"])))


def name_of(leaf: Json) -> Name:
    """Return what an act is known by."""
    return leaf["stream"], leaf["actor"]["person"], leaf["data"]["command_id"]


def same_act(one: Json, other: Json) -> bool:
    """Tell whether two entries that follow each other are of one act."""
    frame = ("recorded", "register_size")
    return name_of(one) == name_of(other) and all(one[name] == other[name] for name in frame)


def rows_of(page: str) -> dict[str, str]:
    """Return how each act must be signed, by the tables of docs/process.md."""
    found: dict[str, str] = {}
    column: int | None = None
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if "signed" in cells:
            column = cells.index("signed")
        elif column is not None and line.startswith("| `") and len(cells) > column:
            for words, level in WORDS.items():
                if cells[column].startswith(words):
                    found[cells[0].split("`")[1]] = level
    return found


def main() -> None:
    """Check a bundle."""
    with zipfile.ZipFile(sys.argv[1]) as bundle:
        logs = json.loads(bundle.read("manifest.json"))["logs"]
        read = {
            log: [json.loads(line) for line in bundle.read(f"logs/{log}/entries.jsonl").splitlines()]
            for log in logs
        }
    rows = rows_of(Path(sys.argv[2]).read_text(encoding="utf-8"))
    try:
        require(rows, "no table of acts in the page of the process")
        register = Register(read.get("installation", []))
        for log, entries in sorted(read.items()):
            found = Log(log, register, rows)
            found.check(entries)
            print(f"{log}: {found.acts} acts, {found.unsigned} unsigned")
    except (Wrong, KeyError, ValueError, TypeError) as why:
        sys.exit(f"{type(why).__name__}: {why}")


if __name__ == "__main__":
    main()
