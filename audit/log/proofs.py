"""Whether the proof in an entry shows that the act is its person's own: written for the auditor apart from the core."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic_core import to_json

from audit.bundle.keys import KEY_CHANGES
from audit.bundle.register import ERASED, LOG as INSTALLATION, Register
from audit.claims import Difference
from selection.decision.aggregate import ActRefused
from selection.decision.command import assurance_of
from selection.kernel.actor import Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.kernel.merkle import ProofInvalid
from selection.kernel.proof import Assurance, Proof, Signed
from selection.register.key_events import ENDED, ENROLLED
from selection.signing.key import Founded, Key
from selection.signing.statement import Intent, message_of
from selection.signing.verify import holds

LONGEST = timedelta(days=7)
AHEAD = timedelta(minutes=2)
"""For how long a signature may count, and how far the clock of who signs may be ahead: docs/format.md, "Proof"."""
ERASES = "erase-person"
"""The act that erases somebody."""
END_SESSION = "end-session"
ENROLLERS = (Role.ADMIN, Role.OFFICER)
"""Whose signature enrols or revokes a key of somebody else."""


@dataclass(frozen=True)
class Expectation:
    """What the proof of an act at a place is held against; `size` is how much of the register the act saw.

    `asked` is how the sealed rules in force say that each act must be signed, None where there are none.
    """

    point: str
    founded: Founded
    rules: str
    asked: Mapping[str, Assurance] | None
    register: Register
    size: int

    def require(self, holds_: bool, finding: str, **params: str) -> None:
        """Raise Difference at the entry unless the condition holds."""
        if not holds_:
            raise Difference(self.point, finding, **params)


def kind_of_act(first: Leaf, last: Leaf) -> str:
    """Return what was asked for: a refused act says it in its last entry, another by its command."""
    if last.type == ActRefused.TYPE:
        return str(last.data["kind"])
    command = first.signed.command if first.signed else None
    return str((command or {}).get("kind"))


def check_proofs(leaf: Leaf, kind: str, refused: bool, expected: Expectation) -> None:
    """See that the first entry of an act shows it to be its person's own. Raises Difference.

    What was asked stands in the entry, unless it was refused; the signature is over its hash either way.
    """
    signed = leaf.signed
    assert signed is not None
    stated = str(leaf.data.get("command_hash"))
    _check_command(leaf, signed, stated, refused, expected)
    intent = Intent(
        stream=leaf.stream,
        command_id=str(leaf.data["command_id"]),
        person=leaf.actor.person,
        role=leaf.actor.role.value,
        digest=stated,
        reason=leaf.actor.reason,
    )
    named = refused or expected.asked is None or kind in expected.asked
    expected.require(named, "act-unnamed", kind=kind)
    level = assurance_of(kind, expected.asked)
    if leaf.type in KEY_CHANGES:
        least = Assurance.SESSION if leaf.type == ENDED else Assurance.SIGNED
        level = max(level, least, key=tuple(Assurance).index)
        check_key_change(leaf, leaf, expected)
    if leaf.type == ERASED:
        command = signed.command or {}
        asked = (command.get("kind"), command.get("person")) == (ERASES, leaf.data["person"])
        expected.require(asked, "erasure-unproven", by=intent.person)
    key = _find_key(intent.person, signed.proof, expected) or _first_key(leaf, signed.proof, expected)
    own = Assurance.SIGNED if level is Assurance.SIGNED_BY_TWO else level
    _check_proof(leaf, intent, signed.proof, key, own, expected)
    if signed.second is None:
        expected.require(level is not Assurance.SIGNED_BY_TWO, "second-missing", kind=kind)
        return
    second = signed.second
    expected.require(second.person != intent.person, "second-same")
    beside = intent.with_(person=second.person, second_to=intent.person)
    key = _find_key(second.person, second.proof, expected)
    _check_proof(leaf, beside, second.proof, key, Assurance.SIGNED, expected)


def _check_command(leaf: Leaf, signed: Signed, stated: str, refused: bool, expected: Expectation) -> None:
    if refused:
        expected.require(signed.command is None, "command-kept")
        return
    expected.require(signed.command is not None, "command-missing")
    expected.require(_digest(leaf, signed) == stated, "command-differs", stated=stated[:16])


def _digest(leaf: Leaf, signed: Signed) -> str:
    """Return the hash of what was asked. A leaf has its keys in canonical order, so that any writer makes its bytes."""
    reason = leaf.actor.reason
    asked = {
        "command": signed.command,
        "reason": {"id": reason.id, "sha256": reason.sha256} if reason else None,
        "role": leaf.actor.role.value,
        "stream": leaf.stream,
    }
    return sha256(to_json(asked)).hexdigest()


def _check_proof(
    leaf: Leaf, intent: Intent, proof: Proof, key: Key | None, level: Assurance, expected: Expectation
) -> None:
    """Check one person's signature: its installation and rules, its key, its time, and that it fits the act."""
    person = intent.person
    elsewhere = proof.installation != expected.founded.installation or proof.rules != expected.rules
    expected.require(not elsewhere, "proof-elsewhere")
    expected.require(key is not None and key.holds_at(leaf.at), "key-not-enrolled", person=person)
    assert key is not None
    enough = level is Assurance.SESSION or key.level is not Assurance.SESSION
    expected.require(enough, "key-of-session", person=person)
    in_time = proof.issued - AHEAD <= leaf.at < proof.expires <= proof.issued + LONGEST
    if not in_time:
        params = {"issued": proof.issued.isoformat(), "expires": proof.expires.isoformat()}
        raise Difference(expected.point, "proof-expired", at=leaf.at.isoformat(), **params)
    try:
        fits = holds(proof.signature, key, message_of(intent, proof), expected.founded.portals)
    except ProofInvalid:
        fits = False
    expected.require(fits, "proof-wrong", person=person)


