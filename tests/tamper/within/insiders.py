"""Tampering by an insider with every key of the servers and none of a person's: all signed anew, nothing held outside.

An insider can sign as well, with a key of their own. Each kind makes or changes one act, or what acts are held against.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from audit.bundle.layout import RULES
from selection.kernel.canonical import canonical_bytes, sha256_hex
from tests.tamper.kinds import Kind
from tests.tamper.parts import INSTALLATION, Parts
from tests.tamper.within.registers import erasure_made, refit, sign

Change = Callable[[dict[str, Any], Random], bool]
"""Changes a leaf in place; tells whether it gave room for that."""


def changing(change: Change) -> Kind:
    """Return the kind that changes one signed act of the round."""

    def kind(parts: Parts, chance: Random) -> Parts | None:
        entries = parts.entries()
        signed = [seq for seq, body in enumerate(entries) if b'"signed":{' in body]
        chance.shuffle(signed)
        for seq in signed:
            leaf = json.loads(entries[seq])
            if change(leaf, chance):
                entries[seq] = canonical_bytes(leaf)
                return parts.with_entries(entries).fit()
        return None

    return kind


def _role(leaf: dict[str, Any], chance: Random) -> bool:
    leaf["actor"]["role"] = "officer" if leaf["actor"]["role"] != "officer" else "supervisor"
    refit(leaf, chance)
    return True


def _person(leaf: dict[str, Any], chance: Random) -> bool:
    leaf["actor"]["person"] = "officer-2" if leaf["actor"]["person"] != "officer-2" else "officer-1"
    refit(leaf, chance)
    return True


def _reason(leaf: dict[str, Any], chance: Random) -> bool:
    leaf["actor"]["reason"] = {"id": "reason", "sha256": f"{chance.getrandbits(256):064x}"}
    refit(leaf, chance)
    return True


def _time(leaf: dict[str, Any], chance: Random) -> bool:
    """Date an act out of the hour that its signature counts for; its other entries are dated with it."""
    year = int(leaf["at"][:4])
    leaf["at"] = f"{year + chance.choice((-1, 1))}{leaf['at'][4:]}"
    if leaf["at"] > leaf["recorded"]:
        leaf["recorded"] = leaf["at"]
    return True


def _command(leaf: dict[str, Any], chance: Random) -> bool:
    """Have the person have asked for something else."""
    command = leaf["signed"]["command"]
    places = [name for name, value in (command or {}).items() if isinstance(value, str) and name != "kind"]
    if not places:
        return False
    command[chance.choice(places)] += "x"
    refit(leaf, chance)
    return True


def _outcome(leaf: dict[str, Any], chance: Random) -> bool:
    """Have something else have come of it, and leave what was signed as it was."""
    frame = ("command_id", "command_hash", "rules_hash")
    values = [name for name, value in leaf["data"].items() if name not in frame and isinstance(value, str)]
    if not values or leaf["signed"]["command"] is None:
        return False
    leaf["data"][chance.choice(values)] += "1"
    return True


def _text(leaf: dict[str, Any], chance: Random) -> bool:
    """Swap a text that the person referred to, in what was signed and in what came of it."""
    references = [part for part in _dicts(leaf["signed"]["command"]) if part.keys() == {"id", "sha256"}]
    if not references:
        return False
    before = chance.choice(references)["sha256"]
    after = f"{chance.getrandbits(256):064x}"
    changed = json.loads(json.dumps(leaf).replace(before, after))
    leaf.clear()
    leaf.update(changed)
    refit(leaf, chance)
    return True


def _second(leaf: dict[str, Any], chance: Random) -> bool:
    held = leaf["signed"]["second"] is not None
    leaf["signed"]["second"] = None
    return held


def _authority(leaf: dict[str, Any], chance: Random) -> bool:
    """Say that the act came without a key; and take the signature away, now and then."""
    leaf["actor"]["authority"] = "local"
    if chance.randrange(2):
        del leaf["signed"]
    return True


def act_made(parts: Parts, chance: Random) -> Parts | None:
    """Record one more act in a person's name: unsigned, signed by the insider, or with the proof of another act."""
    entries = parts.entries()
    leaf = json.loads(chance.choice([body for body in entries if b'"signed":{' in body]))
    leaf["version"] = 1 + sum(json.loads(body)["stream"] == leaf["stream"] for body in entries)
    leaf["data"]["command_id"] = f"made-{chance.randrange(1000)}"
    leaf["at"] = leaf["recorded"] = json.loads(entries[-1])["recorded"]
    match chance.choice(("unsigned", "signed", "copied")):
        case "unsigned":
            del leaf["signed"]
            leaf["actor"]["authority"] = "local"
        case "signed":
            sign(leaf)
    return parts.with_entries([*entries, canonical_bytes(leaf)]).fit()


