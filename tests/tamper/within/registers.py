"""What an insider makes without a person's key: acts under a key of their own, and what they put into the register."""

import json
from random import Random
from typing import Any

from selection.decision.envelope import digest_of
from selection.kernel.actor import Actor
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.signing.statement import Intent
from tests.signatures import PersonsKey
from tests.tamper.parts import INSTALLATION, Parts

OWN = PersonsKey.of("insider")


def refit(leaf: dict[str, Any], chance: Random) -> None:
    """Make what an insider can of a changed act fit: its hash, and now and then a signature by a key of their own."""
    command = leaf["signed"]["command"]
    if command is not None:
        leaf["data"]["command_hash"] = digest_of(leaf["stream"], Actor.model_validate(leaf["actor"]), command)
    if chance.randrange(2):
        sign(leaf)


def sign(leaf: dict[str, Any]) -> None:
    """Sign an act by the insider's own key."""
    made = Leaf.model_validate_json(canonical_bytes(leaf))
    assert made.signed is not None
    intent = Intent(
        stream=made.stream,
        command_id=made.data["command_id"],
        person=made.actor.person,
        role=made.actor.role.value,
        digest=made.data["command_hash"],
        reason=made.actor.reason,
    )
    leaf["signed"]["proof"] = OWN.prove(intent, made.signed.proof).model_dump(mode="json", exclude_none=True)
    leaf["signed"]["proof"].setdefault("manifest", None)


def erasure_made(parts: Parts, chance: Random) -> Parts | None:
    """Have somebody erased by nobody's act: by the engine, beside what somebody did, or by a signature for that."""
    log = [json.loads(body) for body in parts.entries(INSTALLATION)]
    at = chance.choice([seq for seq, leaf in enumerate(log) if "signed" in leaf])
    person = chance.choice([leaf["data"]["person"] for leaf in log if leaf["type"] == "person.registered.v1"])
    leaf = json.loads(canonical_bytes(log[at]))
    hashed = {name: leaf["data"][name] for name in ("command_id", "command_hash")}
    leaf |= {"type": "person.erased.v1", "data": {"contents": [], "forced": True, "person": person, **hashed}}
    log.insert(at + 1, leaf)
    for number, item in enumerate(log):
        item["version"], item["register_size"] = number + 1, number
    match chance.choice(("engine", "beside", "signed")):
        case "engine":
            del leaf["signed"], leaf["data"]["command_hash"]
            leaf["actor"] |= {"person": "system", "role": "system", "authority": "engine"}
        case "beside":
            del leaf["signed"]
            leaf["register_size"] = log[at]["register_size"]
        case "signed":
            leaf["data"]["command_id"] = f"erase-{chance.randrange(1000)}"
            sign(leaf)
    entries = [json.loads(body) for body in parts.entries()]
    for item in entries:
        item["register_size"] += item["register_size"] > at + 1
    changed = parts.with_entries([canonical_bytes(item) for item in log], INSTALLATION)
    return changed.with_entries([canonical_bytes(item) for item in entries]).fit()