def _find_key(person: str, proof: Proof, expected: Expectation) -> Key | None:
    return expected.register.keys.key(person, proof.signature.key, expected.size)


def _first_key(leaf: Leaf, proof: Proof, expected: Expectation) -> Key | None:
    """Return the very first key of an installation, which nobody could vouch for before: it signs for itself."""
    log, _, seq = expected.point.rpartition("#")
    if log != INSTALLATION or leaf.type != ENROLLED or not expected.register.keys.is_first(int(seq)):
        return None
    key = Key.model_validate(leaf.data["key"])
    own = leaf.data["person"] == leaf.actor.person and key.key == proof.signature.key
    if own:
        _check_code(leaf, expected)
    return key if own else None


def _check_code(leaf: Leaf, expected: Expectation) -> None:
    """See that the code of the founding signed the enrolment of the very first key, unless none was asked for."""
    keys = expected.register.keys
    founded = keys.get_founding(expected.size)
    if founded is not None and founded.local:
        return
    command = (leaf.signed.command if leaf.signed else None) or {}
    params = {
        "by_code": leaf.data["key"],
        "installation": expected.founded.installation,
        "person": leaf.data["person"],
    }
    try:
        code = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.code))
        code.verify(bytes.fromhex(command["token"]), canonical_bytes({**params, "version": 1}))
    except (InvalidSignature, ValueError):
        raise Difference(expected.point, "code-unshown") from None


def check_key_change(leaf: Leaf, first: Leaf, expected: Expectation) -> None:
    """See that the signed command of an act, which stands in its first entry, asks for this change of a key.

    Raises Difference, also where who signed it may not ask for that.
    """
    _check_enroller(leaf, expected)
    command, fields = (first.signed.command if first.signed else None) or {}, leaf.data
    # A session's signature is enough to end one: of such an act nothing else may come.
    ends = (leaf.type == ENDED, command.get("kind") == END_SESSION)
    expected.require(
        ends in ((True, True), (False, False)), "enrolment-unproven", person=str(fields["person"])
    )
    if leaf.type == ENROLLED:
        pairs = [(item["person"], item["key"]) for item in command["keys"]]
    else:
        pairs = [(command.get("person", first.actor.person), command["key"])]
    asked = (fields["person"], fields["key"]) in pairs
    expected.require(asked, "enrolment-unproven", person=str(fields["person"]))


def _check_enroller(leaf: Leaf, expected: Expectation) -> None:
    """See that a key is changed by its own person, or by somebody who is registered for it."""
    actor, person = leaf.actor, str(leaf.data["person"])
    if leaf.type == ENDED:
        key = expected.register.keys.key(person, leaf.data["key"], expected.size)
        session = key is not None and key.level is Assurance.SESSION
        expected.require(session and person == actor.person, "enrolment-unproven", person=person)
    if person == actor.person:
        return
    known = expected.register.person(actor.person, expected.size)
    entitled = known is not None and actor.role in ENROLLERS and known.holds(actor.role)
    expected.require(entitled, "enrolment-unproven", person=person)