def act_repeated(parts: Parts, chance: Random) -> Parts | None:
    """Record an act once more as it was, with its own signature."""
    entries = parts.entries()
    leaf = json.loads(chance.choice([body for body in entries if b'"signed":{' in body]))
    leaf["version"] = 1 + sum(json.loads(body)["stream"] == leaf["stream"] for body in entries)
    return parts.with_entries([*entries, canonical_bytes(leaf)]).fit()


def act_moved(parts: Parts, chance: Random) -> Parts | None:
    """Move the first entry of an act to another stream of the kind; later versions move up and down with it."""
    entries = [json.loads(body) for body in parts.entries()]
    streams = {leaf["stream"] for leaf in entries}
    movable = [seq for seq, leaf in enumerate(entries) if "signed" in leaf]
    chance.shuffle(movable)
    for seq in movable:
        leaf, here = entries[seq], entries[seq]["stream"]
        kind = here.split("/")[0]
        others = sorted(name for name in streams if name.startswith(f"{kind}/") and name != here)
        if others:
            leaf["stream"] = there = chance.choice(others)
            leaf["version"] = 1 + sum(item["stream"] == there for item in entries[:seq])
            for item in entries[seq + 1 :]:
                item["version"] += (item["stream"] == there) - (item["stream"] == here)
            refit(leaf, chance)
            return parts.with_entries([canonical_bytes(item) for item in entries]).fit()
    return None


def proof_copied(parts: Parts, chance: Random) -> Parts | None:
    """Put the proof of another act of the same person into an act."""
    entries = [json.loads(body) for body in parts.entries()]
    signed = [seq for seq, leaf in enumerate(entries) if "signed" in leaf]
    chance.shuffle(signed)
    for seq in signed:
        person = entries[seq]["actor"]["person"]
        others = [other for other in signed if other != seq and entries[other]["actor"]["person"] == person]
        if others:
            entries[seq]["signed"]["proof"] = entries[chance.choice(others)]["signed"]["proof"]
            return parts.with_entries([canonical_bytes(item) for item in entries]).fit()
    return None


def assurance_lowered(parts: Parts, chance: Random) -> Parts | None:
    """Have the sealed rules ask for less, and let an act that two signed be one person's."""
    entries = [json.loads(body) for body in parts.entries()]
    opened = entries[0]
    rules, before = opened["data"]["rules"], opened["data"]["rules_hash"]
    table = rules["assurance"]
    table[chance.choice(sorted(kind for kind in table if table[kind] != "session"))] = "session"
    after = sha256_hex(canonical_bytes(rules))
    bodies = [canonical_bytes(item).replace(before.encode(), after.encode()) for item in entries]
    if chance.randrange(2):
        made = json.loads(bodies[0])
        made["signed"]["command"] |= {"rules": rules, "rules_hash": after}
        refit(made, chance)
        bodies[0] = canonical_bytes(made)
    return parts.with_entries(bodies).with_file(RULES, canonical_bytes(rules)).fit()


def make_founding_local(parts: Parts, chance: Random) -> Parts | None:
    """Say that the installation was a local one all along, and take away the signature of an act that was refused.

    Of an act that was refused nothing follows, so that its signature is all that is missed.
    """
    log = [json.loads(body) for body in parts.entries(INSTALLATION)]
    log[0]["data"]["local"] = True
    unsigned = changing(_strip_signature)(parts, chance)
    if unsigned is None:
        return None
    return unsigned.with_entries([canonical_bytes(item) for item in log], INSTALLATION).fit()


def _strip_signature(leaf: dict[str, Any], chance: Random) -> bool:
    alone = bool(leaf["type"] == "act.refused.v1")
    if alone:
        del leaf["signed"]
        leaf["actor"]["authority"] = "local"
    return alone


UNPLACED = (
    *(
        "key of an insider's enrolled",
        "erasure that nobody asked for",
        "first key replaced by an insider's",
        "act made in a person's name",
        "act repeated",
        "installation founded as local",
    ),
    "act's outcome changed",
)
"""Kinds of which another entry may be named: an earlier one that no longer fits where there are more entries than
before, a later one that no longer fits what came of the act."""

INSIDER_KINDS: dict[str, Kind] = {
    "act made in a person's name": act_made,
    "act repeated": act_repeated,
    "act moved to another stream": act_moved,
    "act of another person": changing(_person),
    "act's command changed": changing(_command),
    "act's outcome changed": changing(_outcome),
    "act's role changed": changing(_role),
    "act's reason changed": changing(_reason),
    "act's time changed": changing(_time),
    "act's text swapped": changing(_text),
    "act's proof copied from another": proof_copied,
    "second signature dropped": changing(_second),
    "authority changed to local": changing(_authority),
    "erasure that nobody asked for": erasure_made,
    "assurance lowered in the rules": assurance_lowered,
    "installation founded as local": make_founding_local,
}


def _dicts(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict) else []
    return own + [part for item in inner for part in _dicts(item)]
