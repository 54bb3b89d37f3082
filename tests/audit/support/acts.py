"""What a verifier says of the acts of a round in memory, from its two logs alone."""

from collections.abc import Callable, Sequence

from audit.bundle.register import LOG as INSTALLATION, register_of
from audit.claims import Claim
from audit.log.signed_acts import SignedActs
from selection.decision.envelope import digest_of
from selection.kernel.leaf import Leaf, leaf_bytes, leaf_hash
from selection.signing.statement import Intent
from tests import factories as f
from tests.round_story import tell_signed_round
from tests.signatures import Signatures

PEOPLE = Signatures()


def acts_of(log: Sequence[Leaf], installation: Sequence[Leaf]) -> dict[str, Claim]:
    """The claim about each log: of a round, and of the installation."""
    register = register_of(leaf_bytes(leaf) for leaf in installation)
    found = {}
    for name, leaves in ((f.ROUND, log), (INSTALLATION, installation)):
        acts = SignedActs(name, register)
        for seq, leaf in enumerate(leaves):
            acts.see(seq, Leaf.model_validate_json(leaf_bytes(leaf)), leaf_hash(leaf_bytes(leaf)))
        [found[name]] = acts.claims(whole=True)
    return found


def find_in_round(at: int, change: Callable[[Leaf], Leaf]) -> tuple[str, str]:
    """Finding and point where one entry of the signed round is another."""
    made = tell_signed_round()
    log = [change(leaf) if seq == at else leaf for seq, leaf in enumerate(made.log)]
    claim = acts_of(log, made.installation)[f.ROUND]
    return claim.finding, claim.point


def sign_anew(leaf: Leaf, signer: str = "") -> Leaf:
    """The entry with its command's hash and a signature that fit what it says now, by its person's key or another."""
    assert leaf.signed is not None
    command = leaf.signed.command
    digest = digest_of(leaf.stream, leaf.actor, command) if command else str(leaf.data["command_hash"])
    changed = leaf.model_copy(update={"data": {**leaf.data, "command_hash": digest}})
    return prove_by(changed, signer or leaf.actor.person)


def prove_by(leaf: Leaf, signer: str) -> Leaf:
    """The entry with a signature over what it says now, by somebody's key."""
    assert leaf.signed is not None
    intent = Intent(
        stream=leaf.stream,
        command_id=str(leaf.data["command_id"]),
        person=leaf.actor.person,
        role=leaf.actor.role.value,
        digest=str(leaf.data["command_hash"]),
        reason=leaf.actor.reason,
    )
    proof = PEOPLE.own(signer).prove(intent, leaf.signed.proof)
    return leaf.model_copy(update={"signed": leaf.signed.model_copy(update={"proof": proof})})
