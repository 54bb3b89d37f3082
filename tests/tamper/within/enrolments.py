"""Keys of an insider's own in the installation's log: enrolled for somebody, or in the place of the very first one."""

import json
from random import Random

from selection.kernel.canonical import canonical_bytes
from selection.signing.possession import enrol
from tests.signatures import INSTALLATION as NAME
from tests.tamper.kinds import Kind
from tests.tamper.parts import INSTALLATION, Parts
from tests.tamper.within.registers import OWN, refit, sign


def key_enrolled(parts: Parts, chance: Random) -> Parts | None:
    """Enrol a key of the insider's for somebody, wherever in the log, and act with it."""
    log = [json.loads(body) for body in parts.entries(INSTALLATION)]
    enrolments = [seq for seq, leaf in enumerate(log) if leaf["type"] == "key.enrolled.v1"]
    at = chance.randrange(enrolments[0] + 1, len(log) + 1)
    leaf = json.loads(canonical_bytes(log[chance.choice(enrolments[1:])]))
    person = leaf["data"]["person"]
    key = OWN.key.model_dump(mode="json")
    leaf["data"] |= {"key": key, "command_id": f"enrol-{chance.randrange(1000)}"}
    leaf["signed"]["command"]["keys"] = [{"person": person, "key": key}]
    leaf["at"] = leaf["recorded"] = log[at - 1]["recorded"]
    match chance.choice(("unsigned", "engine", "itself", "copied")):
        case "unsigned":
            del leaf["signed"]
            leaf["actor"]["authority"] = "local"
        case "engine":
            del leaf["signed"]
            leaf["actor"] |= {"person": "system", "role": "system", "authority": "engine"}
        case "itself":
            refit(leaf, chance)
            sign(leaf)
    log.insert(at, leaf)
    for number, item in enumerate(log):
        item["version"], item["register_size"] = number + 1, number
    entries = [json.loads(body) for body in parts.entries()]
    for item in entries:
        item["register_size"] += item["register_size"] > at
    mine = [item for item in entries if "signed" in item and item["actor"]["person"] == person]
    for item in mine:
        if item["register_size"] > at:
            sign(item)
    changed = parts.with_entries([canonical_bytes(item) for item in log], INSTALLATION)
    return changed.with_entries([canonical_bytes(item) for item in entries]).fit()


def first_key_replaced(parts: Parts, chance: Random) -> Parts | None:
    """Put a key of the insider's in the place of the very first one, and sign all again that was signed by it."""
    log = [json.loads(body) for body in parts.entries(INSTALLATION)]
    first = next(leaf for leaf in log if leaf["type"] == "key.enrolled.v1")
    person = first["data"]["person"]
    enrolment = enrol(OWN, person, NAME)
    first["data"]["key"] = enrolment.key.model_dump(mode="json")
    first["signed"]["command"]["keys"] = [enrolment.model_dump(mode="json")]
    if chance.randrange(2):
        first["signed"]["command"]["token"] = f"{chance.getrandbits(512):0128x}"
    refit(first, chance)
    entries = [json.loads(body) for body in parts.entries()]
    for leaf in (*log, *entries):
        if "signed" in leaf and leaf["actor"]["person"] == person:
            sign(leaf)
    changed = parts.with_entries([canonical_bytes(item) for item in log], INSTALLATION)
    return changed.with_entries([canonical_bytes(item) for item in entries]).fit()


ENROLMENT_KINDS: dict[str, Kind] = {
    "key of an insider's enrolled": key_enrolled,
    "first key replaced by an insider's": first_key_replaced,
}
