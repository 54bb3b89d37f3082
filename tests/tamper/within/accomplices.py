"""Tampering by an insider with every key of the servers and one person's: acts that this person could not do.

Each is signed by its person and stands at the end of the installation's log. No signature is wrong: what the register
gives to whom tells that it was never decided.
"""

import json
from random import Random

from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.kernel.model import Frozen
from selection.register import commands as c, events as e, key_commands as kc, key_events as k
from selection.signing.key import Key
from selection.signing.possession import enrol
from tests.audit.support.register import slip_in
from tests.signatures import INSTALLATION as NAME, Signatures
from tests.tamper.kinds import Kind
from tests.tamper.parts import INSTALLATION, Parts
from tests.tamper.within.registers import OWN

PEOPLE = Signatures()


def key_enrolled(parts: Parts, chance: Random) -> Parts | None:
    """An officer enrols the insider's key for somebody, by no code, or by one of their own making."""
    person = chance.choice(sorted(_people(parts) - {"officer-1"}))
    token = f"{chance.getrandbits(512):0128x}" if chance.randrange(2) else ""
    command = kc.EnrolKey(keys=(enrol(OWN, person, NAME),), token=token)
    return _with(parts, command, "officer-1", k.KeyEnrolled(person=person, key=OWN.key, by="officer-1"))


def role_given(parts: Parts, chance: Random) -> Parts | None:
    """Somebody who is no administrator gives a role, as an administrator or as what they are."""
    person = chance.choice(sorted(_people(parts)))
    told = {
        "person": person,
        "roles": {chance.choice(("admin", "officer", "expert")): ()},
        "identity": "0" * 64,
    }
    item = c.Registered.model_validate(told)
    event = e.PersonRegistered.model_validate(item.model_dump())
    role = chance.choice((Role.ADMIN, Role.OFFICER))
    return _with(parts, c.RegisterPeople(people=(item,)), "officer-1", event, role)


def key_revoked(parts: Parts, chance: Random) -> Parts | None:
    """An officer revokes somebody's key alone, now and then as if it were their own."""
    keys = {person: key for person, key in _keys(parts).items() if person != "officer-1"}
    person = chance.choice(sorted(keys))
    command = {"person": person, "key": keys[person].key}
    kind = chance.choice(("revoke-key", "revoke-lost-key"))
    return _with(parts, {"kind": kind, **command}, "officer-1", k.KeyRevoked.model_validate(command))


def person_erased(parts: Parts, chance: Random) -> Parts | None:
    """An administrator erases somebody, beside an officer."""
    person = chance.choice(sorted(_people(parts) - {"admin-1"}))
    command = c.ErasePerson(person=person, force=True)
    event = e.PersonErased(person=person, contents=(), forced=True)
    return _with(parts, command, "admin-1", event, Role.ADMIN, second="officer-1")


ACCOMPLICE_KINDS: dict[str, Kind] = {
    "key enrolled without the person's code": key_enrolled,
    "role given by no administrator": role_given,
    "key of another's revoked by one": key_revoked,
    "person erased by one administrator": person_erased,
}


def _with(
    parts: Parts,
    command: Frozen | dict[str, str],
    by: str,
    event: Frozen,
    role: Role = Role.OFFICER,
    second: str = "",
) -> Parts | None:
    """Return the parts with the act at the end of the log; None where its people have no key in it."""
    log = [Leaf.model_validate_json(body) for body in parts.entries(INSTALLATION)]
    if not {by, second} - {""} <= _keys(parts).keys():
        return None
    actor = Actor(person=by, role=role)
    made = slip_in(log, PEOPLE, command, actor, event, second=second)
    return parts.with_entries([leaf_bytes(leaf) for leaf in made], INSTALLATION).fit()


def _keys(parts: Parts) -> dict[str, Key]:
    told = [json.loads(body) for body in parts.entries(INSTALLATION)]
    enrolled = [leaf["data"] for leaf in told if leaf["type"] == k.KeyEnrolled.TYPE]
    return {data["person"]: Key.model_validate_json(canonical_bytes(data["key"])) for data in enrolled}


def _people(parts: Parts) -> set[str]:
    told = [json.loads(body) for body in parts.entries(INSTALLATION)]
    return {leaf["data"]["person"] for leaf in told if leaf["type"] == e.PersonRegistered.TYPE}
