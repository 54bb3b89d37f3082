"""Whether a person's proof in an entry is over what the entry says of the act: docs/format.md, "Proof"."""

from dataclasses import dataclass
from datetime import timedelta

from encoding import Json, canonical, instant, require, sha256
from signatures import check_signature

HEAD = ("installation", "rules", "looked_at", "issued", "expires")
LEVELS = ("session", "signed", "signed-by-two")
AHEAD, LONGEST = timedelta(minutes=2), timedelta(days=7)


@dataclass(frozen=True)
class Signer:
    """Who signed, with which key and proof; as the second person, beside whom."""

    person: str
    key: Json | None
    proof: Json
    second_to: str = ""


@dataclass(frozen=True)
class Place:
    """The installation that a proof must name, and the portals on whose pages a browser signs there."""

    installation: str
    portals: list[str]


def check_proof(leaf: Json, by: Signer, level: int, place: Place, rules: str) -> None:
    """Check one person's proof in the first entry of an act."""
    proof, key = by.proof, by.key
    at, issued, expires = instant(leaf["at"]), instant(proof["issued"]), instant(proof["expires"])
    require(key and key["key"] == proof["signature"]["key"], "an unknown key")
    assert key is not None
    require(not key["expires"] or at < instant(key["expires"]), "a key that ran out")
    require(not level or key["level"] != "session", "a session's key")
    require(proof["installation"] == place.installation, "another installation")
    require(proof["rules"] == rules, "other rules")
    require(issued - AHEAD <= at < expires <= issued + LONGEST, "another time")
    said = statement(leaf, by)
    check_signature(proof["signature"], key, sha256(message(said, proof["manifest"])), place.portals)


def statement(leaf: Json, by: Signer) -> bytes:
    """Return the statement that a person signed."""
    stated = {name: by.proof[name] for name in HEAD}
    actor, data = leaf["actor"], leaf["data"]
    stated |= {"version": 1, "stream": leaf["stream"], "command_id": data["command_id"], "person": by.person}
    stated |= {"role": actor["role"], "reason": actor["reason"], "digest": data["command_hash"]}
    return canonical({**stated, "second_to": by.second_to}).encode()


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
